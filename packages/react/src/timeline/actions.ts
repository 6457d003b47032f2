import type { TimelineMessage } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import type { Kit, MenuItem, MenuRequest } from '../context.ts';
import type { Workbench } from '../conversation/workbench.ts';
import type { Translate } from '../i18n/index.ts';
import { forward, mayForward } from '../media/forward/forward.tsx';
import type { Navigation } from '../navigation.ts';
import { textOf } from '../text/written.ts';
import { permissionsOf } from './permissions.ts';

/** The emojis that are offered first. */
const QUICK = ['👍', '❤️', '😂', '🎉', '😮', '🙏'];

/** What the actions on messages need. */
export interface Acting {
  readonly kit: Kit;
  readonly bench: Workbench;
  readonly navigation: Navigation;
  readonly me: string;
  /** Opens a dialog about one message. */
  show(dialog: { readonly about: 'readers' | 'reactors' | 'emoji'; readonly n: number }): void;
}

/** Asks, and takes messages back for everyone. */
export async function recall({ kit, bench }: Acting, numbers: readonly number[]): Promise<void> {
  const { t, confirm, attempt } = kit;
  const sure = await confirm({
    title: t('action.recall'),
    text: t('action.recallSure', { count: numbers.length }),
    confirm: t('action.recallDo'),
    danger: true,
  });
  if (!sure) return;
  bench.selected.set(undefined);
  await attempt(Promise.all(numbers.map((n) => bench.handle.recall(n))));
}

/** Asks, and deletes messages for me. */
export async function remove({ kit, bench }: Acting, numbers: readonly number[]): Promise<void> {
  const { t, confirm, attempt } = kit;
  const sure = await confirm({
    title: t('action.delete'),
    text: t('action.deleteSure', { count: numbers.length }),
    confirm: t('action.deleteDo'),
    danger: true,
  });
  if (!sure) return;
  bench.selected.set(undefined);
  for (let at = 0; at < numbers.length; at += LIMITS.idsPerCall)
    await attempt(bench.handle.delete(numbers.slice(at, at + LIMITS.idsPerCall)));
}

/** Puts text on the clipboard and says so. */
export async function copy({ t, toast, attempt }: Kit, text: string): Promise<void> {
  if (await attempt(navigator.clipboard.writeText(text))) toast({ text: t('action.copied') });
}

/** The texts of several messages, as they are copied: who said it, when there are several people. */
export function copied(messages: readonly TimelineMessage[], kit: Kit): string {
  const several = new Set(messages.map((message) => message.sender)).size > 1;
  const line = (message: TimelineMessage) => {
    const name = kit.client.users.get(message.sender ?? '').get()?.name ?? message.sender ?? '';
    return several ? `${name}: ${textOf(message)}` : textOf(message);
  };
  return messages
    .filter((message) => textOf(message) !== '')
    .map(line)
    .join('\n');
}

/** Its files may be held back for a while, as on a network that is paid for by what goes over it. */
function uploadItems({ handle }: Workbench, t: Translate, { key, uploads }: TimelineMessage): MenuItem[] {
  const states = new Set(uploads?.map(({ state }) => state));
  if (states.has('paused'))
    return [{ label: t('media.resume'), icon: 'up', run: () => handle.resumeUpload(key) }];
  if (!states.has('uploading') && !states.has('waiting')) return [];
  return [{ label: t('media.hold'), icon: 'pause', run: () => handle.pauseUpload(key) }];
}

function waitingItems({ kit, bench }: Acting, message: TimelineMessage): (MenuItem | false)[] {
  const { t } = kit;
  const text = textOf(message);
  return [
    ...uploadItems(bench, t, message),
    message.state === 'failed' && {
      label: t('timeline.retry'),
      icon: 'undo',
      run: () => bench.handle.retry(message.key),
    },
    text !== '' && { label: t('action.copy'), icon: 'copy', run: () => void copy(kit, text) },
    {
      label: t('timeline.discard'),
      icon: 'trash',
      danger: true,
      run: () => bench.handle.discard(message.key),
    },
  ];
}

function sentItems(acting: Acting, message: TimelineMessage, n: number): (MenuItem | false)[] {
  const { kit, bench, me, show } = acting;
  const { t } = kit;
  const { key } = message;
  const info = bench.handle.info.get();
  const may = permissionsOf(message, info, me);
  const target = { n, key };
  const text = textOf(message);
  const group = info !== undefined && info.kind !== 'direct';
  return [
    may.reply && {
      label: t('action.reply'),
      icon: 'reply',
      run: () => bench.target.set({ to: 'reply', ...target }),
    },
    mayForward(message) && {
      label: t('forward.do'),
      icon: 'forward',
      run: () => forward(kit, acting.navigation, [message]),
    },
    may.edit && {
      label: t('action.edit'),
      icon: 'pencil',
      run: () => bench.target.set({ to: 'edit', ...target }),
    },
    text !== '' && { label: t('action.copy'), icon: 'copy', run: () => void copy(kit, text) },
    message.reactions.length > 0 && {
      label: t('timeline.reactors'),
      icon: 'smile',
      run: () => show({ about: 'reactors', n }),
    },
    group &&
      message.sender === me &&
      message.body !== null && {
        label: t('action.readers'),
        icon: 'eye',
        run: () => show({ about: 'readers', n }),
      },
    may.delete && { label: t('action.select'), icon: 'select', run: () => bench.toggle(key) },
    may.recall && {
      label: t('action.recall'),
      icon: 'undo',
      danger: true,
      run: () => void recall(acting, [n]),
    },
    may.delete && {
      label: t('action.delete'),
      icon: 'trash',
      danger: true,
      run: () => void remove(acting, [n]),
    },
  ];
}

/** The menu of one message; undefined where there is nothing to do with it. */
export function menuOf(
  acting: Acting,
  message: TimelineMessage,
  at: MenuRequest['at'],
): MenuRequest | undefined {
  const { kit, bench, me, show } = acting;
  const { t, attempt } = kit;
  const label = t('action.label');
  const { n } = message;
  if (n === null) return { label, at, items: waitingItems(acting, message) };
  const items = sentItems(acting, message, n);
  if (!items.some(Boolean)) return undefined;
  if (!permissionsOf(message, bench.handle.info.get(), me).react) return { label, at, items };
  const quick = QUICK.map((emoji) => {
    const on = message.mine.includes(emoji);
    const run = () => void attempt(on ? bench.handle.unreact(n, emoji) : bench.handle.react(n, emoji));
    return { label: t('action.react', { emoji }), text: emoji, on, run };
  });
  const more = { label: t('action.moreEmoji'), text: '+', on: false, run: () => show({ about: 'emoji', n }) };
  return { label, at, items, quick: [...quick, more] };
}
