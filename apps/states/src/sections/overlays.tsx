import { Composer, type Kit, MePage, useInlay } from '@inlay-im/react';
import { scene, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

/** What lies over the page is opened by a press, as it would lie over all other states. */
function Opener({ open }: { open(kit: Kit, at: Element): void }) {
  const kit = useInlay();
  return (
    <button
      type="button"
      className="inlay-button"
      data-opens
      onClick={(event) => open(kit, event.currentTarget)}
    >
      Open
    </button>
  );
}

const state = (id: string, title: string, open: (kit: Kit, at: Element) => void): State => ({
  id,
  title,
  world,
  show: () => <Opener open={open} />,
});

const nothing = (): void => {};

const within = <E extends Element>(at: Element, selector: string): E | undefined =>
  at.closest('.frame')?.querySelector<E>(selector) ?? undefined;

/** Opens what is picked from beside a field, as its own button does. */
const openPicker = (at: Element): void =>
  within<HTMLButtonElement>(at, '.inlay-composer [aria-haspopup=dialog]')?.click();

/** Chooses a photo to be a picture, as the browser's own dialog would. */
async function choosePicture(at: Element): Promise<void> {
  const input = within<HTMLInputElement>(at, '.inlay-picture input');
  const canvas = new OffscreenCanvas(640, 400);
  const context = canvas.getContext('2d');
  if (input === undefined || context === null) return;
  context.fillStyle = '#3c6e71';
  context.fillRect(0, 0, 640, 400);
  context.fillStyle = '#f2b880';
  context.fillRect(0, 0, 320, 240);
  const chosen = new DataTransfer();
  chosen.items.add(new File([await canvas.convertToBlob()], 'roof.png', { type: 'image/png' }));
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

export const overlays: Section = {
  id: 'overlay',
  title: 'Menu, question, toast, picker',
  states: [
    {
      id: 'picker',
      title: 'Picker of emojis and stickers',
      world: () => world({ publishes: true, scenes: [scene({ id: 'overlay-picker' })] }),
      show: () => (
        <>
          <Opener open={(_, at) => openPicker(at)} />
          <Composer id="overlay-picker" />
        </>
      ),
    },
    {
      id: 'crop',
      title: 'Cutting a picture',
      height: 400,
      world,
      show: () => (
        <>
          <Opener open={(_, at) => void choosePicture(at)} />
          <MePage />
        </>
      ),
    },
    state('menu', 'Menu', (kit, at) =>
      kit.openMenu({
        label: 'Actions',
        at,
        items: [
          { label: kit.t('info.pin'), icon: 'pin', run: nothing },
          { label: kit.t('info.mute'), icon: 'muted', run: nothing },
          { label: kit.t('info.leave'), icon: 'leave', danger: true, run: nothing },
        ],
      }),
    ),
    state('menu-quick', 'Menu with emojis', (kit, at) =>
      kit.openMenu({
        label: kit.t('action.label'),
        at,
        quick: ['👍', '❤️', '😂', '🎉', '😮', '😢'].map((text) => ({
          label: kit.t('action.react', { emoji: text }),
          text,
          on: text === '❤️',
          run: nothing,
        })),
        items: [
          { label: kit.t('action.reply'), icon: 'reply', run: nothing },
          { label: kit.t('action.copy'), icon: 'copy', run: nothing },
        ],
      }),
    ),
    state('menu-choice', 'Menu with a choice', (kit, at) =>
      kit.openMenu({
        label: kit.t('app.language'),
        at,
        items: ['English', '简体中文'].map((label, i) => ({ label, checked: i === 0, run: nothing })),
      }),
    ),
    state(
      'question',
      'Question',
      (kit) =>
        void kit.confirm({
          title: kit.t('action.recall'),
          text: kit.t('action.recallSure', { count: 1 }),
          confirm: kit.t('action.recallDo'),
          danger: true,
        }),
    ),
    state('toast', 'Toast', (kit) => kit.toast({ text: kit.t('action.copied') })),
    state('toast-action', 'Toast with something to press', (kit) =>
      kit.toast({ text: kit.t('list.hidden'), action: { label: kit.t('list.undo'), run: nothing } }),
    ),
    state('toast-error', 'Toast of a failure', (kit) =>
      kit.toast({ text: kit.t('error.forbidden'), kind: 'error' }),
    ),
  ],
};
