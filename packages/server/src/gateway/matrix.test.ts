import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { OPERATIONS, type OperationName, type Request } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { media, readyFile } from '../testing/files.ts';
import { startTestNode, type TestNode } from '../testing/node.ts';
import { Peer } from '../testing/peer.ts';
import { codeOf, message, otherApp, text } from '../testing/scene.ts';

/**
 * What someone without standing is told. `public`: anyone may ask. `own`: it is about the caller alone, so there is
 * nothing of anyone else's to reach. `empty`: it answers, with nothing of the first app in the answer. `begins`: it
 * makes something new, in the caller's own app.
 */
type Outcome = 'public' | 'own' | 'empty' | 'begins' | 'not_found' | 'forbidden' | 'conflict';

/** Of each operation: tried by a person of another app with the first app's ids, and by an outsider of the same app. */
const EXPECTED: Record<OperationName, { otherApp: Outcome; outsider: Outcome }> = {
  'session.open': { otherApp: 'public', outsider: 'public' },
  'session.refresh': { otherApp: 'own', outsider: 'own' },
  'session.ping': { otherApp: 'own', outsider: 'own' },
  'session.activity': { otherApp: 'own', outsider: 'own' },
  'sync.page': { otherApp: 'own', outsider: 'own' },
  'auth.signInWithToken': { otherApp: 'public', outsider: 'public' },
  'auth.signUp': { otherApp: 'public', outsider: 'public' },
  'auth.signInWithPassword': { otherApp: 'public', outsider: 'public' },
  'auth.requestCode': { otherApp: 'public', outsider: 'public' },
  'auth.signInWithCode': { otherApp: 'public', outsider: 'public' },
  'auth.signInAsGuest': { otherApp: 'public', outsider: 'public' },
  'auth.upgradeWithPassword': { otherApp: 'own', outsider: 'own' },
  'auth.upgradeWithCode': { otherApp: 'own', outsider: 'own' },
  'auth.changePassword': { otherApp: 'own', outsider: 'own' },
  'auth.refresh': { otherApp: 'public', outsider: 'public' },
  'auth.signOut': { otherApp: 'own', outsider: 'own' },
  'apps.get': { otherApp: 'public', outsider: 'public' },
  'apps.update': { otherApp: 'forbidden', outsider: 'forbidden' },
  'devices.list': { otherApp: 'own', outsider: 'own' },
  'devices.rename': { otherApp: 'own', outsider: 'own' },
  'devices.signOut': { otherApp: 'own', outsider: 'own' },
  'users.get': { otherApp: 'empty', outsider: 'own' },
  'users.me': { otherApp: 'own', outsider: 'own' },
  'users.update': { otherApp: 'own', outsider: 'own' },
  'users.upsert': { otherApp: 'forbidden', outsider: 'forbidden' },
  'presence.get': { otherApp: 'empty', outsider: 'own' },
  'presence.subscribe': { otherApp: 'empty', outsider: 'own' },
  'presence.unsubscribe': { otherApp: 'empty', outsider: 'own' },
  'conversations.direct': { otherApp: 'begins', outsider: 'begins' },
  'conversations.create': { otherApp: 'begins', outsider: 'conflict' },
  'conversations.get': { otherApp: 'not_found', outsider: 'not_found' },
  'conversations.list': { otherApp: 'empty', outsider: 'empty' },
  'conversations.unread': { otherApp: 'empty', outsider: 'empty' },
  'conversations.changes': { otherApp: 'not_found', outsider: 'not_found' },
  'conversations.update': { otherApp: 'not_found', outsider: 'not_found' },
  'conversations.clear': { otherApp: 'not_found', outsider: 'not_found' },
  'conversations.watch': { otherApp: 'not_found', outsider: 'not_found' },
  'conversations.unwatch': { otherApp: 'not_found', outsider: 'not_found' },
  'members.list': { otherApp: 'not_found', outsider: 'not_found' },
  'members.add': { otherApp: 'not_found', outsider: 'not_found' },
  'members.remove': { otherApp: 'not_found', outsider: 'not_found' },
  'members.join': { otherApp: 'not_found', outsider: 'not_found' },
  'members.leave': { otherApp: 'not_found', outsider: 'not_found' },
  'members.setRole': { otherApp: 'not_found', outsider: 'not_found' },
  'members.transferOwnership': { otherApp: 'not_found', outsider: 'not_found' },
  'members.updateSelf': { otherApp: 'not_found', outsider: 'not_found' },
  'receipts.mark': { otherApp: 'not_found', outsider: 'not_found' },
  'receipts.list': { otherApp: 'not_found', outsider: 'not_found' },
  'typing.set': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.send': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.edit': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.edits': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.recall': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.delete': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.played': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.shared': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.get': { otherApp: 'not_found', outsider: 'not_found' },
  'messages.list': { otherApp: 'not_found', outsider: 'not_found' },
  'reactions.add': { otherApp: 'not_found', outsider: 'not_found' },
  'reactions.remove': { otherApp: 'not_found', outsider: 'not_found' },
  'reactions.list': { otherApp: 'not_found', outsider: 'not_found' },
  'files.create': { otherApp: 'begins', outsider: 'conflict' },
  'files.parts': { otherApp: 'not_found', outsider: 'not_found' },
  'files.finish': { otherApp: 'not_found', outsider: 'not_found' },
  'files.cancel': { otherApp: 'empty', outsider: 'empty' },
  'files.urls': { otherApp: 'not_found', outsider: 'not_found' },
  'emoji.list': { otherApp: 'empty', outsider: 'own' },
  'emoji.publish': { otherApp: 'forbidden', outsider: 'forbidden' },
  'emoji.remove': { otherApp: 'forbidden', outsider: 'forbidden' },
  'stickers.packs': { otherApp: 'empty', outsider: 'own' },
  'stickers.arrange': { otherApp: 'not_found', outsider: 'own' },
  'stickers.favour': { otherApp: 'not_found', outsider: 'own' },
  'stickers.publish': { otherApp: 'forbidden', outsider: 'forbidden' },
  'stickers.withdraw': { otherApp: 'forbidden', outsider: 'forbidden' },
  'gifs.service': { otherApp: 'own', outsider: 'own' },
  'gifs.search': { otherApp: 'not_found', outsider: 'not_found' },
  'gifs.take': { otherApp: 'not_found', outsider: 'not_found' },
};

const conversation = 'secret';
const at = { conversation, n: 2 };
const users = { users: ['in.owner', 'in.member'] };
/** Carried by a message of the conversation, and by one of the channel. */
let secretFile = '';
/** Of a sign-in that ended. */
const stale = 'x.y.z';

/** A valid input of each operation, about the first app's people and conversation wherever it names some. */
const inputOf = (c: string): { [N in OperationName]: Request<N> } => ({
  'session.open': { token: stale, version: 1 },
  'session.refresh': { token: stale },
  'session.ping': {},
  'session.activity': { active: true },
  'sync.page': {},
  'auth.signInWithToken': { token: stale },
  'auth.signUp': { username: 'someone', password: 'password1' },
  'auth.signInWithPassword': { username: 'someone', password: 'password1' },
  'auth.requestCode': { to: { channel: 'phone', phone: '+4915112345678' } },
  'auth.signInWithCode': { ticket: 't', code: '123456' },
  'auth.signInAsGuest': {},
  'auth.upgradeWithPassword': { username: 'someone', password: 'password1' },
  'auth.upgradeWithCode': { ticket: 't', code: '123456' },
  'auth.changePassword': { password: 'password1', newPassword: 'password2' },
  'auth.refresh': { refreshToken: 'x' },
  'auth.signOut': {},
  'apps.get': {},
  'apps.update': { avatar: null },
  'devices.list': {},
  'devices.rename': { name: 'mine' },
  'devices.signOut': { device: crypto.randomUUID() },
  'users.get': users,
  'users.me': {},
  'users.update': { name: 'Me' },
  'users.upsert': { users: [{ id: 'in.owner', name: 'Hacked' }] },
  'presence.get': users,
  'presence.subscribe': users,
  'presence.unsubscribe': users,
  'conversations.direct': { user: 'in.owner' },
  'conversations.create': { id: c, kind: 'group', members: ['in.owner'] },
  'conversations.get': { conversation: c },
  'conversations.list': {},
  'conversations.unread': {},
  'conversations.changes': { conversation: c, rev: 0, n: 0 },
  'conversations.update': { conversation: c, title: 'Hacked' },
  'conversations.clear': { conversation: c },
  'conversations.watch': { conversation: c },
  'conversations.unwatch': { conversation: c },
  'members.list': { conversation: c },
  'members.add': { conversation: c, ...users },
  'members.remove': { conversation: c, ...users },
  'members.join': { conversation: c },
  'members.leave': { conversation: c },
  'members.setRole': { conversation: c, user: 'in.member', role: 'admin' },
  'members.transferOwnership': { conversation: c, user: 'in.member' },
  'members.updateSelf': { conversation: c, pinned: true },
  'receipts.mark': { conversation: c, readN: 2 },
  'receipts.list': { conversation: c },
  'typing.set': { conversation: c, typing: true },
  'messages.send': message(c, 'Hacked'),
  'messages.edit': { ...at, conversation: c, body: text('Hacked') },
  'messages.edits': { ...at, conversation: c },
  'messages.recall': { ...at, conversation: c },
  'messages.delete': { conversation: c, numbers: [2] },
  'messages.played': { ...at, n: 4, conversation: c },
  'messages.shared': { conversation: c, kind: 'media' },
  'messages.get': { ...at, conversation: c },
  'messages.list': { conversation: c },
  'reactions.add': { ...at, conversation: c, emoji: '👍' },
  'reactions.remove': { ...at, conversation: c, emoji: '👍' },
  'reactions.list': { ...at, conversation: c },
  'files.create': { file: secretFile, kind: 'file', name: 'Hacked', size: 1000 },
  'files.parts': { file: secretFile, numbers: [1] },
  'files.finish': { file: secretFile },
  'files.cancel': { file: secretFile },
  'files.urls': { conversation: c, files: [secretFile] },
  'emoji.list': {},
  'emoji.publish': { name: 'hacked', file: secretFile },
  'emoji.remove': { name: 'traceable' },
  'stickers.packs': {},
  'stickers.arrange': { packs: ['traceable'] },
  'stickers.favour': { pack: 'traceable', sticker: 'one', on: true },
  'stickers.publish': {
    pack: 'hacked',
    title: 'Hacked',
    stickers: [{ id: 'one', file: secretFile, emoji: '👍' }],
  },
  'stickers.withdraw': { pack: 'traceable' },
  'gifs.service': {},
  'gifs.search': { query: 'traceable' },
  'gifs.take': { file: Bun.randomUUIDv7(), gif: 'traceable' },
});

const NAMES = Object.keys(OPERATIONS) as OperationName[];
const REACHING = NAMES.filter((op) => !['public', 'own'].includes(EXPECTED[op].otherApp));

let node: TestNode;
let inside: Peer;
beforeAll(async () => {
  node = await startTestNode();
  await node.as('in.owner', 'users.update', { name: 'Traceable' });
  await node.as('in.owner', 'conversations.create', {
    id: conversation,
    kind: 'group',
    title: 'Traceable',
    members: ['in.member'],
  });
  await node.as('in.owner', 'messages.send', message(conversation, 'Traceable'));
  await node.as('in.owner', 'reactions.add', { ...at, emoji: '👍' });
  await node.as('in.owner', 'conversations.create', { id: 'openly', kind: 'channel', title: 'Traceable' });
  await node.as('in.owner', 'messages.send', message('openly', 'Traceable'));
  secretFile = await readyFile(node.db, { owner: 'in.owner', name: 'Traceable' });
  await node.db.insertInto('emoji').values({ app: 1, name: 'traceable', file: secretFile }).execute();
  const [app, pack] = [1, 'traceable'];
  await node.db
    .insertInto('sticker_packs')
    .values({ app, id: pack, title: 'Traceable', created_at: new Date() })
    .execute();
  await node.db
    .insertInto('stickers')
    .values({ app, pack, id: 'one', i: 0, file: secretFile, emoji: '👍' })
    .execute();
  const voice = await readyFile(node.db, { owner: 'in.owner', kind: 'voice', name: 'Traceable' });
  for (const id of [conversation, 'openly']) {
    for (const file of [secretFile, voice]) {
      const body = media([file]);
      await node.as('in.owner', 'messages.send', { conversation: id, id: Bun.randomUUIDv7(), body });
    }
  }
  inside = await node.peer('in.member');
});
afterAll(() => node.stop());

/** Everything that the first app has, row by row; without its people's visits. */
async function rowsOfFirstApp(): Promise<string> {
  const within = sql`(select pk from conversations where app = 1)`;
  const all = await Promise.all([
    sql`select * from conversations where app = 1 and id in ('secret', 'openly') order by pk`.execute(
      node.db,
    ),
    sql`select * from members where app = 1 and user_id like 'in.%' order by conversation, user_id`.execute(
      node.db,
    ),
    sql`select id, kind, name, avatar, rev from users where app = 1 and id like 'in.%' order by id`.execute(
      node.db,
    ),
    sql`select * from sticker_packs join stickers using (app) where app = 1`.execute(node.db),
    sql`select * from emoji where app = 1 order by name`.execute(node.db),
    sql`select * from files where app = 1 and owner like 'in.%' order by id`.execute(node.db),
    ...['messages', 'message_edits', 'message_files', 'message_plays', 'reactions', 'message_deletions'].map(
      (t) =>
        sql`select * from ${sql.table(t)} where conversation in ${within} order by 1, 2, 3`.execute(node.db),
    ),
  ]);
  return JSON.stringify(all.map((r) => r.rows));
}

describe.each(NAMES.filter((op) => OPERATIONS[op].access !== 'public'))('%s', (op) => {
  const { over } = OPERATIONS[op];

  test('is not for anyone who is not signed in', async () => {
    const input = inputOf(conversation)[op];
    expect(await codeOf(node.http(op, input as never))).toBe(
      over === 'socket' ? 'invalid_input' : 'unauthenticated',
    );
    const socket = await Peer.connect(node.url);
    expect(await codeOf(socket.call(op, input as never))).toBe('unauthenticated');
    await socket.closed;
  });
});

describe.each(REACHING)('[L11] %s', (op) => {
  test("of another app's person reaches nothing, and tells no more than of what does not exist", async () => {
    const before = await rowsOfFirstApp();
    const told = inside.events.length;
    const stranger = await node.peer('in.owner', { app: await otherApp(node, `other.${op}`) });
    for (const id of [conversation, 'openly']) {
      const attempt = await answerOf(stranger, op, inputOf(id)[op]);
      const baseline = await answerOf(stranger, op, inputOf('does-not-exist')[op]);
      check(EXPECTED[op].otherApp, attempt);
      expect(JSON.stringify(attempt)).not.toContain('Traceable');
      if (EXPECTED[op].otherApp === 'not_found') expect(attempt).toEqual(baseline);
    }
    stranger.close();
    await inside.call('session.ping', {});
    expect(inside.events.slice(told)).toEqual([]);
    expect(await rowsOfFirstApp()).toBe(before);
  });

  test('of someone who is no member reaches nothing', async () => {
    const outcome = EXPECTED[op].outsider;
    if (outcome === 'own') return;
    const before = outcome === 'begins' ? '' : await rowsOfFirstApp();
    const outsider = await node.peer(`outsider.${op}`);
    const attempt = await answerOf(outsider, op, inputOf(conversation)[op]);
    check(outcome, attempt);
    if (outcome === 'not_found')
      expect(attempt).toEqual(await answerOf(outsider, op, inputOf('does-not-exist')[op]));
    outsider.close();
    if (outcome !== 'begins') expect(await rowsOfFirstApp()).toBe(before);
  });
});

/** What a caller is told: the error with its words, or the output. */
async function answerOf(
  peer: Peer,
  op: OperationName,
  input: unknown,
): Promise<{ error?: unknown; output?: unknown }> {
  return await peer.call(op, input as never).then(
    (output) => ({ output }),
    (thrown: { wire: unknown }) => ({ error: thrown.wire }),
  );
}

function check(outcome: Outcome, answer: { error?: unknown; output?: unknown }): void {
  if (outcome === 'empty' || outcome === 'begins') expect(answer.error).toBeUndefined();
  else expect(answer.error).toMatchObject({ code: outcome });
}
