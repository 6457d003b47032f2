import type { SQL } from 'bun';
import { hostToken } from './seed.ts';

/** Access tokens of people, signed in over HTTP like any client. */
export async function signIn(
  url: string,
  sql: SQL,
  users: readonly string[],
  at = 16,
): Promise<Map<string, string>> {
  const [{ secret }] = await sql`select secret from apps where id = 'default'`;
  const tokens = new Map<string, string>();
  const queue = [...users];
  const worker = async (): Promise<void> => {
    for (let user = queue.pop(); user !== undefined; user = queue.pop()) {
      const body = JSON.stringify({ token: hostToken(secret, user) });
      const answer = await fetch(`${url}/v1/auth.signInWithToken`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`sign-in of ${user} failed: ${await answer.text()}`);
      const { accessToken } = (await answer.json()) as { accessToken: string };
      tokens.set(user, accessToken);
    }
  };
  await Promise.all(Array.from({ length: at }, worker));
  return tokens;
}

/** A socket whose frames go to callbacks as they are; parsing is left to the benchmark, which knows what it needs. */
export interface RawPeer {
  user: string;
  ws: WebSocket;
  /** Bytes of the reply to `session.open`. */
  opened: string;
}

/** Opens a signed-in socket; resolves with the reply to `session.open`. */
export function open(
  url: string,
  o: { user: string; token: string; cursor?: string; limit?: number },
): Promise<RawPeer> {
  const { user, token, cursor, limit } = o;
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url);
    ws.onopen = () =>
      ws.send(JSON.stringify({ id: 0, op: 'session.open', input: { token, version: 1, cursor, limit } }));
    ws.onmessage = (message) => {
      const opened = String(message.data);
      if (opened.includes('"event":')) return;
      if (opened.includes('"error":')) reject(new Error(opened));
      else resolve({ user, ws, opened });
    };
    ws.onerror = () => reject(new Error(`the socket of ${user} failed`));
    ws.onclose = ({ code, reason }) =>
      reject(new Error(`the socket of ${user} closed with ${code} ${reason}`));
  });
}

/** Opens many, a bounded number at a time. */
export async function openAll(
  url: string,
  tokens: Map<string, string>,
  o: { at?: number; limit?: number } = {},
): Promise<RawPeer[]> {
  const queue = [...tokens];
  const peers: RawPeer[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [user, token] = next;
      peers.push(await open(url, { user, token, ...(o.limit === undefined ? {} : { limit: o.limit }) }));
    }
  };
  await Promise.all(Array.from({ length: o.at ?? 32 }, worker));
  return peers;
}
