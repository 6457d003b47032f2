import fc from 'fast-check';
import { z } from 'zod';

type Schema = { [key: string]: unknown };

/** JSON text nested this deep. */
export const nested = (depth: number, [open, close]: [string, string] = ['[', ']']): string =>
  open.repeat(depth) + close.repeat(depth);

/** Values that programs trip over. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1.5,
    1e308,
    -0,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    '',
    ' ',
    '0',
    '\u0000',
    '\ud800',
    'a\udfffb',
  ),
  fc.constantFrom<unknown>(
    '\u202e',
    '%s%n',
    "'; drop table users; --",
    '{"a":1}',
    '\\',
    '../../etc/passwd',
    'direct:',
    'direct:a',
    'direct:b,a',
    'direct:,',
  ),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'x'.repeat(20_000),
    [],
    {},
    [[]],
    Array.from({ length: 2000 }, (_, i) => `u${i}`),
  ),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"admin":true}}'),
    JSON.parse('{"constructor":{"prototype":1}}'),
    JSON.parse(nested(15)),
  ),
  fc.constantFrom<unknown>(
    '999999999999999.x',
    '999999999999999.999999999999999.999999999999999999',
    '999999999999999 a :b:',
    '1 1 1 x',
    '9999999999999999999 1 1 x',
  ),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
);

/** Files of the fuzzed scene; the second is a voice message, the third is nobody's. */
export const FILES = [
  '01990000-0000-7000-8000-000000000001',
  '01990000-0000-7000-8000-000000000002',
  '01990000-0000-7000-8000-000000000003',
] as const;

const KNOWN: { [name: string]: readonly unknown[] } = {
  UserId: ['alice', 'bob', 'carol', 'nobody', 'a|b@c.d'],
  ConversationId: ['room', 'channel', 'direct:alice,bob', 'direct:alice,nobody', 'nowhere'],
  MessageNumber: [0, 1, 2, 3, 4, 100, 2 ** 31 - 1],
  Revision: [0, 1, 5, 2 ** 31 - 1],
  FileId: FILES,
  Emoji: ['👍', '🏳️‍🌈', ':custom:'],
  Time: [0, 1, 253_402_300_799_999],
};

function byType(schema: Schema, defs: Schema): fc.Arbitrary<unknown> {
  const options = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (options !== undefined) return fc.oneof(...options.map((s) => fromSchema(s, defs)));
  if (schema.allOf !== undefined) return fromSchema((schema.allOf as Schema[])[0] as Schema, defs);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as unknown[]));
  switch (schema.type) {
    case 'string':
      if (schema.format === 'uuid') return fc.uuid({ version: 7 });
      return fc.string({
        unit: 'grapheme',
        minLength: Number(schema.minLength ?? 0),
        maxLength: Math.min(60, Number(schema.maxLength ?? 60)),
      });
    case 'integer':
    case 'number':
      return fc.integer({
        min: Number(schema.minimum ?? 0),
        max: Math.min(300, Number(schema.maximum ?? 300)),
      });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fromSchema(schema.items as Schema, defs), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: 5,
      });
    case 'object':
      return object(schema, defs);
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>;
  }
}

function object(schema: Schema, defs: Schema): fc.Arbitrary<unknown> {
  const properties = schema.properties as { [name: string]: Schema } | undefined;
  if (properties === undefined)
    return fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  const shape = Object.fromEntries(
    Object.entries(properties).map(([name, s]) => [name, fromSchema(s, defs)]),
  );
  return fc.record(shape, { requiredKeys: (schema.required as string[] | undefined) ?? [] });
}

function fromSchema(schema: Schema, defs: Schema): fc.Arbitrary<unknown> {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  if (name === undefined) return byType(schema, defs);
  const known = KNOWN[name];
  return known === undefined
    ? fc.constant(null).chain(() => byType(defs[name] as Schema, defs))
    : fc.constantFrom(...known);
}

/** Inputs that a schema mostly takes, about the people and conversations of the fuzzed scene. */
export function inputsOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return fromSchema(json, (json.$defs ?? {}) as Schema);
}

/** Every place within a value, as a path. */
function paths(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, v]) => paths(v, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as { [key: string]: unknown };
  Object.defineProperty(copy, key, {
    value: replaced(copy[key], rest, by),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

/** A value with one place in it made hostile, taken away, or given a neighbour that nobody knows. */
export function mutated(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.nat(), hostile, fc.constantFrom('replace', 'remove', 'add'))
    .map(([value, pick, by, how]) => {
      const all = paths(value);
      const path = all[pick % all.length] as string[];
      if (how === 'remove') return replaced(value, path, undefined);
      if (how === 'add') return replaced(value, [...path, '__proto__'], by);
      return replaced(value, path, by);
    });
}
