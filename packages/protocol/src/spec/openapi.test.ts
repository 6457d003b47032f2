import { expect, test } from 'bun:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OPERATIONS, type Operation, type OperationName } from '../operations/index.ts';
import { openapi } from './openapi.ts';

interface Content {
  content: { 'application/json': { example: unknown } };
}
interface Post {
  tags: string[];
  security: object[];
  requestBody: Content;
  responses: Record<string, Content & { $ref?: string }>;
}
interface Document {
  paths: Record<string, { post: Post }>;
  tags: { name: string }[];
  components: { responses: Record<string, { headers?: object }> };
}

const document = openapi() as Document;
const http = (Object.entries(OPERATIONS) as unknown as [OperationName, Operation][]).filter(
  ([, o]) => o.over === 'any',
);

const post = (name: string): Post => {
  const path = document.paths[`/v1/${name}`];
  if (path === undefined) throw new Error(`no path for ${name}`);
  return path.post;
};

test('is a valid OpenAPI 3.1 document, and its references lead somewhere', async () => {
  const validator = new Validator();
  const result = await validator.validate({ ...structuredClone(document) });
  expect(result).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
  expect(validator.resolveRefs()).toBeObject();
});

test('has a path for every operation that needs no socket, and no other', () => {
  expect(Object.keys(document.paths).sort()).toEqual(http.map(([name]) => `/v1/${name}`).sort());
});

test('has each tag once', () => {
  const used = new Set(Object.values(document.paths).flatMap((path) => path.post.tags));
  expect(document.tags.map((tag) => tag.name).sort()).toEqual([...used].sort());
});

for (const [name, operation] of http) {
  test(`the examples of ${name} are accepted by its own schemas`, () => {
    const { requestBody, responses } = post(name);
    operation.input.parse(requestBody.content['application/json'].example);
    operation.output.parse(responses['200']?.content['application/json'].example);
  });
}

test('says who may call: nobody in particular, a person, a person or a key in a name, a key alone', () => {
  expect(post('auth.signUp').security).toEqual([]);
  expect(post('auth.signOut').security).toEqual([{ accessToken: [] }]);
  expect(post('messages.send').security).toEqual([{ accessToken: [] }, { apiKey: [], inlayUser: [] }]);
  expect(post('users.upsert').security).toEqual([{ apiKey: [] }]);
});

test('replies after which one may try again carry Retry-After, the others do not', () => {
  const headersOf = (status: string) => {
    const name = post('messages.send').responses[status]?.$ref?.replace('#/components/responses/', '') ?? '';
    return Object.keys(document.components.responses[name]?.headers ?? {});
  };
  expect(headersOf('429')).toEqual(['Retry-After']);
  expect(headersOf('503')).toEqual(['Retry-After']);
  expect(headersOf('404')).toEqual([]);
});
