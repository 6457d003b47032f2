import { ERRORS } from '../errors.ts';
import { type JsonSchema, refTo } from './schemas.ts';

/** `WireError` as JSON Schema; it is an interface in the protocol, as nobody validates what a node says. */
export const wireError = (): JsonSchema => ({
  type: 'object',
  properties: {
    code: { type: 'string', enum: Object.keys(ERRORS) },
    message: { type: 'string' },
    field: { type: 'string', description: 'The path of the field that is wrong, as `members.0.user`.' },
    retryAfter: {
      type: 'integer',
      minimum: 0,
      description: 'Milliseconds to wait before the same request may succeed.',
    },
  },
  required: ['code', 'message'],
});

/** The body of an HTTP reply that failed, with the codes that it may carry. */
export const errorBody = (codes: readonly string[]): JsonSchema => ({
  type: 'object',
  properties: {
    error: { allOf: [refTo('WireError'), { type: 'object', properties: { code: { enum: codes } } }] },
  },
  required: ['error'],
});
