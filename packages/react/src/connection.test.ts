import { afterEach, expect, test } from 'bun:test';
import { type ConnectionProps, clientFrom } from './connection.ts';

const page = globalThis as { indexedDB?: unknown };
const before = page.indexedDB;
afterEach(() => {
  page.indexedDB = before;
});

/** The name of the database in which the kit keeps what it has with these. */
async function placeOf(props: ConnectionProps): Promise<string> {
  const opened = Promise.withResolvers<string>();
  page.indexedDB = {
    open(name: string) {
      opened.resolve(name);
      throw new Error('There is no database here.');
    },
  };
  const client = clientFrom(props);
  void client?.connect().catch(() => {});
  const place = await opened.promise;
  await client?.disconnect();
  return place;
}

test('each node, app and person has a place of its own', async () => {
  const getToken = () => Promise.reject(new Error('Nobody asks for it.'));
  const each: ConnectionProps[] = [
    { url: 'http://one.invalid' },
    { url: 'http://two.invalid' },
    { url: 'http://one.invalid', app: 'shop' },
    { url: 'http://one.invalid', user: '42', getToken },
    { url: 'http://two.invalid', user: '42', getToken },
    { url: 'http://one.invalid', app: 'user:42' },
    { url: 'http://one.invalid', app: 'shop', user: '42', getToken },
  ];
  const places: string[] = [];
  for (const props of each) places.push(await placeOf(props));
  expect(new Set(places).size).toBe(each.length);
});
