import type { z } from 'zod';
import { ERRORS, type ErrorCode } from '../errors.ts';
import { EVENTS, type EventName } from '../events/index.ts';
import { OPERATIONS, type Operation, type OperationName } from '../operations/index.ts';

const ANY: readonly ErrorCode[] = [
  'invalid_input',
  'too_large',
  'rate_limited',
  'busy',
  'stopping',
  'internal',
];
const SIGNED_IN: readonly ErrorCode[] = ['unauthenticated', 'token_expired', 'signed_out'];

/** Every operation with its name, in the order of the table. */
export const operations = (): [OperationName, Operation][] =>
  Object.entries(OPERATIONS) as unknown as [OperationName, Operation][];

/** One event of the table, whatever its data. */
export interface EventFacts {
  readonly delivery: (typeof EVENTS)[EventName]['delivery'];
  readonly summary: string;
  readonly data: z.ZodType;
}

export const events = (): [EventName, EventFacts][] => Object.entries(EVENTS) as [EventName, EventFacts][];

/** The entries in groups, in the order in which each group's first one stands; Map.groupBy is younger than the oldest runtime. */
export function groupBy<T, K>(entries: readonly T[], key: (entry: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const entry of entries) {
    const group = groups.get(key(entry));
    if (group === undefined) groups.set(key(entry), [entry]);
    else group.push(entry);
  }
  return groups;
}

export const nounOf = (name: string): string => name.slice(0, name.indexOf('.'));

/** The codes that an operation may give, its own and those of its kind, in the order of the table of errors. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const codes = new Set<ErrorCode>([...ANY, ...operation.errors]);
  if (operation.access !== 'public') for (const code of SIGNED_IN) codes.add(code);
  if (operation.access === 'server' || operation.scope !== null) codes.add('forbidden');
  return (Object.keys(ERRORS) as ErrorCode[]).filter((code) => codes.has(code));
}

/** Who may call it, in one sentence. */
export function whoMay(operation: Operation): string {
  if (operation.access === 'public') return 'Anyone may call it.';
  const { scope } = operation;
  if (operation.access === 'server')
    return `Only a backend with an API key of scope \`${scope}\` may call it.`;
  if (scope === null) return 'A signed-in person may call it; no API key may.';
  return `A signed-in person may call it, or a backend in a person’s name with an API key of scope \`${scope}\`.`;
}
