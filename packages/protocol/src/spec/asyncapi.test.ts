import { expect, test } from 'bun:test';
import Ajv, { type AnySchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import { CLOSE } from '../errors.ts';
import { EVENTS } from '../events/index.ts';
import { OPERATIONS } from '../operations/index.ts';
import { asyncapi } from './asyncapi.ts';

interface Message {
  payload: AnySchemaObject;
  examples?: { payload: unknown }[];
}
interface Document {
  channels: { socket: { messages: Record<string, Message>; 'x-close-codes': { code: number }[] } };
  operations: Record<
    string,
    { action: string; messages: { $ref: string }[]; reply?: { messages: { $ref: string }[] } }
  >;
  components: { schemas: Record<string, AnySchemaObject> };
}

const document = asyncapi() as Document;
const { messages, 'x-close-codes': codes } = document.channels.socket;

// Base64 is told by the pattern beside it.
const ajv = addFormats(new Ajv({ strict: false, formats: { base64: true } }));
ajv.addSchema({ $id: 'inlay', components: document.components } as AnySchemaObject);

/** A payload's schema with the document as the place that its references are relative to. */
const located = (schema: AnySchemaObject): AnySchemaObject =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"inlay#/components/')) as AnySchemaObject;

test('every operation is received and every event sent', () => {
  const ofAction = (action: string) =>
    Object.entries(document.operations)
      .filter(([, operation]) => operation.action === action)
      .map(([name]) => name)
      .sort();
  expect(ofAction('receive')).toEqual(Object.keys(OPERATIONS).sort());
  expect(ofAction('send')).toEqual(Object.keys(EVENTS).sort());
});

test('every message that an operation names is in the channel', () => {
  const prefix = '#/channels/socket/messages/';
  for (const { messages: sent, reply } of Object.values(document.operations)) {
    for (const { $ref } of [...sent, ...(reply?.messages ?? [])]) {
      expect($ref).toStartWith(prefix);
      expect(Object.keys(messages)).toContain($ref.slice(prefix.length));
    }
  }
});

for (const [name, { payload, examples = [] }] of Object.entries(messages)) {
  test(`the message ${name} has a schema of draft 7 and examples that fit it`, () => {
    const validate = ajv.compile(located(payload));
    for (const example of examples) {
      const fits = validate(example.payload);
      expect(validate.errors ?? []).toEqual([]);
      expect(fits).toBe(true);
    }
    expect(validate({ id: 'seven' })).toBe(false);
  });
}

test('lists every close code', () => {
  expect(codes.map(({ code }) => code).sort()).toEqual(Object.values(CLOSE).sort());
});
