import { expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shows } from './shows.ts';

const TESTS = fileURLToPath(new URL('../', import.meta.url));
/** What a page says of itself at once, as playwright names it, right in an assertion. */
const AT_ONCE =
  /expect\(\s*\(?await [^;]*?\.(?:all\w+|boundingBox|count|evaluateAll|getAttribute|innerText|inputValue|is\w+|textContent)\(/g;

test('it waits for a value, one that matches, and one that an assertion is content with', async () => {
  for (const expected of [3, expect.any(Number), (seen: number) => expect(seen).toBeGreaterThan(2)]) {
    let reads = 0;
    const read = async () => {
      reads += 1;
      if (reads === 1) throw new Error('it was just replaced');
      return reads === 2 ? undefined : reads;
    };
    await shows<unknown>(read, expected);
    expect(reads).toBe(3);
  }
});

test('it fails with how the last reading differs', async () => {
  await expect(shows(() => 'almost', 'there', 0)).rejects.toThrow(/Expected: "there"\s+Received: "almost"/);
  const broken = shows(() => Promise.reject(new Error('no such element')), undefined, 0);
  await expect(broken).rejects.toThrow('no such element');
});

test('no test asserts about what a page shows without waiting for it', () => {
  const names = readdirSync(TESTS).filter((name) => name.endsWith('.test.ts'));
  const found = names.flatMap((name) => {
    const text = readFileSync(`${TESTS}${name}`, 'utf8');
    return [...text.matchAll(AT_ONCE)].map(([code]) => `${name}: ${code} … write: await shows(() => …`);
  });
  expect(found).toEqual([]);
});
