import type { ConversationView } from '@inlay-im/client';
import type { Message, SystemBody } from '@inlay-im/protocol';
import { directPeople } from '@inlay-im/protocol/rules';
import { nameOf, useAround, useNames, useUser } from '../hooks.ts';
import type { Locale, Translate } from '../i18n/index.ts';

/** The other person of a direct conversation; it need not exist yet. */
export function peerOf(id: string, me: string): string | undefined {
  const people = directPeople(id);
  return people === undefined ? undefined : people[0] === me ? people[1] : people[0];
}

/** What a conversation is called: its title, or who the other one is. */
export function useTitle(id: string, conversation: ConversationView | undefined, me: string): string {
  const { t } = useAround();
  const peer = conversation?.peer?.id ?? peerOf(id, me);
  const user = useUser(conversation?.peer ? undefined : peer);
  if (peer === me) return t('info.self');
  if (peer !== undefined) return nameOf(conversation?.peer ?? user, peer);
  return conversation?.title ?? (conversation === undefined ? id : t(`info.${conversation.kind as 'group'}`));
}

interface Named {
  readonly actor: string;
  readonly people: readonly string[];
}

function listed(t: Translate, locale: Locale, people: readonly string[], count: number): string {
  const rest = count > people.length ? [t('system.others', { count: count - people.length })] : [];
  return new Intl.ListFormat(locale).format([...people, ...rest]);
}

/** What the server said in a conversation. Whoever joined or left did so by themselves. */
function systemText(t: Translate, locale: Locale, body: SystemBody, { actor, people }: Named): string {
  const { event, title, role, count } = body;
  const all = people.length === 0 ? actor : listed(t, locale, people, count);
  if (event === 'created')
    return t(title === null ? 'system.created' : 'system.createdTitle', { actor, title: title ?? '' });
  if (event === 'titleChanged')
    return t(title === null ? 'system.titleCleared' : 'system.titleChanged', { actor, title: title ?? '' });
  const roleText =
    role === 'admin' ? 'system.roleAdmin' : role === 'owner' ? 'system.roleOwner' : 'system.roleMember';
  return t(`system.${event}`, { actor, people: all, role: t(roleText) });
}

const NO_ONE: readonly string[] = [];

export interface Said {
  body: Message['body'];
  recalledBy: string | null;
}

/** The text of any message, in the person's language. */
export function useText(message: Said | undefined, me: string): string {
  const { t, locale } = useAround();
  const body = message?.body;
  const system = body?.kind === 'system' ? body : undefined;
  const about = message?.recalledBy ?? system?.actor;
  const users = system?.users ?? NO_ONE;
  const names = useNames(about ? [...users, about] : users);
  const people = names.slice(0, users.length);
  const actor = names[users.length] ?? t('timeline.someone');
  if (message === undefined) return '';
  if (system !== undefined) return systemText(t, locale, system, { actor, people });
  if (body?.kind === 'text') return body.text;
  if (body?.kind === 'custom') return body.fallback;
  return message.recalledBy === me ? t('timeline.recalledByYou') : t('timeline.recalled', { name: actor });
}
