import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { type AvatarSize, avatarPath, LIMITS } from '@inlay-im/protocol';
import { type RawBuilder, sql } from 'kysely';
import sharp from 'sharp';
import { photo, picture } from '../../testing/images.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import type { PeerError } from '../../testing/peer.ts';
import { codeOf, otherApp, seeded } from '../../testing/scene.ts';
import { brought, ownUrl, uploaded } from '../../testing/uploads.ts';
import { createApiKey, findApp } from '../apps/index.ts';

const clock = new ManualClock(Date.now());
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ clock });
});
afterAll(() => node.stop());

let width = 600;
/** An image of a person's that nobody else has, as a path. */
async function image(owner: string, over: { bytes?: Uint8Array<ArrayBuffer>; original?: boolean } = {}) {
  const bytes = over.bytes ?? (await picture('png', { width: ++width, height: 300 }));
  const { file } = await uploaded(node, owner, { kind: 'image', name: 'me.png', ...over, bytes });
  return avatarPath(file);
}
const set = (user: string, avatar: string | null) => node.as(user, 'users.update', { avatar });
const at = (path: string, size?: AvatarSize | string, init?: RequestInit) =>
  fetch(`${node.url}${path}${size === undefined ? '' : `/${size}`}`, init);
const status = async (path: string): Promise<number> => (await at(path)).status;
const fileOf = (path: string): string => path.slice('/avatars/'.length);
const isKnown = async (path: string): Promise<boolean> =>
  (await node.db.selectFrom('files').select('id').where('id', '=', fileOf(path)).executeTakeFirst()) !==
  undefined;
const run = async (task: string, payload: object): Promise<void> =>
  void (await node.tasks[task]?.(payload, { number: 1, last: true }));
const sweep = (path: string) => run('files.sweep', { app: 1, files: [fileOf(path)] });
const blobOf = async (path: string): Promise<string> =>
  (await node.db.selectFrom('files').select('blob').where('id', '=', fileOf(path)).executeTakeFirstOrThrow())
    .blob ?? '';
/** Waits until the queue has made what it was asked for. */
async function made(): Promise<void> {
  const left = sql`select from graphile_worker.jobs where task_identifier = 'files.squares'`;
  while ((await left.execute(node.db)).rows.length > 0);
}
const wrong = async (call: Promise<unknown>) =>
  call.then(
    () => 'went through',
    ({ wire: { code, field } }: PeerError) => `${code} ${field}`,
  );

describe('a picture', () => {
  test('is seen by anyone while it is one, and is out of reach at once when it is another, or none', async () => {
    const [first, second] = [await image('ann'), await image('ann')];
    expect(await status(first)).toBe(404);
    expect((await set('ann', first)).me.avatar).toBe(first);
    expect([await status(first), await status(second)]).toEqual([200, 404]);
    await set('ann', second);
    expect([await status(first), await status(second)]).toEqual([404, 200]);
    await set('ann', null);
    const gone = await at(second);
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
    while ((await isKnown(first)) || (await isKnown(second)));
  });

  test('comes in squares, and until they are made as it is', async () => {
    const path = await image('bob', { bytes: await photo(400, 300) });
    await set('bob', path);
    await made();
    for (const size of [64, 128, 256, 512] as const) {
      const answer = await at(path, size);
      expect(answer.headers.get('cache-control')).toBe('private, max-age=3600, immutable');
      const seen = await sharp(await answer.bytes()).metadata();
      const side = Math.min(size, 300);
      expect([seen.format, seen.width, seen.height]).toEqual(['webp', side, side]);
    }
    await node.db
      .deleteFrom('file_steps')
      .where('blob', '=', await blobOf(path))
      .where('width', 'in', [64, 256, 512])
      .execute();
    const sides = async (size: AvatarSize) => {
      const answer = await at(path, size);
      expect(answer.headers.get('cache-control')).toBe('private, max-age=10');
      const { width: w, height: h } = await sharp(await answer.bytes()).metadata();
      return [w, h];
    };
    expect([await sides(64), await sides(256)]).toEqual([
      [128, 128],
      [300, 400],
    ]);
  });

  test('that was not made anew is seen in squares alone, which say nothing of where it was taken', async () => {
    const path = await image('cleo', { bytes: await photo(), original: true });
    await set('cleo', path);
    await made();
    const bytes = await (await at(path)).bytes();
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    await node.db
      .deleteFrom('file_steps')
      .where('blob', '=', await blobOf(path))
      .execute();
    expect(await status(path)).toBe(404);
  });

  test('is told to browsers as what it is, and runs nothing', async () => {
    const path = await image('dan');
    await set('dan', path);
    await made();
    const answer = await at(path, 64);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'; sandbox",
      'access-control-allow-origin': '*',
    });
    const etag = answer.headers.get('etag') ?? '';
    const again = await at(path, 64, { headers: { 'if-none-match': etag } });
    expect([again.status, (await again.bytes()).length]).toEqual([304, 0]);
    const head = await at(path, 64, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), (await head.bytes()).length]).toEqual([
      200,
      answer.headers.get('content-length'),
      0,
    ]);
    for (const size of ['65', '0', '64x', '320']) expect((await at(path, size)).status).toBe(404);
    expect(await status('/avatars/x')).toBe(404);
    expect(await status(`/avatars/${Bun.randomUUIDv7()}`)).toBe(404);
  });
});

describe('what may be set', () => {
  test('an image that is whole and one’s own; all else is refused in the same words', async () => {
    const theirs = await image('eve');
    const none = avatarPath(Bun.randomUUIDv7());
    const bytes = new TextEncoder().encode('no image');
    const text = avatarPath((await uploaded(node, 'finn', { bytes })).file);
    const begun = avatarPath((await brought(node, 'finn', { kind: 'image', bytes })).file);
    const said = new Set<string>();
    for (const path of [theirs, none, text, begun]) {
      const { wire } = (await set('finn', path).catch((error: PeerError) => error)) as PeerError;
      expect([wire.code, wire.field]).toEqual(['invalid_input', 'avatar']);
      said.add(wire.message);
    }
    expect(said.size).toBe(1);
    expect(await wrong(set('finn', `${theirs}/64`))).toBe('invalid_input avatar');
    expect(await wrong(set('finn', '/media/1/x'))).toBe('invalid_input avatar');
    await set('finn', 'https://example.com/finn.png');
  });

  test('[L11] nothing of another app, even under an id that both have', async () => {
    const app = await otherApp(node);
    const mine = await image('gil');
    await set('gil', mine);
    const { accessToken } = await node.signIn('gil', app);
    const headers = { authorization: `Bearer ${accessToken}` };
    const setThere = () => wrong(node.http('users.update', { avatar: mine }, headers));
    expect(await setThere()).toBe('invalid_input avatar');
    const file = fileOf(mine);
    const there = async (bytes: Uint8Array<ArrayBuffer>) => {
      const wanted = { file, kind: 'image' as const, name: 'x', size: bytes.length };
      const { upload } = await node.http('files.create', wanted, headers);
      const tus = { 'tus-resumable': '1.0.0', 'upload-offset': '0' };
      const type = { 'content-type': 'application/offset+octet-stream' };
      const url = `${node.url}${upload?.by === 'tus' ? upload.url : ''}`;
      await fetch(url, { method: 'PATCH', headers: { ...headers, ...tus, ...type }, body: bytes });
      await node.http('files.finish', { file }, headers);
    };
    // Who copies the id shows another picture at no address of mine, neither after me nor before.
    await there(await picture('png', { width: 333, height: 333 }));
    expect(await setThere()).toBe('invalid_input avatar');
    expect(await status(mine)).toBe(200);
    await set('gil', null);
    /** Until what nobody has as a picture any more is swept, so that it cannot be taken for what comes after it. */
    const swept = async (where: RawBuilder<boolean>) => {
      while ((await sql`select from files where id = ${file} and ${where}`.execute(node.db)).rows.length > 0);
    };
    await swept(sql`app = 1`);
    expect(await setThere()).toBe('went through');
    const again = await picture('png', { width: 334, height: 334 });
    await uploaded(node, 'gil', { kind: 'image', name: 'me.png', file, bytes: again });
    expect(await wrong(set('gil', mine))).toBe('invalid_input avatar');
    await node.http('users.update', { avatar: null }, headers);
    await set('gil', mine);
    // The same bytes under the same id are nobody's disadvantage.
    await swept(sql`app <> 1`);
    await there(again);
    expect(await setThere()).toBe('went through');
  });

  test('of a conversation: by who manages it, at its beginning and later; what stays is not looked at', async () => {
    const first = await image('hal');
    const create = { id: 'hall', kind: 'group' as const, members: ['ida', 'jon'] };
    expect(
      await wrong(node.as('hal', 'conversations.create', { ...create, avatar: await image('ida') })),
    ).toBe('invalid_input avatar');
    const { conversation } = await node.as('hal', 'conversations.create', { ...create, avatar: first });
    expect([conversation.avatar, await status(first)]).toEqual([first, 200]);
    // The call may be repeated, even when the picture is another by then.
    const update = (user: string, avatar: string | null) =>
      node.as(user, 'conversations.update', { conversation: 'hall', avatar });
    await node.as('hal', 'members.setRole', { conversation: 'hall', user: 'ida', role: 'admin' });
    await update('ida', first);
    expect(await codeOf(update('jon', await image('jon')))).toBe('forbidden');
    const second = await image('ida');
    await update('ida', second);
    expect([await status(first), await status(second)]).toEqual([404, 200]);
    while (await isKnown(first));
    expect((await node.as('hal', 'conversations.create', { ...create, avatar: first })).created).toBe(false);
    await update('hal', null);
    expect(await status(second)).toBe(404);
  });
});

describe('a picture is never swept', () => {
  test('as long as it is one, however old; a message keeps the file of one that is no more', async () => {
    const [worn, lone] = [await image('kay'), await image('kay')];
    await set('kay', worn);
    await made();
    clock.advance(LIMITS.orphan + 1000);
    await run('files.sweepOld', {});
    expect([await isKnown(worn), await isKnown(lone)]).toEqual([true, false]);
    await sweep(worn);
    await node.as('kay', 'files.cancel', { file: fileOf(worn) });
    expect([await status(worn), (await fetch(await ownUrl(node, 'kay', fileOf(worn)))).status]).toEqual([
      200, 200,
    ]);
    const id = Bun.randomUUIDv7();
    const items = [{ file: fileOf(worn) }];
    await node.as('kay', 'messages.send', {
      conversation: 'direct:kay,kay',
      id,
      body: { kind: 'media', items },
    });
    await set('kay', null);
    await sweep(worn);
    expect([await status(worn), await isKnown(worn)]).toEqual([404, true]);
  });

  test('whoever is first, of a person and a sweep of the same file', async () => {
    const random = seeded(11);
    const outcomes = { set: 0, refused: 0 };
    for (let round = 0; round < 30; round++) {
      const path = await image('leo');
      // Once the one is first for certain, once the other, so that both are seen however fast they are.
      if (round === 0) await set('leo', path);
      if (round === 1) await sweep(path);
      const swept = Array.from({ length: 1 + Math.floor(random() * 3) }, () => sweep(path));
      const setting = codeOf(set('leo', path));
      const more = random() < 0.5 ? [sweep(path)] : [];
      const [code] = await Promise.all([setting, ...swept, ...more]);
      const { me } = await node.as('leo', 'users.me', {});
      expect(['ok', 'invalid_input']).toContain(code);
      // Who was told that it is their picture has it; who was refused has the one before.
      expect([me.avatar === path, await isKnown(path), await status(path)]).toEqual(
        code === 'ok' ? [true, true, 200] : [false, false, 404],
      );
      outcomes[code === 'ok' ? 'set' : 'refused']++;
    }
    expect(outcomes.set).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  }, 60_000);
});

describe("an app's picture", () => {
  const backend = async (app = 1) =>
    (
      await createApiKey(node.db, {
        app,
        name: 'backend',
        scopes: ['files:write'],
        at: new Date(),
        randomBytes,
      })
    ).key;
  const give = async (key: string, avatar: string | null) =>
    node.http('apps.update', { avatar }, { authorization: `Bearer ${key}` });
  const named = async (app?: string) => (await node.http('apps.get', { ...(app && { app }) })).app;

  test('is set by its backend, told before anyone signs in, kept while it is one, and swept then', async () => {
    const key = await backend();
    const [first, second] = [await image('app.ann'), await image('app.bob')];
    expect((await give(key, first)).app).toEqual({ id: 'default', name: 'Inlay', avatar: first });
    await made();
    await sweep(first);
    expect([await status(first), await status(second), await isKnown(first)]).toEqual([200, 404, true]);
    clock.advance(5001);
    expect(await named()).toEqual({ id: 'default', name: 'Inlay', avatar: first });
    await give(key, second);
    expect([await status(first), await status(second)]).toEqual([404, 200]);
    while (await isKnown(first));
    await give(key, 'https://example.com/sign.png');
    while (await isKnown(second));
    expect((await give(key, null)).app.avatar).toBeNull();
  });

  test('[L11] is of its own app alone: its images, its backend, and no word of an app that is not there', async () => {
    const other = await otherApp(node, 'apps.other');
    const pk = (await findApp(node.db, other))?.pk ?? 0;
    const [ours, key, theirs] = [await image('app.ann'), await backend(), await backend(pk)];
    expect(await wrong(give(theirs, ours))).toBe('invalid_input avatar');
    await give(key, ours);
    expect((await named(other)).avatar).toBeNull();
    expect(await codeOf(node.as('app.ann', 'apps.update', { avatar: null }))).toBe('forbidden');
    expect(await wrong(named('nowhere'))).toBe(
      await wrong(node.http('auth.signInAsGuest', { app: 'nowhere' })),
    );
    await give(theirs, null);
    expect(await status(ours)).toBe(200);
    await give(key, null);
  });
});
