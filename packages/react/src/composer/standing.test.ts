import { expect, test } from 'bun:test';
import type { ConversationView } from '@inlay-im/client';
import { barredFrom } from './standing.ts';

type Known = Pick<ConversationView, 'kind' | 'posting'> & { role: 'member' | 'admin' | null };

const barred = ({ role, ...info }: Known) =>
  barredFrom({ ...info, self: role === null ? null : { role } } as ConversationView);

test.each([
  [{ kind: 'group', posting: 'everyone', role: 'member' }, undefined],
  [{ kind: 'group', posting: 'admins', role: 'member' }, 'admins'],
  [{ kind: 'group', posting: 'admins', role: 'admin' }, undefined],
  [{ kind: 'group', posting: 'everyone', role: null }, 'gone'],
  [{ kind: 'channel', posting: 'admins', role: null }, 'join'],
  [{ kind: 'channel', posting: 'admins', role: 'member' }, 'admins'],
  [{ kind: 'direct', posting: 'everyone', role: null }, undefined],
] as const)('%j', (info, reason) => {
  expect(barred(info)).toBe(reason);
});

test('what is not known yet bars nobody', () => {
  expect(barredFrom(undefined)).toBeUndefined();
});
