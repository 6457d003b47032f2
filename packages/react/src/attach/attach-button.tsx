import { useRef } from 'react';
import { type MenuItem, useInlay } from '../context.ts';
import { isTouch } from '../hooks/focus.ts';
import { RoundButton } from '../primitives/button.tsx';

/** What the browser's own dialog is to offer. */
interface Wanted {
  readonly accept?: string;
  readonly camera?: boolean;
  readonly folder?: boolean;
}

/** Whether whole folders can be chosen. No phone lets them be chosen, some say they do. */
const choosesFolders = (): boolean => 'webkitdirectory' in HTMLInputElement.prototype && !isTouch();

/** The way to choose files, by an input that is not seen. */
function useFileDialog() {
  const input = useRef<HTMLInputElement>(null);
  const ask = ({ accept = '', camera = false, folder = false }: Wanted) => {
    const { current } = input;
    if (current === null) return;
    current.accept = accept;
    current.multiple = !camera;
    current.toggleAttribute('webkitdirectory', folder);
    // The camera that looks away from the person (HTML Media Capture).
    if (camera) current.setAttribute('capture', 'environment');
    else current.removeAttribute('capture');
    // The same file may be chosen again.
    current.value = '';
    current.click();
  };
  return { input, ask };
}

/** Chooses what to send beside text: photos, files, a folder, or on a phone what its camera sees. */
export function AttachButton({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const { t, openMenu } = useInlay();
  const { input, ask } = useFileDialog();
  const items = (): (MenuItem | false)[] => [
    {
      label: t('attach.media'),
      icon: 'photo',
      run: () => ask({ accept: 'image/*,video/*' }),
    },
    isTouch() && {
      label: t('attach.camera'),
      icon: 'camera',
      run: () => ask({ accept: 'image/*', camera: true }),
    },
    { label: t('attach.file'), icon: 'file', run: () => ask({}) },
    choosesFolders() && {
      label: t('attach.folder'),
      icon: 'folder',
      run: () => ask({ folder: true }),
    },
  ];
  return (
    <>
      <RoundButton
        icon="attach"
        label={t('attach.label')}
        aria-haspopup="menu"
        onClick={(event) => openMenu({ label: t('attach.label'), at: event.currentTarget, items: items() })}
      />
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => onFiles([...(event.currentTarget.files ?? [])])}
      />
    </>
  );
}
