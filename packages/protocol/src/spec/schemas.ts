import { z } from 'zod';

/** A JSON Schema, or any part of one. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

export type Direction = 'input' | 'output';
/** OpenAPI 3.1 takes 2020-12; AsyncAPI 3.0 without a format of its own takes draft 7. */
export type Dialect = 'draft-2020-12' | 'draft-7';

const PREFIX = '#/components/schemas/';
/** z.json() refers to itself and has no id; its definition gets a number as name, another one in each conversion. */
const RECURSIVE = /^__schema\d+$/;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const componentOf = (name: string): string => (RECURSIVE.test(name) ? 'Json' : name);

/** The name of the component that a reference is to, or undefined for anything else. */
export function refName(schema: JsonSchema): string | undefined {
  const ref = schema.$ref;
  return typeof ref === 'string' && ref.startsWith(PREFIX) ? ref.slice(PREFIX.length) : undefined;
}

export const refTo = (name: string): JsonSchema => ({ $ref: `${PREFIX}${name}` });

/** Points references at the components, and drops what says nothing: the largest safe integer as a bound. */
function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if ((key === 'maximum' || key === 'minimum') && Math.abs(Number(inner)) === Number.MAX_SAFE_INTEGER)
      return [];
    if (key !== '$ref' || typeof inner !== 'string') return [[key, relocate(inner)]];
    return [[key, PREFIX + componentOf(inner.replace(/^.*\//, ''))]];
  });
  return Object.fromEntries(entries);
}

/** Collects the named schemas that conversions meet on their way; each name means one schema. */
export class Components {
  readonly #schemas = new Map<string, JsonSchema>();
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /**
   * A schema of the protocol as JSON Schema, its named parts as references. What the node gives out allows further
   * fields, as a newer node may add some; what it takes in does not.
   * @throws when two schemas have the same id, or one id means something else as input than as output.
   */
  convert(schema: z.ZodType, io: Direction): JsonSchema {
    const target = this.#dialect === 'draft-7' ? 'draft-07' : this.#dialect;
    const json = z.toJSONSchema(schema, {
      io,
      target,
      override: ({ jsonSchema }) => {
        delete jsonSchema.id;
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    }) as JsonSchema;
    const { $schema, $defs, definitions, ...root } = json;
    const defs = ($defs ?? definitions ?? {}) as Record<string, JsonSchema>;
    for (const [name, def] of Object.entries(defs)) this.add(componentOf(name), relocate(def) as JsonSchema);
    const id = schema.meta()?.id;
    if (id === undefined || isObject(root) === false || root.$ref !== undefined)
      return relocate(root) as JsonSchema;
    this.add(id, relocate(root) as JsonSchema);
    return refTo(id);
  }

  add(name: string, schema: JsonSchema): void {
    const known = this.#schemas.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(
        `The schema id "${name}" means two things; give one of them another id in its .meta().`,
      );
    }
    this.#schemas.set(name, schema);
  }

  /** All that were met, in the order of their names. */
  all(describe: (name: string) => string | undefined = () => undefined): Record<string, JsonSchema> {
    const names = [...this.#schemas.keys()].sort();
    return Object.fromEntries(
      names.map((name) => {
        const description = describe(name);
        return [name, { ...this.#schemas.get(name), ...(description === undefined ? {} : { description }) }];
      }),
    );
  }
}
