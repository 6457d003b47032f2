import type { Message, SystemBody } from '@inlay-im/protocol';
import { useInlay } from '../context.ts';
import { useNames } from '../hooks/people.ts';
import type { Translate } from '../i18n/index.ts';
import { mediaLine } from './media.ts';

interface Named {
  readonly actor: string;
  readonly people: readonly string[];
}

/** Several names in a row, with how many more there are. */
function listed(t: Translate, locale: string, people: readonly string[], count: number): string {
  const rest = count > people.length ? [t('system.others', { count: count - people.length })] : [];
  return new Intl.ListFormat(locale).format([...people, ...rest]);
}

/** What the server said in a conversation. Whoever joined or left did so by themselves. */
function systemText(t: Translate, locale: string, body: SystemBody, { actor, people }: Named): string {
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

/** What the text of a message depends on. */
export interface Said {
  readonly body: Message['body'];
  readonly recalledBy: string | null;
}

/** The text of any message, in the person's language; '' while there is no message. */
export function useText(message: Said | undefined, me: string): string {
  const { t, locale } = useInlay();
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
  if (body?.kind === 'media') return mediaLine(t, body);
  if (body?.kind === 'sticker') return t('sticker.line', { emoji: body.emoji });
  return message.recalledBy === me ? t('timeline.recalledByYou') : t('timeline.recalled', { name: actor });
}
