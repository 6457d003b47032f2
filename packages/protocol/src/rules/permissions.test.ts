import { describe, expect, test } from 'bun:test';
import type { ConversationKind, Posting, Role } from '../entities/conversation.ts';
import { mayActOn, mayManage, mayPost, mayRead, mayRecall, maySetRole } from './permissions.ts';

type Who = Role | 'nobody';
type Row = Record<Who, boolean>;

const who: Who[] = ['owner', 'admin', 'member', 'nobody'];
const kinds: ConversationKind[] = ['direct', 'group', 'channel'];
const row = (owner: boolean, admin: boolean, member: boolean, nobody: boolean): Row => ({
  owner,
  admin,
  member,
  nobody,
});
const standing = (kind: ConversationKind, role: Who, posting: Posting = 'everyone') => ({
  kind,
  posting,
  role: role === 'nobody' ? null : role,
});

const READ: Record<ConversationKind, Row> = {
  direct: row(true, true, true, false),
  group: row(true, true, true, false),
  channel: row(true, true, true, true),
};
const POST: Record<Posting, Row> = {
  everyone: row(true, true, true, false),
  admins: row(true, true, false, false),
};
const MANAGE: Record<ConversationKind, Row> = {
  direct: row(false, false, false, false),
  group: row(true, true, false, false),
  channel: row(true, true, false, false),
};
const ACT_ON: Record<Role, Row> = {
  owner: row(false, false, false, false),
  admin: row(true, false, false, false),
  member: row(true, true, false, false),
};

for (const kind of kinds) {
  describe(kind, () => {
    test.each(who)('%s', (role) => {
      expect(mayRead(standing(kind, role))).toBe(READ[kind][role]);
      expect(mayManage(standing(kind, role))).toBe(MANAGE[kind][role]);
      expect(maySetRole(standing(kind, role))).toBe(kind !== 'direct' && role === 'owner');
      expect(mayRecall(standing(kind, role), true)).toBe(true);
      expect(mayRecall(standing(kind, role), false)).toBe(MANAGE[kind][role]);
      for (const posting of ['everyone', 'admins'] as const) {
        expect(mayPost(standing(kind, role, posting))).toBe(POST[posting][role]);
      }
      for (const target of ['owner', 'admin', 'member'] as const) {
        expect(mayActOn(standing(kind, role), target)).toBe(kind !== 'direct' && ACT_ON[target][role]);
      }
    });
  });
}
