import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { COARSE, useMedia } from '../hooks/media.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Icon } from '../primitives/icon.tsx';
import { later } from '../primitives/later.tsx';

const CropDialog = later(async () => (await import('./crop-dialog.tsx')).CropDialog);

export interface PicturePickerProps {
  /** Chooses the colour of the initials. */
  readonly id: string;
  readonly name: string;
  /** The picture as it is, or is to be. */
  readonly picture: string | null | undefined;
  readonly square?: boolean;
  /** Another was uploaded, or it was removed. */
  onPicture(picture: string | null): Promise<unknown> | undefined;
}

/** A picture that was just uploaded is at the node for nobody before it is set, so that it is shown from here. */
function useShown(picture: string | null | undefined) {
  const [own, setOwn] = useState<{ path: string; url: string } | undefined>(undefined);
  useEffect(() => () => void (own && URL.revokeObjectURL(own.url)), [own]);
  return {
    shown: own !== undefined && own.path === picture ? own.url : picture,
    keep: (path: string, blob: Blob) => setOwn({ path, url: URL.createObjectURL(blob) }),
  };
}

/** A file that the person chose, or a photo that they took, and the ways to choose. */
function useChosen() {
  const [file, setFile] = useState<File | undefined>(undefined);
  const [files, camera] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const onChange = ({ currentTarget: input }: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = input.files ?? [];
    // The same file may be chosen again.
    input.value = '';
    if (chosen) setFile(chosen);
  };
  const inputs = (
    <>
      <input ref={files} type="file" accept="image/*" hidden onChange={onChange} />
      <input ref={camera} type="file" accept="image/*" capture="user" hidden onChange={onChange} />
    </>
  );
  const [choose, take] = [() => files.current?.click(), () => camera.current?.click()];
  return { file, done: () => setFile(undefined), inputs, choose, take };
}

/** A picture that can be changed: chosen or taken, cut, uploaded; and removed. */
export function PicturePicker({ id, name, picture, square = false, onPicture }: PicturePickerProps) {
  const { t, openMenu, attempt } = useInlay();
  const touch = useMedia(COARSE);
  const button = useRef<HTMLButtonElement>(null);
  const { shown, keep } = useShown(picture);
  const { file, done, inputs, choose, take } = useChosen();
  const has = picture !== null && picture !== undefined;
  const remove = () => void attempt(Promise.resolve(onPicture(null)));
  const press = () => {
    if ((!has && !touch) || button.current === null) return choose();
    openMenu({
      label: t('picture.picture'),
      at: button.current,
      items: [
        { label: t('picture.choose'), icon: 'image', run: choose },
        touch && { label: t('picture.take'), icon: 'camera', run: take },
        has && { label: t('picture.remove'), icon: 'trash', danger: true, run: remove },
      ],
    });
  };
  return (
    <div className="inlay-picture">
      <button
        ref={button}
        type="button"
        aria-label={t(has ? 'picture.change' : 'picture.add')}
        aria-haspopup={has || touch ? 'menu' : undefined}
        onClick={press}
      >
        {name.trim() === '' && !has ? (
          <span className={`sign${square ? ' square' : ''}`}>
            <Icon name="camera" />
          </span>
        ) : (
          <>
            <Avatar id={id} name={name} picture={shown} size="xl" square={square} />
            <span className="badge">
              <Icon name="camera" />
            </span>
          </>
        )}
      </button>
      {inputs}
      {file && (
        <CropDialog
          key={`${file.name} ${file.size} ${file.lastModified}`}
          file={file}
          square={square}
          onAnother={choose}
          onPicture={(path, blob) => {
            keep(path, blob);
            return onPicture(path);
          }}
          onClose={done}
        />
      )}
    </div>
  );
}
