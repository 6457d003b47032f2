import { LIMITS } from '@inlay-im/protocol';
import { z } from 'zod';

/** One environment variable: what it takes, and what it is for. */
export interface Option<T = unknown> {
  /** The value when the variable is unset or empty, as it would be written in the environment. */
  readonly default: string;
  /** What one is counted in; empty for what is not counted. */
  readonly unit: string;
  /** One sentence for whoever sets it. */
  readonly sentence: string;
  /** Never shown: not in mistakes, not by `inlay config`. */
  readonly secret: boolean;
  /** One word for tables. */
  readonly type: string;
  /** Ends the sentence "… must be". */
  readonly expected: string;
  /** Reads the text of the environment. */
  readonly schema: z.ZodType<T, string>;
}

type Kind<T> = Pick<Option<T>, 'type' | 'expected' | 'schema'>;
type About = Pick<Option, 'default' | 'sentence'> & Partial<Pick<Option, 'unit' | 'secret'>>;

function option<T>(kind: Kind<T>, about: About): Option<T> {
  return { unit: '', secret: false, ...kind, ...about };
}

function integer(low: number, high: number): Kind<number> {
  const schema = z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(low).max(high));
  return { type: 'integer', expected: `a whole number from ${low} to ${high}`, schema };
}

function bytes(low: number, high: number): Kind<number> {
  const schema = z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(low).max(high));
  return { type: 'integer', expected: `a whole number of bytes from ${low} to ${high}`, schema };
}

function choice<const T extends string>(...values: readonly T[]): Kind<T> {
  return { type: values.join(' | '), expected: `one of ${values.join(', ')}`, schema: z.enum(values) };
}

/** Empty means "none", unless the option's default says otherwise. */
function url(...schemes: readonly string[]): Kind<string | undefined> {
  const complete = (text: string) => URL.canParse(text) && new URL(text).hostname !== '';
  const ok = (text: string) =>
    text === '' || (schemes.some((s) => text.startsWith(`${s}://`)) && complete(text));
  const schema = z
    .string()
    .refine(ok)
    .transform((text) => text.replace(/\/+$/, '') || undefined);
  return {
    type: 'URL',
    expected: `an address that starts with ${schemes.map((s) => `${s}://`).join(' or ')}`,
    schema,
  };
}

function text(type: string, expected: string, pattern: RegExp): Kind<string | undefined> {
  const ok = (value: string) => value === '' || pattern.test(value);
  return {
    type,
    expected,
    schema: z
      .string()
      .refine(ok)
      .transform((value) => value || undefined),
  };
}

const path = text('path', 'a path without a zero byte', /^[^\0]+$/);
const word = text('text', 'text without spaces', /^\S+$/);
const phrase = text('text', 'one line of text', /^[^\r\n]+$/);
const host: Kind<string> = {
  type: 'host',
  expected: 'a host name or an IP address, without scheme and port',
  schema: z.union([z.ipv4(), z.ipv6(), z.hostname()]),
};

/** Where a scanner listens: a TCP port, or a Unix socket. */
export type ScannerAddress = { readonly host: string; readonly port: number } | { readonly path: string };

const CLAMD_PORT = 3310;

function scannerAddress(value: string): ScannerAddress | undefined {
  if (/^unix:\/[^\0]+$/.test(value)) return { path: value.slice('unix:'.length) };
  if (!value.startsWith('clamd://') || !URL.canParse(value)) return undefined;
  const { hostname, port, pathname } = new URL(value);
  if (hostname === '' || !['', '/'].includes(pathname)) return undefined;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? CLAMD_PORT : Number(port) };
}

const scanner: Kind<ScannerAddress | undefined> = {
  type: 'address',
  expected: 'clamd://host:port or unix:/path/of/the/socket',
  schema: z.string().transform((value, context) => {
    if (value === '') return undefined;
    const address = scannerAddress(value);
    if (address !== undefined) return address;
    context.addIssue({ code: 'custom', message: 'not an address' });
    return z.NEVER;
  }),
};

/** As a browser writes it into the Origin header: no path, no default port. Apps have schemes of their own. */
function origin(value: string): string | undefined {
  const trimmed = value.trim().replace(/\/$/, '').toLowerCase();
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  const parsed = new URL(trimmed).origin;
  return parsed === 'null' ? trimmed : parsed;
}

const origins: Kind<readonly string[] | '*'> = {
  type: 'list',
  expected: '* or origins such as https://app.example.com, separated by commas',
  schema: z.string().transform((value, context) => {
    if (value.trim() === '*') return '*' as const;
    const parts = value.split(',').filter((part) => part.trim() !== '');
    const read = parts.map(origin).filter((part) => part !== undefined);
    if (read.length === parts.length) return read;
    context.addIssue({ code: 'custom', message: 'not an origin' });
    return z.NEVER;
  }),
};

/** Names that are compared with those of addresses, so they are written as browsers write them. */
const hosts: Kind<readonly string[]> = {
  type: 'list',
  expected: 'host names such as media.example.com, separated by commas',
  schema: z
    .string()
    .transform((value) =>
      value
        .toLowerCase()
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.hostname())),
};

const PETABYTE = 1e15 - 1;

/** Every environment variable of the node. */
export const OPTIONS = {
  INLAY_PORT: option(integer(0, 65_535), {
    default: '7400',
    sentence: 'The TCP port to listen on; 0 takes any free one.',
  }),
  INLAY_HOST: option(host, {
    default: '127.0.0.1',
    sentence: 'The address to listen on; 0.0.0.0 lets other machines connect.',
  }),
  INLAY_DATA: option(path, {
    default: './data',
    sentence: 'The folder for everything that is kept: the embedded database and uploaded files.',
  }),
  INLAY_DATABASE_URL: option(url('postgres', 'postgresql'), {
    default: '',
    secret: true,
    sentence: 'A PostgreSQL 15 or newer to use in place of the embedded one.',
  }),
  INLAY_DATABASE_CONNECTIONS: option(integer(2, 500), {
    default: '16',
    unit: 'connections',
    sentence: 'How many connections this node keeps to the database.',
  }),
  INLAY_LOG: option(choice('silent', 'error', 'warn', 'info', 'debug'), {
    default: 'info',
    sentence: 'How much is logged.',
  }),
  INLAY_LOG_FORMAT: option(choice('text', 'json'), {
    default: 'text',
    sentence: 'Log lines for people, or one JSON object a line for collectors.',
  }),
  INLAY_TLS_CERT: option(path, {
    default: '',
    sentence: 'The PEM file of the certificate chain, to serve HTTPS and WSS without a proxy.',
  }),
  INLAY_TLS_KEY: option(path, {
    default: '',
    sentence: 'The PEM file of the private key of INLAY_TLS_CERT.',
  }),
  INLAY_ALLOWED_ORIGINS: option(origins, {
    default: '',
    sentence: 'The web sites whose pages may connect; empty allows only the node’s own, * allows all.',
  }),
  INLAY_TRUST_PROXY: option(integer(0, 10), {
    default: '0',
    unit: 'proxies',
    sentence: 'How many proxies stand in front of the node, whose X-Forwarded-For is believed.',
  }),
  INLAY_PUBLIC_URL: option(url('http', 'https'), {
    default: '',
    sentence: 'The address under which people reach the node, for links that it sends out.',
  }),
  INLAY_SESSION_OPS_PER_SECOND: option(integer(1, 100_000), {
    default: '100',
    unit: 'operations a second',
    sentence: 'What one session may do in the long run; bursts of twice as many are let through.',
  }),
  INLAY_CONNECTIONS_PER_USER: option(integer(1, 10_000), {
    default: '20',
    unit: 'connections',
    sentence: 'How many connections one user may have open at once.',
  }),
  INLAY_CONNECTIONS_PER_ADDRESS: option(integer(1, 1_000_000), {
    default: '1000',
    unit: 'connections',
    sentence: 'How many connections one IP address may have open at once.',
  }),
  INLAY_APPEND_QUEUE: option(integer(1, 1_000_000), {
    default: '10000',
    unit: 'messages',
    sentence: 'How many sends may wait for the database before further ones are answered with busy.',
  }),
  INLAY_FILE_BYTES: option(bytes(1, LIMITS.fileBytes), {
    default: String(LIMITS.fileBytes),
    unit: 'bytes',
    sentence: 'How large one uploaded file may be.',
  }),
  INLAY_USER_QUOTA: option(bytes(0, PETABYTE), {
    default: '0',
    unit: 'bytes',
    sentence: 'How much the files of one person may have together; 0 does not limit it.',
  }),
  INLAY_APP_QUOTA: option(bytes(0, PETABYTE), {
    default: '0',
    unit: 'bytes',
    sentence:
      'How much the files of one app may have together, equal ones counted once; 0 does not limit it.',
  }),
  INLAY_MEDIA_URL: option(url('http', 'https'), {
    default: '',
    sentence:
      'An address of this node under a host of its own, from which files are served, so that they are of another origin than its pages; empty serves them from where the page is.',
  }),
  INLAY_SCANNER: option(scanner, {
    default: '',
    sentence: 'The ClamAV daemon that looks into uploaded files; without one, nothing is scanned.',
  }),
  INLAY_BLOBS: option(choice('disk', 's3'), {
    default: 'disk',
    sentence:
      'Where the bytes of files are kept: below INLAY_DATA, or in a bucket that speaks the API of S3.',
  }),
  INLAY_S3_ENDPOINT: option(url('http', 'https'), {
    default: '',
    sentence: 'Where the S3 API is, without the bucket: https://s3.eu-central-1.amazonaws.com.',
  }),
  INLAY_S3_REGION: option(word, { default: 'us-east-1', sentence: 'The region of the bucket.' }),
  INLAY_S3_BUCKET: option(word, { default: '', sentence: 'The bucket, which is there already.' }),
  INLAY_S3_ACCESS_KEY_ID: option(word, { default: '', sentence: 'The access key of the bucket.' }),
  INLAY_S3_SECRET_ACCESS_KEY: option(word, {
    default: '',
    secret: true,
    sentence: 'The secret of that key.',
  }),
  INLAY_S3_STYLE: option(choice('path', 'host'), {
    default: 'path',
    sentence: 'Whether the bucket is named in the path of its address, or in the host.',
  }),
  INLAY_S3_DIRECT: option(choice('yes', 'no'), {
    default: 'yes',
    sentence: 'Whether browsers reach the bucket themselves; if not, all bytes go through the node.',
  }),
  INLAY_GIFS: option(choice('none', 'tenor', 'giphy'), {
    default: 'none',
    sentence: 'Whose API finds GIFs for people; none leaves them out.',
  }),
  INLAY_GIFS_KEY: option(word, {
    default: '',
    secret: true,
    sentence: 'The key of that API; browsers never see it.',
  }),
  INLAY_GIFS_RATING: option(choice('g', 'pg', 'pg-13', 'r'), {
    default: 'pg',
    sentence: 'Up to which rating GIFs are found.',
  }),
  INLAY_GIFS_URL: option(url('http', 'https'), {
    default: '',
    sentence: 'Where that API is, if not at https://tenor.googleapis.com or https://api.giphy.com.',
  }),
  INLAY_GIFS_HOSTS: option(hosts, {
    default: '',
    sentence:
      'Further hosts, separated by commas, from which pictures are fetched: those of a service that speaks the API of another.',
  }),
  INLAY_GIFS_NAME: option(phrase, {
    default: '',
    sentence: 'What people are told that GIFs are from, if not Tenor or GIPHY.',
  }),
  INLAY_EMAIL_CODES: option(choice('terminal', 'smtp'), {
    default: 'terminal',
    sentence:
      'How one-time codes reach an e-mail address; terminal prints them into the log, for trying out.',
  }),
  INLAY_SMS_CODES: option(choice('terminal', 'twilio', 'aliyun'), {
    default: 'terminal',
    sentence: 'How one-time codes reach a phone; terminal prints them into the log, for trying out.',
  }),
  INLAY_SMTP_URL: option(url('smtp', 'smtps'), {
    default: '',
    secret: true,
    sentence: 'The mail server, with user and password: smtps://user:password@mail.example.com.',
  }),
  INLAY_SMTP_FROM: option(phrase, {
    default: '',
    sentence: 'The sender of e-mail: Example <no-reply@example.com>.',
  }),
  INLAY_TWILIO_ACCOUNT_SID: option(word, { default: '', sentence: 'The Twilio account, AC and 32 digits.' }),
  INLAY_TWILIO_AUTH_TOKEN: option(word, {
    default: '',
    secret: true,
    sentence: 'The auth token of that account.',
  }),
  INLAY_TWILIO_FROM: option(word, {
    default: '',
    sentence: 'The phone number (+15005550006) or messaging service (MG…) that Twilio sends from.',
  }),
  INLAY_TWILIO_URL: option(url('http', 'https'), {
    default: 'https://api.twilio.com',
    sentence: 'Where the Twilio API is.',
  }),
  INLAY_ALIYUN_ACCESS_KEY_ID: option(word, { default: '', sentence: 'The Aliyun access key.' }),
  INLAY_ALIYUN_ACCESS_KEY_SECRET: option(word, {
    default: '',
    secret: true,
    sentence: 'The secret of that key.',
  }),
  INLAY_ALIYUN_SIGN_NAME: option(phrase, {
    default: '',
    sentence: 'The approved signature of Aliyun messages.',
  }),
  INLAY_ALIYUN_TEMPLATE_CODE: option(word, {
    default: '',
    sentence: 'The approved Aliyun template, SMS_ and digits, with a variable named code.',
  }),
  INLAY_ALIYUN_URL: option(url('http', 'https'), {
    default: 'https://dysmsapi.aliyuncs.com',
    sentence: 'Where the Aliyun SMS API is.',
  }),
} satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;
/** Each option's value as read. */
export type Values = { readonly [N in OptionName]: z.output<(typeof OPTIONS)[N]['schema']> };
