import type { ConversationHandle } from '@inlay-im/client';
import { anywhere, type Deed, group, mentioned, quietly, reworded, send, shown } from './acting.ts';
import { MEDIA } from './media-deeds.ts';
import type { World } from './world.ts';

const EMOJIS = ['👍', '🎉', '😂'];

const side = (
  name: string,
  weight: number,
  change: (world: World) => Parameters<ConversationHandle['updateSelf']>[0],
): Deed => ({
  name,
  weight,
  run(world, device) {
    const handle = anywhere(world, device);
    if (handle) quietly(handle.updateSelf(change(world)));
  },
});

/** What is done with messages. */
const messages: readonly Deed[] = [
  {
    name: 'send',
    weight: 22,
    run(world, device) {
      const handle = anywhere(world, device);
      if (handle) for (let i = world.dice.below(3); i >= 0; i -= 1) send(world, device, handle);
    },
  },
  {
    name: 'write to someone',
    weight: 5,
    run(world, device) {
      if (device.client.me.get())
        send(world, device, device.client.direct(world.dice.pick(world.people) as string));
    },
  },
  {
    name: 'edit',
    weight: 6,
    run(world, device) {
      const found = shown(world, device, ({ sender }) => sender === device.user);
      if (!found) return;
      const words = world.ledger.say();
      world.ledger.said(found.row.key, words);
      quietly(found.handle.edit(found.n, reworded(found.row, words), mentioned(world, words)));
    },
  },
  {
    name: 'recall',
    weight: 4,
    run(world, device) {
      const own = world.dice.chance(0.8);
      const found = shown(world, device, ({ sender }) => !own || sender === device.user);
      if (found) quietly(found.handle.recall(found.n));
    },
  },
  {
    name: 'edit and recall',
    weight: 3,
    run(world, device) {
      const found = shown(world, device, ({ sender }) => sender === device.user);
      if (!found) return;
      const { handle, row, n } = found;
      const words = world.ledger.say();
      world.ledger.said(row.key, words);
      quietly(handle.edit(n, reworded(row, words)).then(() => handle.recall(n)));
    },
  },
  {
    name: 'delete for me',
    weight: 4,
    run(world, device) {
      const found = shown(world, device);
      if (found) quietly(found.handle.delete([found.n]));
    },
  },
  {
    name: 'react',
    weight: 9,
    run(world, device) {
      const found = shown(world, device);
      if (found) quietly(found.handle.react(found.n, world.dice.pick(EMOJIS) as string));
    },
  },
  {
    name: 'unreact',
    weight: 5,
    run(world, device) {
      const found = shown(world, device);
      const emoji = world.dice.pick(found?.row.mine ?? []) ?? (EMOJIS[0] as string);
      if (found) quietly(found.handle.unreact(found.n, emoji));
    },
  },
];

/** What is done with one's own side of a conversation. */
const sides: readonly Deed[] = [
  { name: 'read', weight: 9, run: (world, device) => anywhere(world, device)?.markRead() },
  {
    name: 'read a part',
    weight: 3,
    run(world, device) {
      const handle = anywhere(world, device);
      const last = handle?.info.get()?.lastN ?? 0;
      if (last > 0) handle?.markRead(1 + world.dice.below(last));
    },
  },
  {
    name: 'read less than before, as a device that was long away',
    weight: 3,
    run(world, device) {
      const conversation = anywhere(world, device)?.id;
      if (conversation === undefined) return;
      const old = { conversation, readN: 1, deliveredN: 1 };
      quietly(device.client.call('receipts.mark', old));
    },
  },
  side('flag as unread', 2, () => ({ markedUnread: true })),
  side('mute', 2, ({ clock, dice }) => ({ mutedUntil: dice.chance(0.5) ? clock.now() + 1e9 : null })),
  side('pin', 2, ({ dice }) => ({ pinned: dice.chance(0.6) })),
  side('archive', 2, ({ dice }) => ({ archived: dice.chance(0.5) })),
  side('hide', 2, ({ dice }) => ({ hidden: dice.chance(0.8) })),
  side('nickname', 2, ({ ledger }) => ({ nickname: ledger.say() })),
  {
    name: 'draft',
    weight: 3,
    run: (world, device) =>
      anywhere(world, device)?.setDraft(world.dice.chance(0.7) ? world.ledger.say() : null),
  },
  {
    name: 'clear',
    weight: 1,
    run(world, device) {
      const handle = anywhere(world, device);
      const last = handle?.info.get()?.lastN ?? 0;
      if (last > 0) quietly((handle as ConversationHandle).clear(1 + world.dice.below(last)));
    },
  },
];

/** What is done with groups and their people. */
const groups: readonly Deed[] = [
  {
    name: 'create a group',
    weight: 2,
    run(world, device) {
      const members = world.people.filter(() => world.dice.chance(0.7));
      const input = { kind: 'group' as const, title: world.ledger.say(), members };
      quietly(
        device.client.call('conversations.create', {
          ...input,
          history: world.dice.chance(0.5) ? 'joined' : 'start',
        }),
      );
    },
  },
  {
    name: 'rename',
    weight: 2,
    run(world, device) {
      const handle = group(world, device);
      if (handle) quietly(handle.update({ title: world.ledger.say() }));
    },
  },
  {
    name: 'add a member',
    weight: 4,
    run(world, device) {
      const handle = group(world, device);
      if (handle) quietly(handle.addMembers([world.dice.pick(world.people) as string]));
    },
  },
  {
    name: 'remove a member',
    weight: 3,
    run(world, device) {
      const handle = group(world, device);
      if (handle) quietly(handle.removeMembers([world.dice.pick(world.people) as string]));
    },
  },
  {
    name: 'leave',
    weight: 1,
    run(world, device) {
      const handle = group(world, device);
      if (handle) quietly(handle.leave());
    },
  },
  {
    name: 'change a role',
    weight: 2,
    run(world, device) {
      const conversation = group(world, device)?.id;
      if (conversation === undefined) return;
      const user = world.dice.pick(world.people) as string;
      const role = world.dice.chance(0.6) ? 'admin' : 'member';
      quietly(device.client.call('members.setRole', { conversation, user, role }));
    },
  },
  {
    name: 'hand over',
    weight: 1,
    run(world, device) {
      const conversation = group(world, device)?.id;
      const user = world.dice.pick(world.people) as string;
      if (conversation !== undefined)
        quietly(device.client.call('members.transferOwnership', { conversation, user }));
    },
  },
];

/** What is looked at. */
const looks: readonly Deed[] = [
  {
    name: 'open',
    weight: 8,
    run(world, device) {
      const id = world.dice.pick(device.known);
      if (id !== undefined) device.show(id);
    },
  },
  {
    name: 'close',
    weight: 3,
    run(world, device) {
      const id = world.dice.pick([...device.shown.keys()]);
      if (id !== undefined) device.hide(id);
    },
  },
  {
    name: 'scroll',
    weight: 3,
    run(world, device) {
      const id = world.dice.pick([...device.shown.keys()]);
      if (id === undefined) return;
      const { timeline, info } = device.conversation(id);
      const last = info.get()?.lastN ?? 1;
      const how = world.dice.below(3);
      if (how === 0) quietly(timeline.loadBefore(3));
      else if (how === 1) quietly(timeline.jumpTo(1 + world.dice.below(last)));
      else quietly(timeline.loadAfter(3));
    },
  },
];

export const DEEDS: readonly Deed[] = [...messages, ...MEDIA, ...sides, ...groups, ...looks];
