import { ERRORS, type ErrorCode } from '../errors.ts';
import type { Operation, OperationName } from '../operations/index.ts';
import { PROTOCOL_VERSION } from '../version.ts';
import { ERROR_MEANINGS } from './error-meanings.ts';
import { requestExample, sample } from './examples.ts';
import { errorsOf, groupBy, nounOf, operations, whoMay } from './operation-facts.ts';
import { Components, type JsonSchema } from './schemas.ts';
import { ENTITIES, NOUNS } from './texts.ts';
import { errorBody, wireError } from './wire-error.ts';

type Parts = Record<string, JsonSchema>;

const ABOUT =
  'Every operation is `POST /v1/<operation>` with its input as JSON; the same operations go as frames over the WebSocket at `/v1/socket`, which [asyncapi.json](asyncapi.json) describes. Errors carry a code of one table, whatever the status.';

const securitySchemes = {
  accessToken: { type: 'http', scheme: 'bearer', description: 'The access token of a signed-in person.' },
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the host app’s backend.' },
  inlayUser: {
    type: 'apiKey',
    in: 'header',
    name: 'Inlay-User',
    description: 'With an API key: the id of the person in whose name it acts.',
  },
};

function security({ access, scope }: Operation): object[] {
  if (access === 'public') return [];
  if (access === 'server') return [{ apiKey: [] }];
  return scope === null ? [{ accessToken: [] }] : [{ accessToken: [] }, { apiKey: [], inlayUser: [] }];
}

function errorResponse(codes: readonly ErrorCode[]): JsonSchema {
  const retry = codes.some((code) => ERRORS[code].retry);
  const [first = 'internal'] = codes;
  const example = { error: { code: first, message: ERROR_MEANINGS[first] } };
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_MEANINGS[code]}`).join('\n\n'),
    ...(retry ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } : {}),
    content: { 'application/json': { schema: errorBody(codes), example } },
  };
}

/** The replies of an operation that failed, by status; equal ones are shared. */
function errorResponses(operation: Operation, shared: Parts): Parts {
  const byStatus = groupBy(errorsOf(operation), (code) => ERRORS[code].status);
  const entries = [...byStatus].map(([status, codes]) => {
    const name = codes.join('.');
    shared[name] ??= errorResponse(codes);
    return [String(status), { $ref: `#/components/responses/${name}` }] as const;
  });
  return Object.fromEntries(entries);
}

function describe(
  name: OperationName,
  operation: Operation,
  to: { components: Components; responses: Parts },
) {
  const input = to.components.convert(operation.input, 'input');
  const output = to.components.convert(operation.output, 'output');
  const schemas = to.components.all();
  return {
    operationId: name,
    tags: [nounOf(name)],
    summary: name,
    description: `${operation.summary}\n\n${whoMay(operation)}`,
    security: security(operation),
    requestBody: {
      required: ((input.required ?? []) as string[]).length > 0,
      content: { 'application/json': { schema: input, example: requestExample(name, input, schemas) } },
    },
    responses: {
      '200': {
        description: 'Done.',
        content: { 'application/json': { schema: output, example: sample(output, schemas) } },
      },
      ...errorResponses(operation, to.responses),
    },
  };
}

/** The operations that need no socket, as an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.1). */
export function openapi(): object {
  const components = new Components('draft-2020-12');
  components.add('WireError', wireError());
  const responses: Parts = {};
  const http = operations().filter(([, operation]) => operation.over === 'any');
  const paths = http.map(([name, operation]) => [
    `/v1/${name}`,
    { post: describe(name, operation, { components, responses }) },
  ]);
  const nouns = new Set(http.map(([name]) => nounOf(name)));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Inlay',
      version: String(PROTOCOL_VERSION),
      description: ABOUT,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...nouns].map((name) => ({ name, description: NOUNS[name as keyof typeof NOUNS] })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: components.all((name) => ENTITIES[name]),
      responses,
      headers: {
        RetryAfter: {
          description:
            'Seconds to wait before the same request may succeed; `retryAfter` has it in milliseconds.',
          schema: { type: 'integer', minimum: 0 },
        },
      },
      securitySchemes,
    },
  };
}
