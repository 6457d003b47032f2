import type { OperationName } from '../operations/index.ts';
import { type JsonSchema, refName } from './schemas.ts';

const AT = 1_795_000_000_000;
const ID = '019a6b1e-3c00-7a10-8b52-4e1f0c9d2a77';

const FILE = '019a6b1d-90c4-7f3e-9a01-6b2d8e4f7c15';
const GIF = 'WzE3OTUwMDM2MDAwMDBd.9fKq2mXw';
const ADDRESS = '/media/1/019a6b1d-90c4-7f3e-9a01-6b2d8e4f7c15';
const SIGNED = `?e=${AT / 1000 + 3600}&s=5kVxq0bJ`;

/** Samples by the name of the schema. */
const BY_COMPONENT: Record<string, unknown> = {
  UserId: 'ada',
  ConversationId: 'launch-team',
  MessageId: ID,
  MessageNumber: 41,
  Revision: 97,
  Time: AT,
  Custom: { plan: 'pro' },
  Emoji: '👍',
  Cursor: 'c1.7f3a.29114',
  FileId: FILE,
  EmojiName: 'party',
  PackId: 'inky',
  StickerId: 'hello',
  CustomEmoji: { name: 'party', file: FILE, width: 64, height: 64, animated: false },
  StoredFile: {
    file: FILE,
    kind: 'image',
    name: 'harbour.jpg',
    type: 'image/jpeg',
    size: 412_337,
    width: 2560,
    height: 1707,
    duration: null,
    thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
    waveform: null,
    animated: false,
    poster: null,
  },
  GifId: GIF,
  Gif: {
    id: GIF,
    title: 'A cat waves',
    width: 220,
    height: 165,
    preview: `/media/gifs/${GIF}`,
  },
  Upload: { by: 'tus', url: `/v1/uploads/${FILE}` },
  FileAddress: {
    file: FILE,
    url: `${ADDRESS}${SIGNED}`,
    steps: [{ width: 640, url: `${ADDRESS}/640${SIGNED}` }],
    expiresAt: AT + 3_600_000,
  },
};

/** Samples by the name of the field, where the schema has no name that says enough. */
const BY_FIELD: Record<string, unknown> = {
  name: 'Ada',
  title: 'Launch team',
  avatar: 'https://example.com/ada.png',
  text: 'The build is green.',
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl',
  accessToken: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl',
  refreshToken: 'r_3Jk9sQ2vX0',
  username: 'ada',
  password: 'correct horse battery',
  newPassword: 'a longer horse battery',
  phone: '+4915123456789',
  code: '274913',
  ticket: 't_8Hq2',
  epoch: 'e7f3a',
  version: 1,
  expiresAt: AT + 900_000,
  serverTime: AT,
  count: 2,
  memberCount: 12,
  within: 2000,
  messages: 3,
  conversations: 2,
  mutedMessages: 0,
  message: 'There is no such conversation, or it is not yours to see.',
};

/** Null in an example, as they are most of the time. */
const USUALLY_NULL = new Set([
  'replyTo',
  'editedAt',
  'recalledAt',
  'recalledBy',
  'mutedUntil',
  'pinnedAt',
  'hiddenN',
  'draft',
  'nickname',
  'next',
  'peer',
  'avatar',
  'custom',
]);

/** Requests in which every field is optional, but an empty one shows nothing or is refused. */
const REQUESTS: Partial<Record<OperationName, unknown>> = {
  'stickers.arrange': { packs: ['inky'] },
  'stickers.favour': { pack: 'inky', sticker: 'hello', on: true },
  'gifs.search': { query: 'hello' },
  'messages.get': { conversation: 'launch-team', n: 41 },
  'files.create': { file: FILE, kind: 'image', name: 'harbour.jpg', size: 2_904_551 },
  'messages.list': { conversation: 'launch-team', before: 41, limit: 50 },
  'users.update': { name: 'Ada' },
  'apps.update': { avatar: `/avatars/${FILE}` },
  'conversations.update': { conversation: 'launch-team', title: 'Launch team' },
  'conversations.create': { kind: 'group', title: 'Launch team', members: ['ada', 'ben'] },
  'members.updateSelf': { conversation: 'launch-team', pinned: true },
  'receipts.mark': { conversation: 'launch-team', readN: 41 },
  'users.upsert': { users: [{ id: 'ada', name: 'Ada' }] },
};

type Schemas = Record<string, JsonSchema>;

const types = (schema: JsonSchema): unknown[] => (Array.isArray(schema.type) ? schema.type : [schema.type]);
const isNull = (schema: JsonSchema): boolean => schema.type === 'null';

function scalar(schema: JsonSchema): unknown {
  if (schema.format === 'uuid') return ID;
  if (schema.format === 'email') return 'ada@example.com';
  const type = types(schema)[0];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(1, Number(schema.minimum ?? 1));
  return type === 'null' ? null : 'sample';
}

function ofObject(schema: JsonSchema, schemas: Schemas): unknown {
  const required = (schema.required ?? []) as string[];
  const properties = (schema.properties ?? {}) as Schemas;
  return Object.fromEntries(required.map((name) => [name, sample(properties[name] ?? {}, schemas, name)]));
}

/** A value that fits a schema: the samples above where there is one, otherwise the least that is allowed. */
export function sample(schema: JsonSchema, schemas: Schemas, field = ''): unknown {
  // Draft 7 keeps what stands beside a reference in an allOf, the reference first.
  const options = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as JsonSchema[] | undefined;
  const nullable = options?.some(isNull) || types(schema).includes('null');
  if (nullable && USUALLY_NULL.has(field)) return null;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (options !== undefined) return sample(options.find((option) => !isNull(option)) ?? {}, schemas, field);
  const name = refName(schema);
  if (name !== undefined) return BY_COMPONENT[name] ?? sample(schemas[name] ?? {}, schemas, field);
  if (schema.type === 'object') return ofObject(schema, schemas);
  if (schema.type === 'array') return [sample((schema.items ?? {}) as JsonSchema, schemas, field)];
  return BY_FIELD[field] ?? scalar(schema);
}

/** An example of what an operation takes. */
export const requestExample = (name: OperationName, schema: JsonSchema, schemas: Schemas): unknown =>
  REQUESTS[name] ?? sample(schema, schemas);
