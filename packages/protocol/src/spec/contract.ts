import { CLOSE, ERRORS } from '../errors.ts';
import { RequestFrame } from '../frames.ts';
import { events, operations } from './operation-facts.ts';
import { Components } from './schemas.ts';

const PROSE = new Set(['summary', 'description', 'title', 'examples', 'meaning']);

/** The same value with sorted keys. `named` says that the keys are names of the protocol, of which none is prose. */
function canonical(value: unknown, named = false): unknown {
  if (Array.isArray(value)) return value.map((inner) => canonical(inner));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => named || !PROSE.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner, key === 'properties')]);
  return Object.fromEntries(entries);
}

const sorted = (codes: readonly string[]): string[] => [...codes].sort();

/**
 * Everything that both sides must agree on, as canonical JSON: names, shapes, defaults and access of operations, events
 * and entities, errors and close codes. Prose is left out. Rules that JSON Schema cannot say are not seen.
 */
export function contract(): string {
  const components = new Components('draft-2020-12');
  const parts = {
    frame: components.convert(RequestFrame, 'input'),
    operations: operations().map(([name, o]) => ({
      name,
      access: o.access,
      over: o.over,
      scope: o.scope,
      errors: sorted(o.errors),
      input: components.convert(o.input, 'input'),
      output: components.convert(o.output, 'output'),
    })),
    events: events().map(([name, e]) => ({
      name,
      delivery: e.delivery,
      data: components.convert(e.data, 'output'),
    })),
    errors: Object.entries(ERRORS).map(([code, { status, retry }]) => ({ code, status, retry })),
    close: CLOSE,
  };
  const lists = [parts.operations, parts.events] as { name: string }[][];
  for (const list of lists) list.sort((a, b) => (a.name < b.name ? -1 : 1));
  parts.errors.sort((a, b) => (a.code < b.code ? -1 : 1));
  const entities = Object.entries(components.all());
  return JSON.stringify(canonical({ ...parts, entities }));
}
