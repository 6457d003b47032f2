import { expect, test } from 'bun:test';
import type { ConversationHandle, ConversationView } from '@inlay-im/client';
import type { Member, Role } from '@inlay-im/protocol';
import type { Kit } from '../context.ts';
import { translator } from '../i18n/index.ts';
import { memberItems } from './member-items.ts';
import { inOrder } from './members.tsx';

const member = (user: string, role: Role): Member => ({
  user,
  role,
  nickname: null,
  joinedAt: 0,
  rev: 1,
  left: false,
});

/** What someone with the role may do with a member of the other role. */
function offered(mine: Role | null, theirs: Role, user = 'ben'): string[] {
  const kit = { t: translator('en') } as Kit;
  const info = { kind: 'group', posting: 'everyone', self: mine && { role: mine } } as ConversationView;
  const options = { kit, handle: { id: 'g' } as ConversationHandle, info, me: 'ann', open: () => {} };
  return memberItems(options, member(user, theirs), 'Ben').map(({ label }) => label);
}

const WRITE = 'Write message';

test.each([
  ['owner', 'member', [WRITE, 'Make admin', 'Hand over ownership', 'Remove']],
  ['owner', 'admin', [WRITE, 'Take admin role away', 'Hand over ownership', 'Remove']],
  ['admin', 'member', [WRITE, 'Remove']],
  ['admin', 'admin', [WRITE]],
  ['admin', 'owner', [WRITE]],
  ['member', 'member', [WRITE]],
  [null, 'member', [WRITE]],
] as const)('as %p, what may be done with one who is %s', (mine, theirs, wanted) => {
  expect(offered(mine, theirs)).toEqual([...wanted]);
});

test('nothing is done with oneself', () => {
  expect(offered('owner', 'owner', 'ann')).toEqual([]);
});

test('the owner and admins come first once all members are there', () => {
  const members = [member('a', 'member'), member('b', 'admin'), member('c', 'owner'), member('d', 'member')];
  expect(inOrder(members, true).map(({ user }) => user)).toEqual(['c', 'b', 'a', 'd']);
  expect(inOrder(members, false)).toEqual(members);
});
