import { createHmac, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '@inlay-im/protocol';
import { z } from 'zod';

/** What the node signed of a GIF that it told. `preview`: an address, for whoever holds it. `take`: for one app. */
const TICKETS = {
  preview: z.tuple([z.number(), z.url()]),
  take: z.tuple([z.number(), z.int(), z.string(), z.url(), z.string(), z.string()]),
};
type Kind = keyof typeof TICKETS;
/** When it ends, and what is signed. */
export type Ticket<K extends Kind> = z.output<(typeof TICKETS)[K]>;

/** The key of tickets; of the database's secret as other keys are, so that all its nodes have the same. */
export const ticketKey = (tokenSecret: string): Uint8Array =>
  createHmac('sha256', tokenSecret).update('ticket of a GIF').digest();

/** Tickets made in the same stretch are equal, so that browsers find the previews that they fetched before. */
const STRETCH = LIMITS.fileAddress / 2;

/** When a ticket that is made now ends: within half of `LIMITS.fileAddress` to all of it. */
export const ticketEnd = (now: number): number => (Math.floor(now / STRETCH) + 2) * STRETCH;

const signature = (key: Uint8Array, kind: Kind, body: string): Buffer =>
  createHmac('sha256', key).update(`${kind} ${body}`).digest();

/** `<what is signed>.<signature>`, of characters that a path may have. */
export function issue<K extends Kind>(key: Uint8Array, kind: K, ticket: Ticket<K>): string {
  const body = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${body}.${signature(key, kind, body).toString('base64url')}`;
}

/** What a ticket says; undefined for one that is past its time or was not made here. */
export function redeem<K extends Kind>(
  key: Uint8Array,
  kind: K,
  { text, now }: { text: string; now: number },
): Ticket<K> | undefined {
  const [body = '', given = ''] = text.split('.');
  const [expected, signed] = [signature(key, kind, body), Buffer.from(given, 'base64url')];
  if (signed.length !== expected.length || !timingSafeEqual(signed, expected)) return undefined;
  const ticket = TICKETS[kind].parse(JSON.parse(Buffer.from(body, 'base64url').toString())) as Ticket<K>;
  return ticket[0] > now ? ticket : undefined;
}
