import { type Kit, useInlay } from '@inlay-im/react';
import { world } from '../data/world.ts';
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

export const overlays: Section = {
  id: 'overlay',
  title: 'Menu, question, toast',
  states: [
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
