import type { RefObject } from 'react';
import type { MenuItem } from '../context.ts';
import { isTouch } from '../hooks/focus.ts';
import type { Translate } from '../i18n/index.ts';

/** What the browser's own dialog is to offer. */
interface Wanted {
  readonly accept?: string;
  readonly camera?: boolean;
  readonly folder?: boolean;
}

/** Whether whole folders can be chosen. No phone lets them be chosen, some say they do. */
const choosesFolders = (): boolean => 'webkitdirectory' in HTMLInputElement.prototype && !isTouch();

/** Opens the browser's dialog by its input. */
function ask(input: HTMLInputElement | null, { accept = '', camera = false, folder = false }: Wanted): void {
  if (input === null) return;
  input.accept = accept;
  input.multiple = !camera;
  input.toggleAttribute('webkitdirectory', folder);
  // The camera that looks away from the person (HTML Media Capture).
  if (camera) input.setAttribute('capture', 'environment');
  else input.removeAttribute('capture');
  // The same file may be chosen again.
  input.value = '';
  input.click();
}

/** The ways to choose files, as items of a menu: photos, files, a folder, or on a phone what its camera sees. */
export function waysToChoose(
  t: Translate,
  { current: input }: RefObject<HTMLInputElement | null>,
): (MenuItem | false)[] {
  return [
    { label: t('attach.media'), icon: 'photo', run: () => ask(input, { accept: 'image/*,video/*' }) },
    isTouch() && {
      label: t('attach.camera'),
      icon: 'camera',
      run: () => ask(input, { accept: 'image/*', camera: true }),
    },
    { label: t('attach.file'), icon: 'file', run: () => ask(input, {}) },
    choosesFolders() && {
      label: t('attach.folder'),
      icon: 'folder',
      run: () => ask(input, { folder: true }),
    },
  ];
}
