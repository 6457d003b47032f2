import { OPTIONS, type Option, type OptionName, type ScannerAddress, type Values } from './config-options.ts';

export type LogLevel = Values['INLAY_LOG'];

/** How one-time codes reach an e-mail address. */
export type EmailCodes =
  | { readonly kind: 'terminal' }
  | { readonly kind: 'smtp'; readonly url: string; readonly from: string };

/** How one-time codes reach a phone. */
export type SmsCodes = { readonly kind: 'terminal' } | TwilioConfig | AliyunConfig;

export interface TwilioConfig {
  readonly kind: 'twilio';
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  /** Without a slash at the end. */
  readonly url: string;
}

export interface AliyunConfig {
  readonly kind: 'aliyun';
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly signName: string;
  readonly templateCode: string;
  /** Without a slash at the end. */
  readonly url: string;
}

/** Where the bytes of files are kept. */
export type BlobStorage =
  | { readonly kind: 'disk' }
  | {
      readonly kind: 's3';
      /** Without a slash at the end. */
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly style: 'path' | 'host';
      readonly direct: boolean;
    };

/** The service that finds GIFs. */
export interface GifsConfig {
  readonly kind: 'tenor' | 'giphy';
  readonly key: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** Undefined: the service's own. */
  readonly name: string | undefined;
  readonly hosts: readonly string[];
  readonly rating: Values['INLAY_GIFS_RATING'];
}

/** What the node runs with; `config-options.ts` says what each value means. */
export interface Config {
  readonly http: {
    readonly port: number;
    readonly host: string;
    /** Without a slash at the end. */
    readonly publicUrl: string | undefined;
    readonly trustProxy: number;
    /** Origins as browsers send them; empty means the node's own host only. */
    readonly allowedOrigins: readonly string[] | '*';
    /** Paths of PEM files. */
    readonly tls: { readonly cert: string; readonly key: string } | undefined;
  };
  /** The data folder, as given. */
  readonly data: string;
  readonly database: {
    /** Undefined: the embedded one. */
    readonly url: string | undefined;
    readonly connections: number;
  };
  readonly log: { readonly level: LogLevel; readonly format: Values['INLAY_LOG_FORMAT'] };
  readonly limits: {
    readonly opsPerSecond: number;
    readonly connectionsPerUser: number;
    readonly connectionsPerAddress: number;
    readonly appendQueue: number;
  };
  readonly codes: { readonly email: EmailCodes; readonly sms: SmsCodes };
  readonly files: {
    readonly blobs: BlobStorage;
    readonly scanner: ({ readonly kind: 'clamd' } & ScannerAddress) | undefined;
    /** Without a slash at the end. */
    readonly url: string | undefined;
    readonly fileBytes: number;
    /** 0: no limit. */
    readonly userQuota: number;
    /** 0: no limit. */
    readonly appQuota: number;
  };
  /** Undefined: GIFs are not searched for. */
  readonly gifs: GifsConfig | undefined;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  /** One sentence each. */
  | { readonly ok: false; readonly mistakes: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = Object.keys(OPTIONS) as OptionName[];
/** Above this the embedded server's max_connections leaves no room for the jobs and for a person with psql. */
const EMBEDDED_CONNECTIONS = 50;
/** More typing mistakes than this, and another name is as likely to be meant. */
const TYPING_MISTAKES = 4;

/** How many single letters to insert, remove or replace to get from one text to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function unknownNames(env: Environment): string[] {
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('INLAY_') && !Object.hasOwn(OPTIONS, name),
  );
  return unknown.sort().map((name) => {
    const ranked = NAMES.map((known) => ({ known, by: distance(name.toUpperCase(), known) }));
    const best = ranked.reduce((a, b) => (b.by < a.by ? b : a));
    const hint =
      best.by <= TYPING_MISTAKES ? `did you mean ${best.known}?` : 'see `inlay config` for those that are.';
    return `${name} is not an option: ${hint}`;
  });
}

function given(env: Environment, name: OptionName): string | undefined {
  return env[name]?.trim() || undefined;
}

function parse(name: OptionName, env: Environment): { value: unknown } | { mistake: string } {
  const { schema, secret, expected, default: otherwise }: Option = OPTIONS[name];
  const text = given(env, name) ?? otherwise;
  const result = schema.safeParse(text);
  if (result.success) return { value: result.data };
  const shown = secret ? 'not shown here, as it is a secret' : JSON.stringify(text.slice(0, 80));
  return { mistake: `${name} must be ${expected}, and the given value (${shown}) is not.` };
}

/** What an adapter cannot do without. */
const NEEDED = {
  smtp: ['INLAY_SMTP_URL', 'INLAY_SMTP_FROM'],
  twilio: ['INLAY_TWILIO_ACCOUNT_SID', 'INLAY_TWILIO_AUTH_TOKEN', 'INLAY_TWILIO_FROM'],
  aliyun: [
    'INLAY_ALIYUN_ACCESS_KEY_ID',
    'INLAY_ALIYUN_ACCESS_KEY_SECRET',
    'INLAY_ALIYUN_SIGN_NAME',
    'INLAY_ALIYUN_TEMPLATE_CODE',
  ],
  s3: ['INLAY_S3_ENDPOINT', 'INLAY_S3_BUCKET', 'INLAY_S3_ACCESS_KEY_ID', 'INLAY_S3_SECRET_ACCESS_KEY'],
  tenor: ['INLAY_GIFS_KEY'],
  giphy: ['INLAY_GIFS_KEY'],
} as const satisfies Record<string, readonly OptionName[]>;

type Chooser = 'INLAY_EMAIL_CODES' | 'INLAY_SMS_CODES' | 'INLAY_BLOBS' | 'INLAY_GIFS';

function missingFor(chooser: Chooser, env: Environment): string[] {
  const chosen = given(env, chooser);
  if (!chosen || !Object.hasOwn(NEEDED, chosen)) return [];
  const needed = NEEDED[chosen as keyof typeof NEEDED];
  return needed
    .filter((name) => !given(env, name))
    .map((name) => `${chooser}=${chosen} needs ${name}, which is not set.`);
}

function contradictions(env: Environment): string[] {
  const choosers: Chooser[] = ['INLAY_EMAIL_CODES', 'INLAY_SMS_CODES', 'INLAY_BLOBS', 'INLAY_GIFS'];
  const found = choosers.flatMap((chooser) => missingFor(chooser, env));
  const [cert, key] = [given(env, 'INLAY_TLS_CERT'), given(env, 'INLAY_TLS_KEY')];
  if (cert && !key) found.push('INLAY_TLS_CERT needs INLAY_TLS_KEY, which is not set.');
  if (key && !cert) found.push('INLAY_TLS_KEY needs INLAY_TLS_CERT, which is not set.');
  const connections = Number(given(env, 'INLAY_DATABASE_CONNECTIONS'));
  if (connections > EMBEDDED_CONNECTIONS && !given(env, 'INLAY_DATABASE_URL')) {
    found.push(
      `INLAY_DATABASE_CONNECTIONS is ${connections}, and the embedded PostgreSQL takes at most ${EMBEDDED_CONNECTIONS}.`,
    );
  }
  return found;
}

function emailCodes(v: Values): EmailCodes {
  if (v.INLAY_EMAIL_CODES === 'terminal') return { kind: 'terminal' };
  return { kind: 'smtp', url: v.INLAY_SMTP_URL ?? '', from: v.INLAY_SMTP_FROM ?? '' };
}

function smsCodes(v: Values): SmsCodes {
  switch (v.INLAY_SMS_CODES) {
    case 'terminal':
      return { kind: 'terminal' };
    case 'twilio':
      return {
        kind: 'twilio',
        accountSid: v.INLAY_TWILIO_ACCOUNT_SID ?? '',
        authToken: v.INLAY_TWILIO_AUTH_TOKEN ?? '',
        from: v.INLAY_TWILIO_FROM ?? '',
        url: v.INLAY_TWILIO_URL ?? '',
      };
    case 'aliyun':
      return {
        kind: 'aliyun',
        accessKeyId: v.INLAY_ALIYUN_ACCESS_KEY_ID ?? '',
        accessKeySecret: v.INLAY_ALIYUN_ACCESS_KEY_SECRET ?? '',
        signName: v.INLAY_ALIYUN_SIGN_NAME ?? '',
        templateCode: v.INLAY_ALIYUN_TEMPLATE_CODE ?? '',
        url: v.INLAY_ALIYUN_URL ?? '',
      };
  }
}

function blobStorage(v: Values): BlobStorage {
  if (v.INLAY_BLOBS === 'disk') return { kind: 'disk' };
  return {
    kind: 's3',
    endpoint: v.INLAY_S3_ENDPOINT ?? '',
    region: v.INLAY_S3_REGION ?? '',
    bucket: v.INLAY_S3_BUCKET ?? '',
    accessKeyId: v.INLAY_S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: v.INLAY_S3_SECRET_ACCESS_KEY ?? '',
    style: v.INLAY_S3_STYLE,
    direct: v.INLAY_S3_DIRECT === 'yes',
  };
}

const GIF_APIS = { tenor: 'https://tenor.googleapis.com', giphy: 'https://api.giphy.com' } as const;

function gifs(v: Values): GifsConfig | undefined {
  const { INLAY_GIFS: kind } = v;
  if (kind === 'none') return undefined;
  return {
    kind,
    key: v.INLAY_GIFS_KEY ?? '',
    url: v.INLAY_GIFS_URL ?? GIF_APIS[kind],
    name: v.INLAY_GIFS_NAME,
    hosts: v.INLAY_GIFS_HOSTS,
    rating: v.INLAY_GIFS_RATING,
  };
}

function arrange(v: Values): Config {
  const { INLAY_TLS_CERT: cert, INLAY_TLS_KEY: key } = v;
  return {
    http: {
      port: v.INLAY_PORT,
      host: v.INLAY_HOST,
      publicUrl: v.INLAY_PUBLIC_URL,
      trustProxy: v.INLAY_TRUST_PROXY,
      allowedOrigins: v.INLAY_ALLOWED_ORIGINS,
      tls: cert && key ? { cert, key } : undefined,
    },
    data: v.INLAY_DATA ?? '',
    database: { url: v.INLAY_DATABASE_URL, connections: v.INLAY_DATABASE_CONNECTIONS },
    log: { level: v.INLAY_LOG, format: v.INLAY_LOG_FORMAT },
    limits: {
      opsPerSecond: v.INLAY_SESSION_OPS_PER_SECOND,
      connectionsPerUser: v.INLAY_CONNECTIONS_PER_USER,
      connectionsPerAddress: v.INLAY_CONNECTIONS_PER_ADDRESS,
      appendQueue: v.INLAY_APPEND_QUEUE,
    },
    codes: { email: emailCodes(v), sms: smsCodes(v) },
    files: {
      blobs: blobStorage(v),
      scanner: v.INLAY_SCANNER === undefined ? undefined : { kind: 'clamd', ...v.INLAY_SCANNER },
      url: v.INLAY_MEDIA_URL,
      fileBytes: v.INLAY_FILE_BYTES,
      userQuota: v.INLAY_USER_QUOTA,
      appQuota: v.INLAY_APP_QUOTA,
    },
    gifs: gifs(v),
  };
}

/**
 * Reads the environment: all of it or nothing. An unset or empty variable takes its default; a variable that
 * begins with INLAY_ and is none of ours is a mistake, for it is most likely one of ours misspelt.
 */
export function readConfig(env: Environment): ConfigResult {
  const parsed = NAMES.map((name) => [name, parse(name, env)] as const);
  const bad = parsed.flatMap(([, result]) => ('mistake' in result ? [result.mistake] : []));
  const mistakes = [...unknownNames(env), ...bad, ...contradictions(env)];
  if (mistakes.length > 0) return { ok: false, mistakes };
  const values = Object.fromEntries(parsed.map(([name, r]) => [name, 'value' in r ? r.value : undefined]));
  return { ok: true, config: arrange(values as Values) };
}

export interface ConfigRow extends Pick<Option, 'type' | 'default' | 'unit' | 'sentence' | 'secret'> {
  readonly name: OptionName;
  /** What is in force, a secret only as "(set)"; the environment's text even if it is a mistake. */
  readonly value: string;
  readonly source: 'environment' | 'default';
}

/** Every option as a row for `inlay config`, or, with an empty environment, for the reference page. */
export function describeConfig(env: Environment = {}): ConfigRow[] {
  return NAMES.map((name) => {
    const { type, default: otherwise, unit, sentence, secret }: Option = OPTIONS[name];
    const text = given(env, name);
    const value = text === undefined ? otherwise : secret ? '(set)' : text;
    return {
      name,
      type,
      default: otherwise,
      unit,
      sentence,
      secret,
      value,
      source: text === undefined ? 'default' : 'environment',
    };
  });
}

/** The environment of this process; nothing else in the program reads it. */
export const environment = (): Environment => process.env;
