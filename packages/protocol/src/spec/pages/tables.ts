import { afterClose, CLOSE, type CloseReason, ERRORS, type ErrorCode } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { ERROR_MEANINGS } from '../error-meanings.ts';
import { events, operations } from '../operation-facts.ts';
import { Components } from '../schemas.ts';
import { AFTER, CLOSE_REASONS, ENTITIES, LIMIT_TEXTS } from '../texts.ts';
import { fields } from './fields.ts';
import { code, page, table } from './markdown.ts';

export function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(([name, e]) => [
    code(name),
    String(e.status),
    e.retry ? 'yes' : 'no',
    ERROR_MEANINGS[name as ErrorCode],
  ]);
  return page('Errors', [
    'A request that fails gets `{"error": {"code", "message", "field", "retryAfter"}}`, over HTTP with the status of the code. `field` names the field that is wrong; `retryAfter` is in milliseconds, and over HTTP stands in `Retry-After` in seconds too. `message` is English for developers.',
    table(['Code', 'Status', 'Retry unchanged', 'Meaning'], rows),
  ]);
}

export function closeCodesPage(): string {
  const reasons = (Object.keys(CLOSE) as CloseReason[]).toSorted((a, b) => CLOSE[a] - CLOSE[b]);
  const rows = reasons.map((r) => [String(CLOSE[r]), code(r), CLOSE_REASONS[r], AFTER[afterClose(CLOSE[r])]]);
  const bands = [
    ['4000 to 4099', AFTER.resume],
    ['4100 to 4199', AFTER.refresh],
    ['4500 to 4599', AFTER.stop],
    ['any other, such as 1006', AFTER.resume],
  ];
  return page('Close codes', [
    'The band of a WebSocket’s close code says what a client does next, so that a new code needs no new client.',
    table(['Codes', 'What to do'], bands),
    table(['Code', 'Name', 'Why', 'What to do'], rows),
  ]);
}

const UNITS = [
  ['d', 24 * 3600_000],
  ['h', 3600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A time in its largest unit that is whole, but in hours up to two days. */
function time(ms: number): string {
  const [name, size] = UNITS.find(([, unit]) => ms % unit === 0 && ms / unit > 2) ?? ['ms', 1];
  return `${ms / size} ${name}`;
}

export function limitsPage(): string {
  const rows = (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).map((name) => {
    const { unit, about } = LIMIT_TEXTS[name];
    const value = unit === 'ms' ? time(LIMITS[name]) : `${LIMITS[name].toLocaleString('en-US')} ${unit}`;
    return [code(name), value, about];
  });
  return page('Limits', [
    'A node may be configured to be stricter on rates, never to be laxer on sizes. Characters are UTF-16 code units.',
    table(['Limit', 'Value', 'What it bounds'], rows),
  ]);
}

export function entitiesPage(): string {
  const components = new Components('draft-2020-12');
  for (const [, o] of operations()) {
    components.convert(o.input, 'input');
    components.convert(o.output, 'output');
  }
  for (const [, e] of events()) components.convert(e.data, 'output');
  const parts = Object.entries(components.all()).map(
    ([name, schema]) => `## ${name}\n\n${(ENTITIES[name] ?? '').replace(/</g, '&lt;')}\n\n${fields(schema)}`,
  );
  return page('Entities', ['The shapes that operations and events share.', ...parts]);
}
