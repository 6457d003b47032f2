import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { utimesSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { media } from '../../testing/files.ts';
import { madePng } from '../../testing/images.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, seeded } from '../../testing/scene.ts';
import { brought, uploaded } from '../../testing/uploads.ts';

const clock = new ManualClock(Date.now());
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ clock });
  await node.as('ann', 'conversations.create', { id: 'room', kind: 'group', members: ['bob'] });
});
afterAll(() => node.stop());

let made = 0;
/** Bytes that nobody else has. */
const fresh = (): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`bytes ${++made} of ${process.pid}`);
const hashOf = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex');
const pathOf = (hash: string): string =>
  join(node.files, 'blobs', '1', hash.slice(0, 2), hash.slice(2, 4), hash);
const isKept = (hash: string): Promise<boolean> => Bun.file(pathOf(hash)).exists();
const isKnown = async (id: string): Promise<boolean> =>
  (await node.db.selectFrom('files').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

const send = (files: string[], user = 'ann') =>
  node.as(user, 'messages.send', { conversation: 'room', id: Bun.randomUUIDv7(), body: media(files) });

/** Runs a task of the queue to its end. */
async function run(task: string, payload: object = {}): Promise<void> {
  await node.tasks[task]?.(payload, { number: 1, last: true });
}
const sweep = (files: string[]) => run('files.sweep', { app: 1, files });

describe('files.sweep', () => {
  test('what nothing names goes, with its bytes; what a message names stays', async () => {
    const [lone, carried] = [fresh(), fresh()];
    const [a, b] = [
      await uploaded(node, 'ann', { bytes: lone }),
      await uploaded(node, 'ann', { bytes: carried }),
    ];
    await send([b.file]);
    await sweep([a.file, b.file, Bun.randomUUIDv7()]);
    expect([await isKnown(a.file), await isKept(hashOf(lone))]).toEqual([false, false]);
    expect([await isKnown(b.file), await isKept(hashOf(carried))]).toEqual([true, true]);
  });

  test('equal bytes are kept once, and until the last file with them goes', async () => {
    const bytes = fresh();
    const [a, b] = [await uploaded(node, 'ann', { bytes }), await uploaded(node, 'bob', { bytes })];
    const { rows } = await sql`select from blobs where hash = ${hashOf(bytes)}`.execute(node.db);
    expect(rows).toHaveLength(1);
    await sweep([a.file]);
    expect(await isKept(hashOf(bytes))).toBe(true);
    await sweep([b.file]);
    expect(await isKept(hashOf(bytes))).toBe(false);
    // And brought again, they are there again.
    await uploaded(node, 'ann', { bytes });
    expect(await isKept(hashOf(bytes))).toBe(true);
  });

  test('an image goes with its steps', async () => {
    const image = await uploaded(node, 'ann', {
      kind: 'image',
      name: 'x.png',
      bytes: madePng(700, 10 + made),
    });
    const { blob } = await node.db
      .selectFrom('files')
      .select('blob')
      .where('id', '=', image.file)
      .executeTakeFirstOrThrow();
    const stepsOf = () =>
      node.db
        .selectFrom('file_steps')
        .select('hash')
        .where('blob', '=', blob ?? '')
        .execute();
    // Made by a job.
    let steps = await stepsOf();
    while (steps.length < 2) steps = await stepsOf();
    for (const { hash } of steps) expect(await isKept(hash)).toBe(true);
    await sweep([image.file]);
    for (const hash of [blob ?? '', ...steps.map((s) => s.hash)]) expect(await isKept(hash)).toBe(false);
    expect(
      await node.db
        .selectFrom('file_steps')
        .selectAll()
        .where('blob', '=', blob ?? '')
        .execute(),
    ).toEqual([]);
    // A job that comes too late finds nothing to do.
    await run('files.steps', { app: 1, blob, width: 700, animated: false });
  });

  test('the still of a video stays as long as the video, and goes with it', async () => {
    const still = await uploaded(node, 'ann', { kind: 'image', name: 'x', bytes: madePng(20, 10 + ++made) });
    const mp4 = new Uint8Array(
      Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'), fresh()]),
    );
    const video = await uploaded(node, 'ann', {
      kind: 'video',
      name: 'v.mp4',
      bytes: mp4,
      poster: still.file,
      duration: 1000,
    });
    expect(video).toMatchObject({ kind: 'video', poster: still.file, duration: 1000 });
    await sweep([still.file]);
    expect(await isKnown(still.file)).toBe(true);
    await sweep([video.file]);
    expect([await isKnown(still.file), await isKnown(video.file)]).toEqual([false, false]);
  });

  test('a recall has it done', async () => {
    const bytes = fresh();
    const { file } = await uploaded(node, 'ann', { bytes });
    const { n } = await send([file]);
    await node.as('ann', 'messages.recall', { conversation: 'room', n });
    while (await isKnown(file));
    // Whether a file exists is told at once: the node has to have its turn.
    while (await isKept(hashOf(bytes))) await new Promise(setImmediate);
    expect(await isKnown(file)).toBe(false);
  });
});

describe('what a message names is never swept', () => {
  test('[L1] whoever is first, of a send and a sweep of the same file', async () => {
    const random = seeded(7);
    const outcomes = { sent: 0, refused: 0 };
    for (let round = 0; round < 30; round++) {
      const bytes = fresh();
      const { file } = await uploaded(node, 'ann', { bytes });
      // Once one after the other, each way round; else at the same time.
      if (round === 0) await sweep([file]);
      const swept = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        round === 1 ? undefined : sweep([file]),
      );
      const code = await codeOf(send([file]));
      await Promise.all([...swept, sweep([file])]);
      const { rows } = await sql`select from message_files where file = ${file}::uuid`.execute(node.db);
      expect(['ok', 'not_found']).toContain(code);
      // What was acknowledged has its file, and its bytes; what was refused has neither.
      expect([rows.length, await isKnown(file), await isKept(hashOf(bytes))]).toEqual(
        code === 'ok' ? [1, true, true] : [0, false, false],
      );
      if (code === 'ok') outcomes.sent++;
      else outcomes.refused++;
    }
    expect(outcomes.sent).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  }, 60_000);

  test('[L1] a send that is committed while a sweep looks through many files keeps its own', async () => {
    const outcomes: string[] = [];
    for (let round = 0; round < 4; round++) {
      // The sweep comes to the file last: by then what it saw of messages is old.
      const { rows } = await sql<{ id: string }>`
        insert into files (app, id, owner, state, kind, name, size, created_at)
        select 1, ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'ann', 'ready', 'file', 'x', 1, now()
        from generate_series(1, 5000) i returning id`.execute(node.db);
      const { file } = await uploaded(node, 'ann', { bytes: fresh() });
      const sweeping = sweep([...rows.map(({ id }) => id), file]);
      const code = await codeOf(send([file]));
      await sweeping;
      outcomes.push(code);
      expect([code, await isKnown(file)]).toEqual([code, code === 'ok']);
    }
    expect(outcomes).toContain('ok');
  }, 60_000);

  test('a send that holds the file makes the sweep pass it over', async () => {
    const { file } = await uploaded(node, 'ann', { bytes: fresh() });
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const sending = node.db.transaction().execute(async (trx) => {
      await sql`select from files where id = ${file}::uuid for key share`.execute(trx);
      held.resolve();
      await release.promise;
    });
    await held.promise;
    await sweep([file]);
    expect(await isKnown(file)).toBe(true);
    release.resolve();
    await sending;
    await sweep([file]);
    expect(await isKnown(file)).toBe(false);
  });

  test('bytes that are brought again while they are swept are there in the end', async () => {
    const bytes = fresh();
    for (let round = 0; round < 30; round++) {
      const first = await uploaded(node, 'ann', { bytes });
      const { file } = await brought(node, 'bob', { bytes });
      await Promise.all([sweep([first.file]), node.as('bob', 'files.finish', { file })]);
      expect(await isKept(hashOf(bytes))).toBe(true);
      await sweep([file]);
      expect(await isKept(hashOf(bytes))).toBe(false);
    }
  }, 60_000);
});

describe('by the clock', () => {
  test('what was not finished, was refused, or was never sent goes after a day, and nothing before', async () => {
    const bytes = [fresh(), fresh(), fresh()];
    const begun = await brought(node, 'ann', { bytes: bytes[0] as Uint8Array<ArrayBuffer> });
    const refused = await brought(node, 'ann', { bytes: fresh(), kind: 'image' });
    expect(await codeOf(node.as('ann', 'files.finish', { file: refused.file }))).toBe('rejected');
    const unsent = await uploaded(node, 'ann', { bytes: bytes[1] as Uint8Array<ArrayBuffer> });
    const sent = await uploaded(node, 'ann', { bytes: bytes[2] as Uint8Array<ArrayBuffer> });
    await send([sent.file]);
    const known = async () =>
      await Promise.all([begun, refused, unsent, sent].map(({ file }) => isKnown(file)));
    clock.advance(LIMITS.orphan - 60_000);
    await run('files.sweepOld');
    expect(await known()).toEqual([true, true, true, true]);
    clock.advance(2 * 60_000);
    await run('files.sweepOld');
    expect(await known()).toEqual([false, false, false, true]);
    expect(await Bun.file(join(node.files, 'uploads', '1', begun.file)).exists()).toBe(false);
    expect(await isKept(hashOf(bytes[1] as Uint8Array))).toBe(false);
    expect(await isKept(hashOf(bytes[2] as Uint8Array))).toBe(true);
  });

  test('bytes that nobody knows go, once they are old enough to be nobody’s', async () => {
    const old = new Date(clock.now() - 2 * 3600_000);
    const stray = [
      join(node.files, 'uploads', '1', Bun.randomUUIDv7()),
      join(node.files, 'uploads', 'tmp', 'left'),
    ];
    await mkdir(join(node.files, 'uploads', 'tmp'), { recursive: true });
    for (const path of stray) {
      await Bun.write(path, 'left');
      utimesSync(path, old, old);
    }
    const begun = await brought(node, 'ann', { bytes: fresh() });
    const hash = 'ef'.repeat(32);
    await Bun.write(pathOf(hash), 'left');
    const bytes = fresh();
    await send([(await uploaded(node, 'ann', { bytes })).file]);
    await run('files.sweepOld');
    await run('files.sweepStore');
    for (const path of stray) expect(await Bun.file(path).exists()).toBe(false);
    expect(await isKept(hash)).toBe(false);
    expect(await isKept(hashOf(bytes))).toBe(true);
    expect(await isKnown(begun.file)).toBe(true);
    expect(await node.db.selectFrom('blobs').select('hash').where('hash', '=', hash).execute()).toEqual([]);
  });

  test('young bytes without a row may be about to get one', async () => {
    const young = await startTestNode();
    const hash = 'ee'.repeat(32);
    const path = join(young.files, 'blobs', '1', 'ee', 'ee', hash);
    await Bun.write(path, 'left');
    await young.tasks['files.sweepStore']?.({}, { number: 1, last: true });
    expect(await Bun.file(path).exists()).toBe(true);
    await young.stop();
  });
});

describe('files.cancel', () => {
  test('drops what is under way, and what is whole; what a message has stays', async () => {
    const [half, whole, sent] = [fresh(), fresh(), fresh()];
    const begun = await brought(node, 'ann', { bytes: half });
    await node.as('ann', 'files.cancel', { file: begun.file });
    expect(await Bun.file(join(node.files, 'uploads', '1', begun.file)).exists()).toBe(false);
    const ready = await uploaded(node, 'ann', { bytes: whole });
    await node.as('bob', 'files.cancel', { file: ready.file });
    expect(await isKnown(ready.file)).toBe(true);
    await node.as('ann', 'files.cancel', { file: ready.file });
    await node.as('ann', 'files.cancel', { file: ready.file });
    expect([await isKnown(ready.file), await isKept(hashOf(whole))]).toEqual([false, false]);
    const carried = await uploaded(node, 'ann', { bytes: sent });
    await send([carried.file]);
    await node.as('ann', 'files.cancel', { file: carried.file });
    expect(await isKept(hashOf(sent))).toBe(true);
  });
});
