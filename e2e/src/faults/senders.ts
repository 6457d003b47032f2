import { type Ack, type Client, createClient } from '@inlay-im/client';
import { Peer } from 'inlay/testing';
import type { NodeProcess } from './node-process.ts';

/** One message that was sent, and its acknowledgement if there was one. */
export interface Sent {
  readonly conversation: string;
  readonly id: string;
  ack?: Ack;
}

/** Everyone's messages, and who waits for so many acknowledgements. */
export class Record {
  readonly sent: Sent[] = [];
  #acked = 0;
  #waiting: { count: number; resolve: () => void }[] = [];

  add(conversation: string, id: string, sending: Promise<Ack>): void {
    const one: Sent = { conversation, id };
    this.sent.push(one);
    sending.then(
      (ack) => {
        one.ack = ack;
        this.#acked += 1;
        for (const { resolve } of this.#waiting.filter(({ count }) => count <= this.#acked)) resolve();
        this.#waiting = this.#waiting.filter(({ count }) => count > this.#acked);
      },
      () => {},
    );
  }

  /** Resolves once so many more messages were acknowledged. */
  more(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count: this.#acked + count, resolve }));
  }
}

/** A real client that keeps so many messages under way until it is told to stop; its outbox delivers each. */
export class OutboxSender {
  readonly #client: Client;
  readonly #record: Record;
  readonly #conversation: string;
  #under = new Set<Promise<unknown>>();
  #stopped = false;
  #count = 0;

  private constructor(client: Client, record: Record, conversation: string) {
    this.#client = client;
    this.#record = record;
    this.#conversation = conversation;
  }

  static async start(node: NodeProcess, record: Record, who: { user: string; conversation: string }) {
    // The shortest pauses that a back-off may choose: nothing is tested by waiting longer.
    const client = createClient({
      url: node.url,
      auth: async () => node.token(who.user),
      random: () => 0.05,
    });
    await client.signIn({ token: node.token(who.user) });
    return new OutboxSender(client, record, who.conversation);
  }

  run(inFlight: number): void {
    for (let i = 0; i < inFlight; i += 1) this.#next();
  }

  /** Sends nothing more, and waits for what is under way. */
  async finish(): Promise<void> {
    this.#stopped = true;
    while (this.#under.size > 0) await Promise.all(this.#under);
    await this.#client.disconnect();
  }

  #next(): void {
    if (this.#stopped) return;
    this.#count += 1;
    const { id, sent } = this.#client.conversation(this.#conversation).send(`outbox ${this.#count}`);
    this.#record.add(this.#conversation, id, sent);
    const done = sent.finally(() => {
      this.#under.delete(done);
      this.#next();
    });
    this.#under.add(done);
  }
}

/** A bare socket that sends each message once, many at a time, and never again: what a fault hits stays unknown. */
export async function sendOnce(
  node: NodeProcess,
  record: Record,
  who: { user: string; conversation: string },
) {
  const { conversation, user } = who;
  const answer = await fetch(`${node.url}/v1/auth.signInWithToken`, {
    method: 'POST',
    body: JSON.stringify({ token: node.token(user) }),
  });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  const peer = await Peer.connect(node.url);
  await peer.call('session.open', { token: accessToken, version: 1 });
  let open = true;
  void peer.closed.then(() => {
    open = false;
  });
  const next = (): void => {
    if (!open) return;
    const id = Bun.randomUUIDv7();
    const body = { kind: 'text' as const, text: 'once' };
    const sending = peer.call('messages.send', { conversation, id, body });
    record.add(conversation, id, sending);
    sending.then(next, () => {});
  };
  for (let i = 0; i < 20; i += 1) next();
  return { close: () => peer.close() };
}
