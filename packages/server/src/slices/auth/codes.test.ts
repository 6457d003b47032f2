import { afterAll, beforeAll, expect, test } from 'bun:test';
import { CodeRefused, CodeServiceBusy } from '../../ports/codes.ts';
import { refusal, startTestAuth, type TestAuth } from '../../testing/auth.ts';
import { codeOf } from './codes.ts';
import { DELIVER_CODE } from './jobs.ts';

let node: TestAuth;
let addresses = 0;
const fresh = (): string => `198.51.100.${++addresses}`;
const sms = (phone: string, app = 'default') =>
  node.call('auth.requestCode', { app, to: { channel: 'phone', phone } }, { address: fresh() });
const mail = (email: string) =>
  node.call('auth.requestCode', { to: { channel: 'email', email } }, { address: fresh() });
const enter = (ticket: string, code: string, app = 'default') =>
  node.call('auth.signInWithCode', { app, ticket, code, name: 'New' }, { address: fresh() });
/** A code that is not this one. */
const other = (code: string): string => code.replace(/.$/, (d) => String((Number(d) + 1) % 10));
/** Runs the delivery as the queue would. */
const deliver = (ticket: string, last = false) =>
  node.auth.tasks[DELIVER_CODE]?.({ ticket }, { number: 1, last }) ??
  Promise.reject(new Error('no such task'));

beforeAll(async () => {
  node = await startTestAuth();
  await node.jobs.start(node.auth.tasks, node.auth.recurring);
});
afterAll(() => node.stop());

test('a code comes by the queue, makes an account, and the next one finds it again', async () => {
  const { ticket, expiresAt, resendAt } = await sms('+4915100000001');
  expect([expiresAt - node.clock.now(), resendAt - node.clock.now()]).toEqual([600_000, 60_000]);
  const message = await node.outbox.to('+4915100000001');
  expect(message).toEqual({
    to: '+4915100000001',
    code: expect.stringMatching(/^\d{6}$/),
    app: 'Inlay',
    locale: 'en',
    minutes: 10,
  });
  const first = await enter(ticket, message.code);
  expect(first.user).toMatchObject({
    id: expect.stringMatching(/^u_[a-z2-7]{26}$/),
    kind: 'own',
    name: 'New',
  });
  node.clock.advance(60_000);
  const again = await sms('+4915100000001');
  const second = await enter(again.ticket, (await node.outbox.to('+4915100000001', 1)).code);
  expect(second.user).toEqual(first.user);
});

test('an e-mail address is the same in any case', async () => {
  const { ticket } = await mail('Ann@Example.com');
  const first = await enter(ticket, (await node.outbox.to('ann@example.com')).code);
  node.clock.advance(60_000);
  const again = await mail('ann@EXAMPLE.com');
  expect((await enter(again.ticket, (await node.outbox.to('ann@example.com', 1)).code)).user.id).toBe(
    first.user.id,
  );
});

test('the code stands in no table, nor in the queue, nor in the log', async () => {
  const { ticket } = await sms('+4915100000002');
  const { code } = await node.outbox.to('+4915100000002');
  const tickets = await node.db.selectFrom('codes').selectAll().where('id', '=', ticket).execute();
  const jobs = await node.hot`select row_to_json(j)::text as job from graphile_worker._private_jobs j`;
  expect(JSON.stringify([tickets, jobs, node.lines])).not.toContain(`"${code}"`);
  expect(node.lines.join('\n')).not.toContain(code);
});

test('works once', async () => {
  const { ticket } = await sms('+4915100000003');
  const code = codeOf(node.tokenSecret, ticket);
  const all = await Promise.allSettled([enter(ticket, code), enter(ticket, code), enter(ticket, code)]);
  expect(all.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  expect((await refusal(enter(ticket, code))).code).toBe('wrong_credentials');
});

test('may be tried five times, then not even the right one helps; a wrong code and an unknown ticket look the same', async () => {
  const { ticket } = await sms('+4915100000004');
  const code = codeOf(node.tokenSecret, ticket);
  const unknown = await refusal(enter('nothing', '123456'));
  for (let i = 0; i < 5; i++) expect(await refusal(enter(ticket, other(code)))).toEqual(unknown);
  expect(await refusal(enter(ticket, code))).toEqual(unknown);
});

test('is over after ten minutes', async () => {
  const { ticket } = await sms('+4915100000005');
  node.clock.advance(600_000);
  expect((await refusal(enter(ticket, codeOf(node.tokenSecret, ticket)))).code).toBe('wrong_credentials');
});

test('an address gets one a minute, five an hour and ten a day, asked from wherever, with an account or without', async () => {
  for (const phone of ['+4915100000001', '+4915100000006']) {
    node.clock.advance(24 * 3600_000);
    await sms(phone);
    expect(await refusal(sms(phone))).toMatchObject({ code: 'rate_limited', retryAfter: 60_000 });
    for (let i = 1; i < 5; i++) {
      node.clock.advance(60_000);
      await sms(phone);
    }
    node.clock.advance(60_000);
    expect(await refusal(sms(phone))).toMatchObject({ code: 'rate_limited', retryAfter: 55 * 60_000 });
    node.clock.advance(3600_000);
    for (let i = 0; i < 5; i++) {
      await sms(phone);
      node.clock.advance(60_000);
    }
    node.clock.advance(3600_000);
    expect((await refusal(sms(phone))).code).toBe('rate_limited');
  }
});

test('requests at the same time are one code', async () => {
  const all = await Promise.allSettled([sms('+4915100000007'), sms('+4915100000007'), sms('+4915100000007')]);
  expect(all.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
});

test('one network address may ask for twenty, whoever they are for', async () => {
  const ask = (i: number) =>
    node.call(
      'auth.requestCode',
      { to: { channel: 'email', email: `p${i}@example.com` } },
      { address: '2001:db8::1' },
    );
  for (let i = 0; i < 20; i++) await ask(i);
  expect((await refusal(ask(20))).code).toBe('rate_limited');
  const neighbour = node.call(
    'auth.requestCode',
    { to: { channel: 'email', email: 'p21@example.com' } },
    { address: '2001:db8:0:0:ffff::2' },
  );
  expect((await refusal(neighbour)).code).toBe('rate_limited');
});

test('[L11] a ticket of one app is none of another', async () => {
  const { ticket } = await sms('+4915100000008', 'other');
  const code = codeOf(node.tokenSecret, ticket);
  expect((await refusal(enter(ticket, code))).code).toBe('wrong_credentials');
  const there = await enter(ticket, code, 'other');
  const same = await sms('+4915100000008');
  expect((await enter(same.ticket, codeOf(node.tokenSecret, same.ticket))).user.id).not.toBe(there.user.id);
});

test('delivery is tried again where it may go better, and left where it will not', async () => {
  const ticket = 'sent-by-hand';
  const { pk } = await node.apps.named('default');
  const row = { id: ticket, app: pk, channel: 'email', address: 'x@example.com', locale: 'zh-CN' } as const;
  const at = node.clock.now();
  await node.db
    .insertInto('codes')
    .values({ ...row, created_at: new Date(at), expires_at: new Date(at + 600_000) })
    .execute();
  node.outbox.failures.set('x@example.com', [
    new CodeServiceBusy('test: busy'),
    new CodeRefused('test: no such address'),
    new CodeServiceBusy('test: still busy'),
  ]);
  await expect(deliver(ticket)).rejects.toThrow('test: busy');
  await deliver(ticket);
  await deliver(ticket, true);
  expect(node.lines.filter((l) => l.includes('error one-time code not sent'))).toHaveLength(2);
  node.clock.advance(240_000);
  await deliver(ticket);
  expect(await node.outbox.to('x@example.com')).toMatchObject({ minutes: 6, locale: 'zh-CN' });
  node.clock.advance(600_000);
  await deliver(ticket);
  expect(node.outbox.sent.filter((m) => m.to === 'x@example.com')).toHaveLength(1);
});
