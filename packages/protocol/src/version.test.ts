import { expect, test } from 'bun:test';
import { contract } from './spec/index.ts';
import { OLDEST_VERSION, PROTOCOL_VERSION } from './version.ts';

/** The contract and its version, pinned together. */
const PINNED = { version: 3, hash: '4d5f2e103a591d969f10509bbfd2de2c7358c4789b9c1d8c5bb6d78a8fe91dcb' };

const ADVICE = `The wire protocol changed. Ask: does every client and node of version ${PINNED.version} still work with it?
  Yes (a new operation, event or optional field): put the new hash into PINNED here and leave the version.
  No (something renamed, removed, newly required, or of another type): raise PROTOCOL_VERSION by one in version.ts,
  add a line to its history, say whether OLDEST_VERSION still holds, and put version and hash into PINNED here.
Then run "npm run docs". An update of Zod may write the same schema differently; that is a "yes".`;

test('the contract and its version are the pinned ones', () => {
  const hash = new Bun.CryptoHasher('sha256').update(contract()).digest('hex');
  expect({ version: PROTOCOL_VERSION as number, hash }, ADVICE).toEqual(PINNED);
});

test('the oldest served version is not newer than the own one', () => {
  expect(OLDEST_VERSION).toBeGreaterThanOrEqual(1);
  expect(OLDEST_VERSION).toBeLessThanOrEqual(PROTOCOL_VERSION);
});

test('the contract leaves prose out, but not a field that is called like prose', () => {
  expect(contract()).not.toContain('"description"');
  expect(contract()).not.toContain('"meaning"');
  expect(contract()).toContain('"title":{');
});
