import { useEffect } from 'react';
import { useInlay } from '../context.ts';
import { useSelect } from '../hooks/select.ts';
import type { AroundProps } from './around.tsx';
import { tellLooking } from './attention.ts';
import { useNotifications } from './notifications.ts';
import { Shortcuts, useShortcuts } from './shortcuts.tsx';
import { useSounds } from './sounds.ts';
import { useTitleBadge } from './title-badge.ts';

/** What a messenger does to the page around it: notifications, title and icon, sounds, shortcuts. */
export function Page({ navigation, page }: AroundProps) {
  const me = useSelect(useInlay().client.me, (mine) => mine?.id ?? '');
  const some = typeof page === 'object' ? page : {};
  const { notifications = true, badge = true, sounds = true, shortcuts = true } = some;
  const { conversation } = navigation.place;
  useEffect(() => (me === '' ? undefined : tellLooking(me, conversation)), [me, conversation]);
  useNotifications({ on: notifications, current: conversation, open: navigation.open });
  useTitleBadge(badge);
  useSounds(sounds, conversation);
  const { help, closeHelp } = useShortcuts(shortcuts, navigation);
  return help ? <Shortcuts onClose={closeHelp} /> : null;
}
