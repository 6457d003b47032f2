import {
  InlayError,
  type OperationName,
  type Output,
  type Request,
  type WireError,
} from '@inlay-im/protocol';
import { SignJWT } from 'jose';
import { DEMO_FILES, type DemoFile } from './demo-files.ts';
import { DEMO_CONVERSATIONS, DEMO_PEOPLE, type DemoConversation } from './demo-scene.ts';

export interface DemoOptions {
  /** Where the node answers. */
  url: string;
  /** The secret of its default app. */
  secret: string;
  now: number;
}

/** How long a printed link works: as long as a host app's token may be valid. */
const VALID = 24 * 3600;

type Call = <N extends OperationName>(op: N, input: Request<N>) => Promise<Output<N>>;

/** A demo person, signed in. */
interface Person {
  call: Call;
  /** Sends bytes to an address that the node gave. */
  bring(method: 'PATCH' | 'PUT', url: string, body: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** A certificate that a node made for itself is taken: it is this one. */
const tls = { rejectUnauthorized: false };

/** Calls a node over HTTP, as any client would. */
function caller(url: string, accessToken?: string): Call {
  return async <N extends OperationName>(op: N, input: Request<N>): Promise<Output<N>> => {
    const answer = await fetch(`${url}/v1/${op}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` },
      tls,
    });
    if (answer.ok) return (await answer.json()) as Output<N>;
    const { error } = (await answer.json()) as { error: WireError };
    throw new InlayError(error.code, error.message, error);
  };
}

function person(url: string, accessToken: string): Person {
  const tus = {
    authorization: `Bearer ${accessToken}`,
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
  };
  return {
    call: caller(url, accessToken),
    bring: async (method, to, body) => {
      const headers = method === 'PATCH' ? tus : {};
      const answer = await fetch(new URL(to, url), { method, body, headers, tls });
      if (!answer.ok) throw new Error(`${method} of a file was answered with ${answer.status}`);
    },
  };
}

const tokenOf = (id: string, { secret, now }: DemoOptions): Promise<string> =>
  new SignJWT({ name: DEMO_PEOPLE[id] ?? id })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(id)
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor(now / 1000) + VALID)
    .sign(new TextEncoder().encode(secret));

/** The same id each time, so that saying it again changes nothing: a UUIDv7 of the first day of 2026. */
const idOf = (place: number, n: number, file = 0): string =>
  `019b76da-a800-7${String(file).padStart(3, '0')}-8000-${String(place * 1000 + n).padStart(12, '0')}`;

/** Has a file with the node, to it or to its store, whichever it says, and gives the file's id. */
async function bring({ call, bring }: Person, file: string, about: DemoFile): Promise<string> {
  const { bytes: read, ...said } = about;
  const bytes = await read();
  const { upload } = await call('files.create', { file, size: bytes.length, ...said });
  if (upload?.by === 'tus') await bring('PATCH', upload.url, bytes);
  // Each of them is smaller than a part.
  else if (upload?.have.length === 0) {
    const { parts } = await call('files.parts', { file, numbers: [1] });
    for (const { url } of parts) await bring('PUT', url, bytes);
  }
  await call('files.finish', { file });
  return file;
}

async function stage(place: number, scene: DemoConversation, as: (person: string) => Person): Promise<void> {
  const { id, kind, people, says, title, posting, reactions = [] } = scene;
  const [owner = '', ...members] = people;
  if (kind !== 'direct') {
    const settings = { title: title ?? id, history: 'start' as const, posting: posting ?? 'everyone' };
    await as(owner).call('conversations.create', { id, kind, members, ...settings });
  }
  const numbers: number[] = [];
  for (const [i, [person, text, { replyTo, files = [] } = {}]] of says.entries()) {
    const reply = replyTo === undefined ? {} : { replyTo: numbers[replyTo - 1] ?? null };
    const items: { file: string }[] = [];
    for (const [k, name] of files.entries())
      items.push({ file: await bring(as(person), idOf(place, i + 1, k + 1), DEMO_FILES[name]) });
    const body =
      items.length === 0 ? { kind: 'text' as const, text } : { kind: 'media' as const, items, text };
    const about = { conversation: id, id: idOf(place, i + 1), body };
    numbers.push((await as(person).call('messages.send', { ...about, ...reply })).n);
  }
  for (const [message, person, emoji] of reactions) {
    const n = numbers[message - 1];
    if (n !== undefined) await as(person).call('reactions.add', { conversation: id, n, emoji });
  }
}

/** Whether the last conversation is complete, as it is the last to be made. */
async function isStaged(call: Call): Promise<boolean> {
  const last = DEMO_CONVERSATIONS.at(-1);
  if (last === undefined) return true;
  try {
    const { conversation } = await call('conversations.get', { conversation: last.id });
    return conversation.lastN > last.says.length;
  } catch (error) {
    if (error instanceof InlayError && error.code === 'not_found') return false;
    throw error;
  }
}

/**
 * Brings demo people and conversations into being, through the same operations that every client calls, and gives for
 * each person the link that signs in as them. Whatever is there already stays as it is.
 */
export async function seedDemo(o: DemoOptions): Promise<{ name: string; link: string }[]> {
  const ids = Object.keys(DEMO_PEOPLE);
  const tokens = new Map<string, string>();
  const people = new Map<string, Person>();
  for (const id of ids) {
    const token = await tokenOf(id, o);
    tokens.set(id, token);
    const signedIn = await caller(o.url)('auth.signInWithToken', { token, device: 'inlay start --demo' });
    people.set(id, person(o.url, signedIn.accessToken));
  }
  const as = (id: string): Person => {
    const found = people.get(id);
    if (found === undefined) throw new Error(`${id} is no one of the demo`);
    return found;
  };
  if (!(await isStaged(as(ids[0] ?? '').call))) {
    for (const [place, scene] of DEMO_CONVERSATIONS.entries()) await stage(place, scene, as);
  }
  for (const id of ids) await as(id).call('auth.signOut', {});
  return ids.map((id) => ({
    name: DEMO_PEOPLE[id] ?? id,
    link: `${o.url}/?as=${id}#token=${tokens.get(id)}`,
  }));
}
