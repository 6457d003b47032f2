import { afterClose, CLOSE, type CloseReason } from '../errors.ts';
import type { Operation } from '../operations/index.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import { requestExample, sample } from './examples.ts';
import { type EventFacts, errorsOf, events, nounOf, operations, whoMay } from './operation-facts.ts';
import { Components, type JsonSchema, refTo } from './schemas.ts';
import { AFTER, CLOSE_REASONS, DELIVERY, ENTITIES } from './texts.ts';
import { wireError } from './wire-error.ts';

type Parts = Record<string, object>;

const ABOUT =
  'Frames are JSON text. A client sends requests `{id, op, input}`, the first one `session.open`; the node replies `{id, output}` or `{id, error}`, in any order, and sends events `{event, data}`. The token goes into the first frame, never into the address.';
const CHANNEL = '#/channels/socket';

function frame(fields: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties: fields, required: Object.keys(fields) };
}

const id: JsonSchema = {
  type: 'integer',
  minimum: 0,
  description: 'Grows within a session and names the reply.',
};

function requestMessages(
  name: Parameters<typeof requestExample>[0],
  operation: Operation,
  components: Components,
): Parts {
  const input = components.convert(operation.input, 'input');
  const output = components.convert(operation.output, 'output');
  const schemas = components.all();
  return {
    [`${name}.request`]: {
      name,
      summary: operation.summary,
      payload: frame({ id, op: { const: name }, input }),
      examples: [{ payload: { id: 7, op: name, input: requestExample(name, input, schemas) } }],
    },
    [`${name}.reply`]: {
      name: `${name}.reply`,
      summary: `Answers ${name}.`,
      payload: frame({ id, output }),
      examples: [{ payload: { id: 7, output: sample(output, schemas) } }],
    },
  };
}

function eventMessage(name: string, { summary, delivery, data }: EventFacts, components: Components): object {
  const schema = components.convert(data, 'output');
  return {
    name,
    summary,
    description: `Delivery \`${delivery}\`: ${DELIVERY[delivery]}`,
    'x-delivery': delivery,
    payload: frame({ event: { const: name }, data: schema }),
    examples: [{ payload: { event: name, data: sample(schema, components.all()) } }],
  };
}

const errorMessage: object = {
  name: 'error',
  summary: 'Says that a request failed. The id is null when the frame had none that could be read.',
  payload: frame({ id: { type: ['integer', 'null'] }, error: refTo('WireError') }),
};

const message = (key: string) => ({ $ref: `${CHANNEL}/messages/${key}` });

function requestOperation(name: string, operation: Operation): object {
  return {
    action: 'receive',
    channel: { $ref: CHANNEL },
    summary: operation.summary,
    description: `${whoMay(operation)} Errors: ${errorsOf(operation).join(', ')}.`,
    tags: [{ name: nounOf(name) }],
    messages: [message(`${name}.request`)],
    reply: { channel: { $ref: CHANNEL }, messages: [message(`${name}.reply`), message('error')] },
  };
}

const closeCodes = () =>
  (Object.keys(CLOSE) as CloseReason[]).map((reason) => ({
    code: CLOSE[reason],
    reason,
    summary: CLOSE_REASONS[reason],
    action: AFTER[afterClose(CLOSE[reason])],
  }));

/** The WebSocket's frames as an AsyncAPI 3.0 document (asyncapi.com/docs/reference/specification/v3.0.0), as the node sees them. */
export function asyncapi(): object {
  const components = new Components('draft-7');
  components.add('WireError', wireError());
  const messages: Parts = { error: errorMessage };
  const actions: Parts = {};
  for (const [name, operation] of operations()) {
    Object.assign(messages, requestMessages(name, operation, components));
    actions[name] = requestOperation(name, operation);
  }
  for (const [name, event] of events()) {
    messages[name] = eventMessage(name, event, components);
    actions[name] = {
      action: 'send',
      channel: { $ref: CHANNEL },
      summary: event.summary,
      tags: [{ name: nounOf(name) }],
      messages: [message(name)],
    };
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Inlay socket',
      version: String(PROTOCOL_VERSION),
      description: ABOUT,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: { socket: { address: '/v1/socket', messages, 'x-close-codes': closeCodes() } },
    operations: actions,
    components: { schemas: components.all((name) => ENTITIES[name]) },
  };
}
