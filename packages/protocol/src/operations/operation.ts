import type { z } from 'zod';
import type { ErrorCode } from '../errors.ts';

/**
 * Who may call an operation. `public`: anyone. `user`: a signed-in person, or a backend's key in a person's name.
 * `server`: a backend's key alone.
 */
export type Access = 'public' | 'user' | 'server';
/** `socket`: only within a session, as it is about it. */
export type Over = 'any' | 'socket';

/** What an API key may be allowed to do. */
export const SCOPES = [
  'users:read',
  'users:write',
  'conversations:read',
  'conversations:write',
  'messages:read',
  'messages:write',
  'files:read',
  'files:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** One operation of the wire: a frame's `op`, and an HTTP endpoint `POST /v1/<name>`. */
export interface Operation<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  A extends Access = Access,
  V extends Over = Over,
> {
  readonly summary: string;
  readonly access: A;
  readonly over: V;
  /** What an API key needs to call it; null: no key may. */
  readonly scope: Scope | null;
  readonly input: I;
  readonly output: O;
  /** The codes beside those that any operation may give. */
  readonly errors: readonly ErrorCode[];
}

interface Options<A extends Access, V extends Over> {
  access?: A;
  over?: V;
  scope?: Scope | null;
  errors?: readonly ErrorCode[];
}

/** Declares an operation. Without options: for a signed-in person, over any way in, not for keys. */
export function operation<
  I extends z.ZodType,
  O extends z.ZodType,
  A extends Access = 'user',
  V extends Over = 'any',
>(summary: string, shapes: { input: I; output: O }, options: Options<A, V> = {}): Operation<I, O, A, V> {
  return {
    summary,
    access: options.access ?? ('user' as A),
    over: options.over ?? ('any' as V),
    scope: options.scope ?? null,
    errors: options.errors ?? [],
    ...shapes,
  };
}
