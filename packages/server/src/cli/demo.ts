import {
  InlayError,
  type OperationName,
  type Output,
  type Request,
  type WireError,
} from '@inlay-im/protocol';
import { SignJWT } from 'jose';
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

/** Calls a node over HTTP, as any client would. A certificate that a node made for itself is taken: it is this one. */
function caller(url: string, accessToken?: string): Call {
  return async <N extends OperationName>(op: N, input: Request<N>): Promise<Output<N>> => {
    const answer = await fetch(`${url}/v1/${op}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` },
      tls: { rejectUnauthorized: false },
    });
    if (answer.ok) return (await answer.json()) as Output<N>;
    const { error } = (await answer.json()) as { error: WireError };
    throw new InlayError(error.code, error.message, error);
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
const messageId = (place: number, n: number): string =>
  `019b76da-a800-7000-8000-${String(place * 1000 + n).padStart(12, '0')}`;

async function stage(place: number, scene: DemoConversation, as: (person: string) => Call): Promise<void> {
  const { id, kind, people, says, title, posting, reactions = [] } = scene;
  const [owner = '', ...members] = people;
  if (kind !== 'direct') {
    const settings = { title: title ?? id, history: 'start' as const, posting: posting ?? 'everyone' };
    await as(owner)('conversations.create', { id, kind, members, ...settings });
  }
  const numbers: number[] = [];
  for (const [i, [person, text, replyTo]] of says.entries()) {
    const reply = replyTo === undefined ? {} : { replyTo: numbers[replyTo - 1] ?? null };
    const body = { kind: 'text' as const, text };
    const ack = await as(person)('messages.send', {
      conversation: id,
      id: messageId(place, i + 1),
      body,
      ...reply,
    });
    numbers.push(ack.n);
  }
  for (const [message, person, emoji] of reactions) {
    const n = numbers[message - 1];
    if (n !== undefined) await as(person)('reactions.add', { conversation: id, n, emoji });
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
  const calls = new Map<string, Call>();
  for (const id of ids) {
    const token = await tokenOf(id, o);
    tokens.set(id, token);
    const signedIn = await caller(o.url)('auth.signInWithToken', { token, device: 'inlay start --demo' });
    calls.set(id, caller(o.url, signedIn.accessToken));
  }
  const as = (person: string): Call => {
    const call = calls.get(person);
    if (call === undefined) throw new Error(`${person} is no one of the demo`);
    return call;
  };
  if (!(await isStaged(as(ids[0] ?? '')))) {
    for (const [place, scene] of DEMO_CONVERSATIONS.entries()) await stage(place, scene, as);
  }
  for (const id of ids) await as(id)('auth.signOut', {});
  return ids.map((id) => ({
    name: DEMO_PEOPLE[id] ?? id,
    link: `${o.url}/?as=${id}#token=${tokens.get(id)}`,
  }));
}
