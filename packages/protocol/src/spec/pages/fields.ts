import { type JsonSchema, refName } from '../schemas.ts';
import { anchor, table } from './markdown.ts';

const list = (value: unknown): JsonSchema[] => (Array.isArray(value) ? (value as JsonSchema[]) : []);
const joined = (schemas: JsonSchema[]): string => [...new Set(schemas.map(typeOf))].join(' or ');

/** A schema's type in a word or two; a named one is a link to its entity. */
function typeOf(schema: JsonSchema): string {
  const name = refName(schema);
  if (name !== undefined) return `[${name}](entities.md#${anchor(name)})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (Array.isArray(schema.enum))
    return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  const options = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (options !== undefined) return joined(list(options));
  if (schema.type === 'array') return `list of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type !== 'object') return String(schema.type ?? 'JSON');
  const fields = Object.keys((schema.properties ?? {}) as object);
  return fields.length === 0 ? 'object' : `object with ${fields.map((field) => `\`${field}\``).join(', ')}`;
}

function range(low: unknown, high: unknown, unit: string): string[] {
  if (low === undefined && high === undefined) return [];
  if (high === undefined) return [`at least ${low}${unit}`];
  if (low === undefined || (low === 0 && unit !== '')) return [`at most ${high}${unit}`];
  return [low === high ? `${low}${unit}` : `${low} to ${high}${unit}`];
}

/** What else holds for a value: bounds, pattern, default. */
function notes(schema: JsonSchema): string {
  const parts = [
    ...range(schema.minimum, schema.maximum, ''),
    ...range(schema.minLength, schema.maxLength, ' characters'),
    ...range(schema.minItems, schema.maxItems, ' entries'),
    ...(typeof schema.format === 'string' ? [schema.format] : []),
    ...(typeof schema.pattern === 'string' && schema.format === undefined
      ? [`matches \`${schema.pattern}\``]
      : []),
    ...(schema.default === undefined ? [] : [`default \`${JSON.stringify(schema.default)}\``]),
    ...(typeof schema.description === 'string' ? [schema.description] : []),
  ];
  return parts.join('; ');
}

/** The fields of an object as a table; of a union, one table for each shape; otherwise a line. */
export function fields(schema: JsonSchema): string {
  const shapes = schema.oneOf ?? schema.anyOf;
  if (shapes !== undefined) return list(shapes).map(fields).join('\n\nor\n\n');
  if (refName(schema) !== undefined || schema.type !== 'object') {
    return [typeOf(schema), notes(schema)].filter((part) => part !== '').join('; ');
  }
  const required = new Set((schema.required ?? []) as string[]);
  const rows = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(
    ([name, field]) => [`\`${name}\`${required.has(name) ? '' : ' (optional)'}`, typeOf(field), notes(field)],
  );
  return rows.length === 0 ? 'No fields.' : table(['Field', 'Type', 'Notes'], rows);
}
