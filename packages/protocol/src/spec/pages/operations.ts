import type { Operation } from '../../operations/index.ts';
import { errorsOf, groupBy, nounOf, operations, whoMay } from '../operation-facts.ts';
import { Components } from '../schemas.ts';
import { NOUNS } from '../texts.ts';
import { fields } from './fields.ts';
import { anchor, page, table } from './markdown.ts';

const INTRO =
  'An operation is called with `POST /v1/<operation>` and its input as JSON, or with a frame `{"id", "op", "input"}` over the WebSocket at `/v1/socket`. Unknown fields are refused. [errors.md](errors.md) says what the codes mean, [entities.md](entities.md) what the types are.';

function section(name: string, operation: Operation, components: Components): string {
  const errors = errorsOf(operation).map((code) => `\`${code}\``);
  return [
    `### ${name}`,
    operation.summary.replace(/</g, '&lt;'),
    `${whoMay(operation)}${operation.over === 'socket' ? ' It goes over the WebSocket only.' : ''}`,
    '**Input**',
    fields(components.convert(operation.input, 'input')),
    '**Output**',
    fields(components.convert(operation.output, 'output')),
    `**Errors:** ${errors.join(', ')}`,
  ].join('\n\n');
}

export function operationsPage(): string {
  const components = new Components('draft-2020-12');
  const groups = groupBy(operations(), ([name]) => nounOf(name));
  const index = operations().map(([name, o]) => [
    `[${name}](#${anchor(name)})`,
    o.summary,
    o.access,
    o.scope ?? '',
    o.over === 'socket' ? 'socket' : 'socket, HTTP',
  ]);
  const parts = [...groups].flatMap(([noun, members]) => [
    `## ${noun}`,
    NOUNS[noun as keyof typeof NOUNS],
    ...members.map(([name, operation]) => section(name, operation, components)),
  ]);
  return page('Operations', [
    INTRO,
    table(['Operation', 'What it does', 'Who', 'Scope', 'Over'], index),
    ...parts,
  ]);
}
