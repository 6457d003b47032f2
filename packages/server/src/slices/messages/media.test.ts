import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { MediaBody } from '@inlay-im/protocol';
import { media, type ReadyFile, readyFile } from '../../testing/files.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { PeerError } from '../../testing/peer.ts';
import { codeOf, otherApp, text } from '../../testing/scene.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

const file = (owner: string, o: Omit<ReadyFile, 'owner'> = {}) => readyFile(node.db, { owner, ...o });

/** A group of an owner and others. */
async function group(id: string, members: string[] = [], history: 'start' | 'joined' = 'start') {
  const owner = `${id}.o`;
  await node.as(owner, 'conversations.create', { id, kind: 'group', members, history });
  return { conversation: id, owner };
}

const sending = (conversation: string, files: readonly string[], words: string | null = null) => ({
  conversation,
  id: Bun.randomUUIDv7(),
  body: media(files, words),
});

/** Code and field that a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => 'ok',
    (thrown: unknown) => thrown,
  );
  return error instanceof PeerError ? `${error.wire.code} ${error.wire.field}` : String(error);
}

const carried = async (file: string) =>
  await node.db.selectFrom('message_files').selectAll().where('file', '=', file).orderBy('n').execute();

/** Until a file is gone for good, by the job that a recall asked for. */
async function swept(file: string): Promise<void> {
  for (let rows = 1; rows > 0; ) {
    rows = (await node.db.selectFrom('files').select('id').where('id', '=', file).execute()).length;
  }
}

describe('sending files', () => {
  test('the message stands alone: it tells what the node knows of each file, with its caption', async () => {
    const { conversation, owner } = await group('album', ['album.m']);
    const poster = await file(owner);
    const photo = await file(owner);
    const film = await file(owner, { kind: 'video', poster });
    const paper = await file(owner, { kind: 'file' });
    const sent = sending(conversation, [photo, film, paper], 'Look at https://example.com');
    sent.body.items[1] = { file: film, caption: 'the second' };
    const reader = await node.peer('album.m');
    const { n } = await node.as(owner, 'messages.send', { ...sent, mentions: ['album.m'] });
    const { message } = await reader.event('message.new', (e) => e.message.n === n);
    const body = message.body as MediaBody;
    expect(body.text).toBe('Look at https://example.com');
    expect(message.mentions).toEqual(['album.m']);
    expect(body.items.map((i) => [i.file, i.kind, i.caption, i.poster])).toEqual([
      [photo, 'image', null, null],
      [film, 'video', 'the second', poster],
      [paper, 'file', null, null],
    ]);
    expect(body.items[0]).toMatchObject({
      name: 'image.bin',
      type: 'image/jpeg',
      size: 1000,
      width: 640,
      height: 480,
    });
    const { message: read } = await node.as('album.m', 'messages.get', { conversation, n });
    expect(read).toEqual(message);
    const { conversation: shown } = await node.as('album.m', 'conversations.get', { conversation });
    expect(shown.preview).toEqual(message);
    expect(shown.mentions).toEqual([n]);
    const rows = await node.db
      .selectFrom('message_files')
      .selectAll()
      .where('n', '=', n)
      .orderBy('i')
      .execute();
    expect(rows.map((r) => `${r.app} ${r.i} ${r.kind} ${r.file}`)).toEqual([
      `1 0 image ${photo}`,
      `1 1 video ${film}`,
      `1 2 file ${paper}`,
      `1 3 poster ${poster}`,
    ]);
  });

  test('what is wrong with which file is said: unknown, not whole, twice, or a voice in company', async () => {
    const { conversation, owner } = await group('wrong');
    const [a, voice] = [await file(owner), await file(owner, { kind: 'voice' })];
    const send = (files: string[]) => refusal(node.as(owner, 'messages.send', sending(conversation, files)));
    expect(await send([a, Bun.randomUUIDv7()])).toBe('not_found body.items.1.file');
    expect(await send([await file(owner, { state: 'uploading' })])).toBe('not_found body.items.0.file');
    expect(await send([await file(owner, { state: 'rejected' })])).toBe('not_found body.items.0.file');
    expect(await send([a, voice, a])).toBe('invalid_input body.items.2.file');
    expect(await send([a, a.toUpperCase()])).toBe('invalid_input body.items.1.file');
    expect(await send([a, voice])).toBe('invalid_input body.items.1.file');
    expect(await send([voice])).toBe('ok');
    expect(await send([a])).toBe('ok');
    expect(await carried(a)).toHaveLength(1);
  });

  test('a refused file begins no direct conversation', async () => {
    await node.as('lone', 'users.me', {});
    const sent = sending('direct:lone,other', [Bun.randomUUIDv7()]);
    expect(await refusal(node.as('lone', 'messages.send', sent))).toBe('not_found body.items.0.file');
    expect((await node.as('lone', 'conversations.list', {})).conversations).toEqual([]);
    sent.body = media([await file('lone')]);
    expect(await refusal(node.as('lone', 'messages.send', sent))).toBe('ok');
  });

  test('what follows a message with files on the same socket does not overtake it', async () => {
    const { conversation, owner } = await group('order');
    const me = await node.peer(owner);
    const [a, b] = [await file(owner), await file(owner)];
    const acks = await Promise.all([
      me.call('messages.send', { ...sending(conversation, []), body: text('0') }),
      me.call('messages.send', sending(conversation, [a])),
      me.call('messages.send', { ...sending(conversation, []), body: text('2') }),
      me.call('messages.send', sending(conversation, [b])),
    ]);
    expect(acks.map(({ n }) => n)).toEqual([2, 3, 4, 5]);
  });

  test('[L2] a retried send of files is one message with its first place, even after the file was described anew', async () => {
    const { conversation, owner } = await group('retry');
    const a = await file(owner);
    const sent = sending(conversation, [a]);
    const ack = await node.as(owner, 'messages.send', sent);
    await node.db
      .updateTable('files')
      .set({ thumbhash: 'abcd', name: 'other.jpg' })
      .where('id', '=', a)
      .execute();
    expect(await node.as(owner, 'messages.send', sent)).toEqual(ack);
    const peer = await node.peer(owner);
    expect(await Promise.all([sent, sent].map((s) => peer.call('messages.send', s)))).toEqual([ack, ack]);
    expect(await carried(a)).toHaveLength(1);
    const other = { ...sent, body: media([await file(owner)]) };
    expect(await codeOf(node.as(owner, 'messages.send', other))).toBe('conflict');
    const captioned = { ...sent, body: { ...sent.body, items: [{ file: a, caption: 'new' }] } };
    expect(await codeOf(node.as(owner, 'messages.send', captioned))).toBe('conflict');
  });

  test('[L2] a retry is told the first place even when the file is gone; another message with that id is not', async () => {
    const { conversation, owner } = await group('late', ['late.m']);
    const a = await file(owner);
    const sent = sending(conversation, [a]);
    const ack = await node.as(owner, 'messages.send', sent);
    await node.as(owner, 'messages.recall', { conversation, n: ack.n });
    await swept(a);
    const retried = await node.as(owner, 'messages.send', sent);
    expect(retried).toMatchObject({ n: ack.n, at: ack.at });
    expect(retried.rev).toBeLessThanOrEqual(ack.rev);
    expect(await refusal(node.as('late.m', 'messages.send', sent))).toBe('not_found body.items.0.file');
  });

  test('[L11] a file of another app is as one that does not exist', async () => {
    const { conversation, owner } = await group('tenants');
    const app = await otherApp(node);
    const stranger = await node.peer(owner, { app });
    const { pk } = await node.db
      .selectFrom('apps')
      .select('pk')
      .where('id', '=', app)
      .executeTakeFirstOrThrow();
    const [ours, theirs] = [await file(owner), await file(owner, { app: pk })];
    await node.as(owner, 'messages.send', sending(conversation, [ours]));
    const attempt = async (peer: typeof stranger, to: string, id: string) =>
      await peer.call('messages.send', sending(to, [id])).then(
        () => 'ok',
        (thrown: PeerError) => thrown.wire,
      );
    const unknown = await attempt(stranger, `direct:${owner},x`, Bun.randomUUIDv7());
    expect(await attempt(stranger, `direct:${owner},x`, ours)).toEqual(unknown);
    expect(await attempt(await node.peer(owner), conversation, theirs)).toEqual(unknown);
    expect(await attempt(stranger, `direct:${owner},x`, theirs)).toBe('ok');
    expect((await carried(ours)).map((r) => r.app)).toEqual([1]);
    expect((await carried(theirs)).map((r) => r.app)).toEqual([pk]);
  });

  test('an outsider is told nothing of the conversation, whatever file they name', async () => {
    const { conversation } = await group('shut');
    await node.as('stranger', 'users.me', {});
    const mine = await file('stranger');
    for (const id of [mine, Bun.randomUUIDv7()]) {
      for (const to of [conversation, 'nowhere']) {
        expect(await refusal(node.as('stranger', 'messages.send', sending(to, [id])))).toBe(
          'not_found conversation',
        );
      }
    }
  });
});

describe('forwarding', () => {
  const forward = (who: string, id: string) =>
    refusal(node.as(who, 'messages.send', sending(`direct:${[who, 'zz'].join(',')}`, [id])));

  test('who sees a message with a file may send the file on, its still included; the bytes stay the same', async () => {
    const { conversation, owner } = await group('fwd', ['fwd.a']);
    const poster = await file(owner);
    const video = await file(owner, { kind: 'video', poster });
    expect(await forward('fwd.a', video)).toBe('not_found body.items.0.file');
    await node.as(owner, 'messages.send', sending(conversation, [video]));
    expect(await forward('fwd.a', video)).toBe('ok');
    expect((await carried(video)).length).toBe(2);
    expect((await carried(poster)).length).toBe(2);
    expect(await forward('zz', video)).toBe('ok');
  });

  test('[L9] who left, was removed, came later, cleared it or deleted it for themselves may not', async () => {
    const { conversation, owner } = await group(
      'gone',
      ['gone.left', 'gone.out', 'gone.clear', 'gone.del'],
      'joined',
    );
    const a = await file(owner);
    const { n } = await node.as(owner, 'messages.send', sending(conversation, [a]));
    await node.as(owner, 'members.add', { conversation, users: ['gone.late'] });
    await node.as('gone.left', 'members.leave', { conversation });
    await node.as(owner, 'members.remove', { conversation, users: ['gone.out'] });
    await node.as('gone.clear', 'conversations.clear', { conversation, upTo: n });
    await node.as('gone.del', 'messages.delete', { conversation, numbers: [n] });
    for (const who of ['gone.left', 'gone.out', 'gone.late', 'gone.clear', 'gone.del', 'gone.never']) {
      expect(`${who}: ${await forward(who, a)}`).toBe(`${who}: not_found body.items.0.file`);
    }
    await node.as(owner, 'members.add', { conversation, users: ['gone.left'] });
    expect(await forward('gone.left', a)).toBe('not_found body.items.0.file');
    expect(await forward(owner, a)).toBe('ok');
  });

  test('where history is open, who comes later may; of a channel anyone', async () => {
    const { conversation, owner } = await group('open');
    const a = await file(owner);
    await node.as(owner, 'messages.send', sending(conversation, [a]));
    expect(await forward('open.late', a)).toBe('not_found body.items.0.file');
    await node.as(owner, 'members.add', { conversation, users: ['open.late'] });
    expect(await forward('open.late', a)).toBe('ok');
    await node.as(owner, 'conversations.create', { id: 'news', kind: 'channel' });
    const b = await file(owner);
    await node.as(owner, 'messages.send', sending('news', [b]));
    expect(await forward('open.anyone', b)).toBe('ok');
  });
});

describe('changing', () => {
  test('an edit changes text and captions and never the files', async () => {
    const { conversation, owner } = await group('edited');
    const [a, b] = [await file(owner), await file(owner)];
    const { n } = await node.as(owner, 'messages.send', sending(conversation, [a, b], 'before'));
    const edit = (body: Parameters<typeof node.as<'messages.edit'>>[2]['body'], at = n) =>
      node.as(owner, 'messages.edit', { conversation, n: at, body });
    const before = (await node.as(owner, 'messages.get', { conversation, n })).message.body as MediaBody;
    const to = { ...media([a, b], 'after'), items: [{ file: a, caption: 'first' }, { file: b }] };
    const { message } = await edit(to);
    expect(message.body).toEqual({
      ...before,
      text: 'after',
      items: before.items.map((item, i) => ({ ...item, caption: i === 0 ? 'first' : null })),
    });
    const { edits } = await node.as(owner, 'messages.edits', { conversation, n });
    expect(edits.map((e) => e.body)).toEqual([before]);
    expect(await refusal(edit(media([b, a])))).toBe('invalid_input body.items.0.file');
    expect(await refusal(edit(media([a, await file(owner)])))).toBe('invalid_input body.items.1.file');
    expect(await refusal(edit(media([a])))).toBe('invalid_input body.items');
    expect(await refusal(edit(text('words')))).toBe('invalid_input body.kind');
    const words = await node.as(owner, 'messages.send', {
      ...sending(conversation, []),
      body: text('words'),
    });
    expect(await refusal(edit(media([a]), words.n))).toBe('invalid_input body.kind');
    expect((await edit(media([a, b]))).message.body).toEqual({ ...before, text: null });
    expect(await carried(a)).toHaveLength(1);
  });

  test('[L8] recalled files never come back, and a forwarded copy stays', async () => {
    const { conversation, owner } = await group('recalled', ['recalled.m', 'recalled.f']);
    const [a, b] = [await file(owner, { name: 'geheim.jpg' }), await file(owner, { name: 'geheim.png' })];
    const sent = sending(conversation, [a, b], 'geheim https://geheim.example');
    const { n } = await node.as(owner, 'messages.send', sent);
    await node.as(owner, 'messages.edit', {
      conversation,
      n,
      body: media([a, b], 'geheimer https://geheim.example'),
    });
    const to = 'direct:recalled.f,recalled.z';
    const copy = await node.as('recalled.f', 'messages.send', sending(to, [b]));
    await node.as(owner, 'messages.recall', { conversation, n });
    await swept(a);
    expect(await carried(a)).toEqual([]);
    expect((await carried(b)).map((r) => r.n)).toEqual([copy.n]);
    const answers = [
      await node.as('recalled.m', 'messages.list', { conversation }),
      await node.as('recalled.m', 'messages.edits', { conversation, n }),
      await node.as('recalled.m', 'messages.shared', { conversation, kind: 'media' }),
      await node.as('recalled.m', 'messages.shared', { conversation, kind: 'link' }),
      await node.as('recalled.m', 'conversations.get', { conversation }),
      await node.as('recalled.m', 'conversations.changes', { conversation, rev: 0, n: 0 }),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/geheim|\.jpg/);
    expect(await refusal(node.as('recalled.m', 'messages.send', sending(conversation, [a])))).toBe(
      'not_found body.items.0.file',
    );
    expect(await node.as(owner, 'messages.send', sent)).toMatchObject({ n });
    expect(await carried(a)).toEqual([]);
    expect(
      (await node.as('recalled.z', 'messages.shared', { conversation: to, kind: 'media' })).messages,
    ).toHaveLength(1);
  });

  test('a recall that is refused leaves the files', async () => {
    const { conversation, owner } = await group('kept', ['kept.m']);
    const a = await file(owner);
    const { n } = await node.as(owner, 'messages.send', sending(conversation, [a]));
    expect(await codeOf(node.as('kept.m', 'messages.recall', { conversation, n }))).toBe('forbidden');
    expect(await carried(a)).toHaveLength(1);
  });
});
