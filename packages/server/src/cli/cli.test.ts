import { expect, test } from 'bun:test';
import { OPTIONS } from '../config-options.ts';
import { cli } from '../testing/cli.ts';
import { version } from '../version.ts';

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

test('a bad configuration is told in one sentence for each mistake, and nothing starts', async () => {
  const env = {
    INLAY_PORT: '80000',
    INLAY_HOTS: '::1',
    INLAY_SMS_CODES: 'twilio',
    INLAY_DATA: '/nowhere/at/all',
  };
  for (const command of ['start', 'migrate', 'doctor', 'apps']) {
    const { out, err, code } = await cli([command], env);
    expect(code).toBe(1);
    expect(out).toBe('');
    const [head, ...mistakes] = lines(err);
    expect(head).toBe('The configuration has mistakes:');
    expect(mistakes.map((m) => m.trim())).toEqual([
      'INLAY_HOTS is not an option: did you mean INLAY_HOST?',
      'INLAY_PORT must be a whole number from 0 to 65535, and the given value ("80000") is not.',
      'INLAY_SMS_CODES=twilio needs INLAY_TWILIO_ACCOUNT_SID, which is not set.',
      'INLAY_SMS_CODES=twilio needs INLAY_TWILIO_AUTH_TOKEN, which is not set.',
      'INLAY_SMS_CODES=twilio needs INLAY_TWILIO_FROM, which is not set.',
    ]);
  }
});

test('config lists every option with its value, and shows no secret', async () => {
  const secrets = Object.entries(OPTIONS).filter(([, o]) => o.secret);
  const hidden = Object.fromEntries(secrets.map(([name]) => [name, 'hush-hush']));
  const { out, err, code } = await cli(['config'], { ...hidden, INLAY_PORT: '7411' });
  expect([code, err]).toEqual([0, '']);
  const rows = new Map(lines(out).map((line) => [line.split(' ')[0] ?? '', line]));
  for (const [name, { sentence }] of Object.entries(OPTIONS)) expect(rows.get(name)).toContain(sentence);
  expect(rows.get('INLAY_PORT')).toMatch(/^INLAY_PORT +7411 +7400 /);
  expect(secrets.length).toBeGreaterThan(0);
  for (const [name] of secrets) expect(rows.get(name)).toContain('(set)');
  expect(out).not.toContain('hush');
});

test('version prints the version', async () => {
  expect(await cli(['version'])).toEqual({ out: `${version}\n`, err: '', code: 0 });
});

test('help names every command, and every command has help', async () => {
  const { out, code } = await cli(['--help']);
  expect(code).toBe(0);
  for (const command of ['start', 'config', 'token', 'apps', 'keys', 'migrate', 'doctor', 'version']) {
    expect(out).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
    const own = await cli([command, '--help']);
    expect(own.code).toBe(0);
    expect(own.out).toStartWith(`Usage: inlay ${command}`);
  }
});

test('what is no command, option or value is refused in words', async () => {
  const refused: [string[], string][] = [
    [['strat'], '"strat" is no command'],
    [['start', '--prot', '1'], "unknown option '--prot'"],
    [['token'], "missing required argument 'user'"],
    [['token', 'two words'], '"two words" is no user id'],
    [['token', 'ann', '--hours', '25'], '--hours: expected a number above 0 and up to 24.'],
    [['apps', 'create', 'Shop'], 'lower-case letters'],
    [['apps', 'set', 'default', 'gusts', 'on'], 'guests, signUp, codes, openUsers'],
    [['apps', 'set', 'default', 'guests', 'constructor'], 'neither on nor off'],
    [['apps', 'add-key', 'default', 'k', '/no/such/file'], 'cannot be read'],
    [['apps', 'add-key', 'default', 'a b', '/no/such/file'], 'no spaces'],
    [['keys', 'create', 'shop', '--scopes', 'users:read,all'], '"all" is no scope'],
    [['keys', 'create', ' '], '1 to 100 characters'],
  ];
  const env = { INLAY_DATA: '/nowhere/at/all' };
  for (const [args, words] of refused) {
    const { out, err, code } = await cli(args, env);
    expect(err).toContain(words);
    expect({ out, code }).toEqual({ out: '', code: 1 });
  }
});
