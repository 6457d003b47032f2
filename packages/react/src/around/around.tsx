import { useEffect } from 'react';
import { useInlay } from '../context.ts';
import { useSelect } from '../hooks/select.ts';
import type { Navigation } from '../navigation.ts';
import { Announcements } from './announce.tsx';
import { tellLooking } from './attention.ts';
import { useNotifications } from './notifications.ts';
import { Shortcuts, useShortcuts } from './shortcuts.tsx';
import { useSounds } from './sounds.ts';
import { useTitleBadge } from './title-badge.ts';

/** What a messenger does to the page around it. */
export interface AroundSwitches {
  readonly notifications: boolean;
  /** How much is unread, in the page's title and on its icon. */
  readonly badge: boolean;
  readonly sounds: boolean;
  /** Keys that are heard wherever on the page they are pressed. */
  readonly shortcuts: boolean;
}

/** What `<Around>` shows. */
export interface AroundState {
  readonly conversation: string | undefined;
  readonly help: boolean;
  closeHelp(): void;
}

/**
 * What is around a messenger: notifications, title and icon, sounds, shortcuts. `page`: all of it, none, or some; what
 * is not named is on. What is read out is always there. It never renders its caller again but for the shortcuts' list.
 */
export function useAround(
  navigation: Navigation,
  page: boolean | Partial<AroundSwitches> = true,
): AroundState {
  const me = useSelect(useInlay().client.me, (mine) => mine?.id ?? '');
  const some = typeof page === 'object' ? page : {};
  const on = (name: keyof AroundSwitches) => some[name] ?? page !== false;
  const { conversation } = navigation.place;
  useEffect(() => (me === '' ? undefined : tellLooking(me, conversation)), [me, conversation]);
  useNotifications({ on: on('notifications'), current: conversation, open: navigation.open });
  useTitleBadge(on('badge'));
  useSounds(on('sounds'), conversation);
  const { help, closeHelp } = useShortcuts(on('shortcuts'), navigation);
  return { conversation, help, closeHelp };
}

/** Shows what `useAround` has to show: the region that is read out, and the list of shortcuts. */
export function Around({ around: { conversation, help, closeHelp } }: { around: AroundState }) {
  return (
    <>
      <Announcements conversation={conversation} />
      {help && <Shortcuts onClose={closeHelp} />}
    </>
  );
}
