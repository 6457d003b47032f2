import { avatarPath } from '@inlay-im/protocol/rules';
import { useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { Icon } from '../primitives/icon.tsx';
import { reasonOf } from '../text/errors.ts';
import { render } from './render.ts';
import { type Cropping, Stage, ZoomSlider } from './stage.tsx';

export interface CropDialogProps {
  readonly file: Blob;
  /** Whether the picture is drawn with rounded corners rather than as a circle. */
  readonly square: boolean;
  /** Lets the person choose another file in place of this one. */
  onAnother(): void;
  /** The picture was uploaded: its path at the node, and what it shows. */
  onPicture(path: string, shown: Blob): Promise<unknown> | undefined;
  onClose(): void;
}

/** An address of the file for the page, for as long as it is shown. */
function useAddress(file: Blob): string | undefined {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

/** Uploads what is taken of an image and hands it on. It is given up when the dialog closes. */
function useBringing({ onPicture, onClose }: CropDialogProps) {
  const { client, t } = useInlay();
  const [share, setShare] = useState<number | undefined>(undefined);
  const [problem, setProblem] = useState('');
  const abort = useRef(new AbortController());
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, []);
  const bring = async (image: HTMLImageElement, { crop }: Cropping) => {
    const { signal } = abort.current;
    setProblem('');
    setShare(0);
    try {
      const blob = await render(image, crop);
      const file = { blob, kind: 'image', name: `picture.${blob.type.slice('image/'.length)}` } as const;
      const progress = (loaded: number, size: number) => setShare(loaded / size);
      const stored = await client.files.upload(file, { signal, progress });
      await onPicture(avatarPath(stored.file), blob);
      onClose();
    } catch (error) {
      if (signal.aborted) return;
      setShare(undefined);
      setProblem(error instanceof DOMException ? t('picture.bad') : reasonOf(t, error));
    }
  };
  return { share, problem, setProblem, bring };
}

/** Takes the part of an image that is to be a picture, and uploads it. */
export function CropDialog(props: CropDialogProps) {
  const { t } = useInlay();
  const { file, square, onAnother, onClose } = props;
  const url = useAddress(file);
  const image = useRef<HTMLImageElement>(null);
  const [cropping, setCropping] = useState<Cropping | undefined>(undefined);
  const { share, problem, setProblem, bring } = useBringing(props);
  const busy = share !== undefined;
  return (
    <Dialog title={t('picture.title')} onClose={onClose}>
      <div className="inlay-crop">
        {url !== undefined && (
          <Stage
            image={image}
            url={url}
            square={square}
            cropping={cropping}
            onCropping={(next) => busy || setCropping(next)}
            onBad={() => setProblem(t('picture.bad'))}
          />
        )}
        <div className="below">
          {busy ? (
            <progress aria-label={t('picture.bringing')} value={share} max={1} />
          ) : (
            cropping && (
              <>
                <Icon name="minus" />
                <ZoomSlider {...cropping} onCrop={(crop) => setCropping({ ...cropping, crop })} />
                <Icon name="plus" />
              </>
            )
          )}
        </div>
        <p
          className={problem === '' ? 'inlay-hint' : 'inlay-problem'}
          role={problem === '' ? 'status' : 'alert'}
        >
          {problem === '' ? t(busy ? 'picture.bringing' : 'picture.hint') : problem}
        </p>
      </div>
      <div className="actions">
        <Button onClick={onAnother} disabled={busy}>
          {t('picture.another')}
        </Button>
        <Button
          look="primary"
          aria-disabled={busy || cropping === undefined}
          onClick={() => {
            if (!busy && cropping && image.current) void bring(image.current, cropping);
          }}
        >
          {busy && <span className="inlay-busy" />}
          {t('picture.use')}
        </Button>
      </div>
    </Dialog>
  );
}
