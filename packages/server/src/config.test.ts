import { describe, expect, test } from 'bun:test';
import { type Config, describeConfig, type Environment, readConfig } from './config.ts';

function config(env: Environment): Config {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.mistakes.join('\n'));
  return result.config;
}

function mistakes(env: Environment): readonly string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.mistakes;
}

describe('readConfig', () => {
  test('an empty environment gives the defaults', () => {
    expect(config({})).toEqual({
      http: {
        port: 7400,
        host: '127.0.0.1',
        publicUrl: undefined,
        trustProxy: 0,
        allowedOrigins: [],
        tls: undefined,
      },
      data: './data',
      database: { url: undefined, connections: 16 },
      log: { level: 'info', format: 'text' },
      limits: { opsPerSecond: 100, connectionsPerUser: 20, connectionsPerAddress: 1000, appendQueue: 10_000 },
      codes: { email: { kind: 'terminal' }, sms: { kind: 'terminal' } },
      files: {
        blobs: { kind: 'disk' },
        scanner: undefined,
        url: undefined,
        fileBytes: 2 * 1024 ** 3,
        userQuota: 0,
        appQuota: 0,
      },
      gifs: undefined,
    });
  });

  test('an empty variable counts as unset, and other programs’ variables are none of its business', () => {
    expect(config({ INLAY_PORT: '', INLAY_HOST: '  ', PATH: '/bin', PORT: 'x' })).toEqual(config({}));
  });

  test('values are read into their types', () => {
    const read = config({
      INLAY_PORT: '0',
      INLAY_HOST: '::1',
      INLAY_PUBLIC_URL: 'https://chat.example.com/im/',
      INLAY_TLS_CERT: 'c.pem',
      INLAY_TLS_KEY: 'k.pem',
      INLAY_DATABASE_URL: 'postgres://u:p@db/inlay',
      INLAY_DATABASE_CONNECTIONS: '80',
      INLAY_ALLOWED_ORIGINS: 'https://A.example.com:443/, capacitor://localhost,http://localhost:3000',
    });
    expect(read.http).toMatchObject({ port: 0, host: '::1', publicUrl: 'https://chat.example.com/im' });
    expect(read.http.tls).toEqual({ cert: 'c.pem', key: 'k.pem' });
    expect(read.http.allowedOrigins).toEqual([
      'https://a.example.com',
      'capacitor://localhost',
      'http://localhost:3000',
    ]);
    expect(read.database).toEqual({ url: 'postgres://u:p@db/inlay', connections: 80 });
    expect(config({ INLAY_ALLOWED_ORIGINS: '*' }).http.allowedOrigins).toBe('*');
  });

  test('an adapter comes with its credentials', () => {
    const { codes } = config({
      INLAY_EMAIL_CODES: 'smtp',
      INLAY_SMTP_URL: 'smtps://u:p@mail.example.com',
      INLAY_SMTP_FROM: 'Example <no-reply@example.com>',
      INLAY_SMS_CODES: 'twilio',
      INLAY_TWILIO_ACCOUNT_SID: 'AC1',
      INLAY_TWILIO_AUTH_TOKEN: 't',
      INLAY_TWILIO_FROM: '+15005550006',
      INLAY_TWILIO_URL: 'http://127.0.0.1:9000',
    });
    expect(codes.email).toEqual({
      kind: 'smtp',
      url: 'smtps://u:p@mail.example.com',
      from: 'Example <no-reply@example.com>',
    });
    expect(codes.sms).toEqual({
      kind: 'twilio',
      accountSid: 'AC1',
      authToken: 't',
      from: '+15005550006',
      url: 'http://127.0.0.1:9000',
    });
  });

  test('where files are kept, and who looks into them', () => {
    const s3 = {
      INLAY_BLOBS: 's3',
      INLAY_S3_ENDPOINT: 'https://s3.example.com/',
      INLAY_S3_BUCKET: 'files',
      INLAY_S3_ACCESS_KEY_ID: 'id',
      INLAY_S3_SECRET_ACCESS_KEY: 's',
    };
    expect(config(s3).files.blobs).toEqual({
      ...{ kind: 's3', endpoint: 'https://s3.example.com', region: 'us-east-1', bucket: 'files' },
      ...{ accessKeyId: 'id', secretAccessKey: 's', style: 'path', direct: true },
    });
    const scanner = (address: string) => config({ INLAY_SCANNER: address }).files.scanner;
    expect(scanner('clamd://av.example.com')).toEqual({ kind: 'clamd', host: 'av.example.com', port: 3310 });
    expect(scanner('clamd://[::1]:99')).toEqual({ kind: 'clamd', host: '::1', port: 99 });
    expect(scanner('unix:/run/clamav/clamd.ctl')).toEqual({ kind: 'clamd', path: '/run/clamav/clamd.ctl' });
  });

  test('GIFs are searched for where a service is named, at its own address unless another is given', () => {
    const gifs = (more: Environment) => config({ INLAY_GIFS: 'giphy', INLAY_GIFS_KEY: 'k', ...more }).gifs;
    expect(gifs({})).toEqual({
      ...{ kind: 'giphy', key: 'k', url: 'https://api.giphy.com', name: undefined, hosts: [], rating: 'pg' },
    });
    const other = {
      INLAY_GIFS: 'tenor',
      INLAY_GIFS_URL: 'https://api.example.com/',
      INLAY_GIFS_HOSTS: 'Pictures.example.com, more.example.com',
      INLAY_GIFS_NAME: 'Example',
    };
    expect(gifs(other)).toMatchObject({
      url: 'https://api.example.com',
      hosts: ['pictures.example.com', 'more.example.com'],
      name: 'Example',
    });
    expect(mistakes({ INLAY_GIFS: 'tenor' })).toEqual([
      'INLAY_GIFS=tenor needs INLAY_GIFS_KEY, which is not set.',
    ]);
  });

  test('Aliyun’s API has a default address', () => {
    const { codes } = config({
      INLAY_SMS_CODES: 'aliyun',
      INLAY_ALIYUN_ACCESS_KEY_ID: 'id',
      INLAY_ALIYUN_ACCESS_KEY_SECRET: 's',
      INLAY_ALIYUN_SIGN_NAME: '阿里云 测试',
      INLAY_ALIYUN_TEMPLATE_CODE: 'SMS_1',
    });
    expect(codes.sms).toMatchObject({ url: 'https://dysmsapi.aliyuncs.com', signName: '阿里云 测试' });
  });
});

describe('mistakes', () => {
  test('each has one sentence with name, value and what was expected', () => {
    expect(mistakes({ INLAY_PORT: '74000', INLAY_LOG: 'loud' })).toEqual([
      'INLAY_PORT must be a whole number from 0 to 65535, and the given value ("74000") is not.',
      'INLAY_LOG must be one of silent, error, warn, info, debug, and the given value ("loud") is not.',
    ]);
  });

  test.each([
    ['INLAY_PORT', '-1'],
    ['INLAY_PORT', '80.5'],
    ['INLAY_PORT', '0x50'],
    ['INLAY_HOST', 'http://localhost'],
    ['INLAY_HOST', 'localhost:80'],
    ['INLAY_DATABASE_URL', 'mysql://db'],
    ['INLAY_DATABASE_URL', 'postgres://'],
    ['INLAY_DATABASE_CONNECTIONS', '1'],
    ['INLAY_ALLOWED_ORIGINS', 'https://a.example.com/path'],
    ['INLAY_ALLOWED_ORIGINS', 'example.com'],
    ['INLAY_ALLOWED_ORIGINS', 'https://a.example.com,*'],
    ['INLAY_PUBLIC_URL', 'chat.example.com'],
    ['INLAY_TRUST_PROXY', 'true'],
    ['INLAY_SMS_CODES', 'constructor'],
    ['INLAY_FILE_BYTES', '2147483649'],
    ['INLAY_FILE_BYTES', '0'],
    ['INLAY_USER_QUOTA', '5GB'],
    ['INLAY_SCANNER', 'av.example.com'],
    ['INLAY_SCANNER', 'unix:relative'],
    ['INLAY_SCANNER', 'http://av.example.com'],
    ['INLAY_GIFS', 'bing'],
    ['INLAY_GIFS_URL', 'api.example.com'],
    ['INLAY_GIFS_HOSTS', 'https://pictures.example.com'],
  ])('%s=%s is one', (name, value) => {
    const found = mistakes({ [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toStartWith(`${name} must be `);
  });

  test('a secret is not repeated', () => {
    const found = mistakes({ INLAY_DATABASE_URL: 'mysql://root:hunter2@db', INLAY_SMTP_URL: 'hunter2' });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toContain('hunter2');
  });

  test('an unknown option is one, with the likely name', () => {
    expect(
      mistakes({ INLAY_PROT: '1', INLAY_DATABSE_URL: 'x', INLAY_COFFEE_MACHINE: 'on', inlay_x: '' }),
    ).toEqual([
      'INLAY_COFFEE_MACHINE is not an option: see `inlay config` for those that are.',
      'INLAY_DATABSE_URL is not an option: did you mean INLAY_DATABASE_URL?',
      'INLAY_PROT is not an option: did you mean INLAY_PORT?',
    ]);
  });

  test('half of a pair is one', () => {
    expect(mistakes({ INLAY_TLS_CERT: 'c' })).toEqual([
      'INLAY_TLS_CERT needs INLAY_TLS_KEY, which is not set.',
    ]);
    expect(mistakes({ INLAY_TLS_KEY: 'k' })).toEqual([
      'INLAY_TLS_KEY needs INLAY_TLS_CERT, which is not set.',
    ]);
  });

  test('an adapter without its credentials is one for each that is missing', () => {
    expect(mistakes({ INLAY_EMAIL_CODES: 'smtp' })).toHaveLength(2);
    expect(mistakes({ INLAY_SMS_CODES: 'twilio', INLAY_TWILIO_FROM: '+1' })).toEqual([
      'INLAY_SMS_CODES=twilio needs INLAY_TWILIO_ACCOUNT_SID, which is not set.',
      'INLAY_SMS_CODES=twilio needs INLAY_TWILIO_AUTH_TOKEN, which is not set.',
    ]);
    expect(mistakes({ INLAY_SMS_CODES: 'aliyun' })).toHaveLength(4);
    expect(mistakes({ INLAY_BLOBS: 's3' })).toHaveLength(4);
  });

  test('more connections than the embedded database takes is one', () => {
    expect(mistakes({ INLAY_DATABASE_CONNECTIONS: '51' })).toHaveLength(1);
    expect(mistakes({ INLAY_DATABASE_CONNECTIONS: '50' })).toEqual([]);
  });
});

describe('describeConfig', () => {
  test('has a full row for every option', () => {
    const rows = describeConfig();
    expect(rows.map((row) => row.name)).toContain('INLAY_ALIYUN_URL');
    for (const row of rows) {
      expect(row.name).toMatch(/^INLAY_[A-Z0-9_]+$/);
      expect(row.sentence).toMatch(/\.$/);
      expect(row.type).not.toBe('');
      expect(row.value).toBe(row.default);
      expect(row.source).toBe('default');
    }
  });

  test('shows what is in force, and of a secret only that it is set', () => {
    const rows = describeConfig({ INLAY_PORT: '80', INLAY_TWILIO_AUTH_TOKEN: 'hunter2' });
    expect(rows.find((row) => row.name === 'INLAY_PORT')).toMatchObject({
      value: '80',
      source: 'environment',
    });
    expect(rows.find((row) => row.name === 'INLAY_TWILIO_AUTH_TOKEN')).toMatchObject({ value: '(set)' });
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });
});
