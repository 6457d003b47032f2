import { z } from 'zod';
import type { WireError } from './errors.ts';
import type { WireEvent } from './events/index.ts';

/** What a client sends: a request. `id` grows within a session and names the reply; the first frame is `session.open`. */
export const RequestFrame = z
  .strictObject({ id: z.int().min(0), op: z.string().max(64), input: z.unknown().optional() })
  .meta({ id: 'RequestFrame' });
export type RequestFrame = z.infer<typeof RequestFrame>;

/** What a node sends: the reply to a request, or an event. */
export type ReplyFrame = { id: number; output: unknown } | { id: number | null; error: WireError };
export type ServerFrame = ReplyFrame | WireEvent;
