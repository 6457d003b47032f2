import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationName, Output, Request } from '@inlay-im/protocol';
import { readConfig } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import type { DatabaseAddress } from '../db/database.ts';
import { startNode } from '../node.ts';
import type { Bus } from '../ports/bus.ts';
import { freshDatabase } from './database.ts';
import { Peer, PeerError } from './peer.ts';

/** Nodes of tests show certificates that they made themselves. */
const SELF_SIGNED = { rejectUnauthorized: false };

export interface TestNodeOptions {
  /** Of another node, to be a second one of the same database. */
  database?: DatabaseAddress;
  bus?: Bus;
  clock?: Clock;
  /** With `INLAY_DATA`, the node runs a database of its own there. */
  env?: Record<string, string>;
  /** The folder of files; absent: one that is made for this node. */
  files?: string;
  /** Milliseconds after which a silent socket is dead. */
  idle?: number;
  /** Takes log lines. */
  write?: (line: string) => void;
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A host app's token as its backend would sign it. */
export function signHostToken(secret: string, user: string, now = Date.now()): string {
  const body = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ sub: user, exp: Math.floor(now / 1000) + 3600 })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** A real node on a free port with a database of its own; everything goes over the network as a client would. */
export async function startTestNode(o: TestNodeOptions = {}) {
  const own = o.database === undefined && o.env?.INLAY_DATA !== undefined;
  const database = own ? undefined : (o.database ?? (await freshDatabase()));
  const files = own ? (o.env?.INLAY_DATA ?? '') : (o.files ?? mkdtempSync(join(tmpdir(), 'inlay-files-')));
  const settings = readConfig({
    INLAY_PORT: '0',
    INLAY_LOG: 'error',
    INLAY_SESSION_OPS_PER_SECOND: '10000',
    INLAY_DATABASE_CONNECTIONS: '4',
    ...o.env,
  });
  if (!settings.ok) throw new Error(settings.mistakes.join('\n'));
  const node = await startNode({
    config: settings.config,
    ...(database === undefined ? {} : { database }),
    ...(o.bus === undefined ? {} : { bus: o.bus }),
    ...(o.clock === undefined ? {} : { clock: o.clock }),
    files,
    ...(o.idle === undefined ? {} : { idle: o.idle }),
    ...(o.write === undefined ? {} : { write: o.write }),
  });
  const { url } = node;
  const now = () => o.clock?.now() ?? Date.now();
  /** One device for all calls of a person over HTTP, as each has only so many. */
  const tokens = new Map<string, { accessToken: string; expiresAt: number }>();

  async function http<N extends OperationName>(
    op: N,
    input: Request<N>,
    headers: Record<string, string> = {},
  ): Promise<Output<N>> {
    const answer = await fetch(`${url}/v1/${op}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers,
      tls: SELF_SIGNED,
    });
    const body = await answer.json();
    if (!answer.ok) throw new PeerError(body.error);
    return body;
  }

  async function signIn(user: string, app = 'default') {
    const { secret } = await node.db
      .selectFrom('apps')
      .select('secret')
      .where('id', '=', app)
      .executeTakeFirstOrThrow();
    return await http('auth.signInWithToken', {
      token: signHostToken(secret, user, now()),
      app,
      device: `${user}'s device`,
    });
  }

  /** The one device of a person of the default app for all calls over HTTP. */
  async function signedIn(user: string): Promise<{ accessToken: string; expiresAt: number }> {
    const known = tokens.get(user);
    const signedIn = known !== undefined && known.expiresAt > now() ? known : await signIn(user);
    tokens.set(user, signedIn);
    return signedIn;
  }

  /** A signed-in socket of a person; each call is another device. */
  async function peer(
    user: string,
    o2: { app?: string; cursor?: string } = {},
  ): Promise<Peer & { opened: Output<'session.open'> }> {
    const { accessToken } = await signIn(user, o2.app);
    const connected = await Peer.connect(url);
    const opened = await connected.call('session.open', {
      token: accessToken,
      version: 1,
      ...(o2.cursor === undefined ? {} : { cursor: o2.cursor }),
    });
    return Object.assign(connected, { opened });
  }

  return {
    ...node,
    database: node.address,
    files,
    http,
    signIn,
    peer,
    signedIn,
    /** Calls over HTTP as a person of the default app. */
    async as<N extends OperationName>(user: string, op: N, input: Request<N>): Promise<Output<N>> {
      const { accessToken } = await signedIn(user);
      return await http(op, input, { authorization: `Bearer ${accessToken}` });
    },
  };
}

export type TestNode = Awaited<ReturnType<typeof startTestNode>>;
