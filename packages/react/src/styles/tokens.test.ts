import { expect, test } from 'bun:test';
import { Glob } from 'bun';

const read = (path: string) => Bun.file(new URL(path, import.meta.url)).text();
const names = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map((m) => m[1] as string)),
];

test('the documented list of tokens is the list of tokens', async () => {
  const declared = names(await read('./tokens.css'), /(--inlay-[\w-]+):/g);
  const documented = names(await read('../../../../docs/react.md'), /`(--inlay-[\w-]+)`/g);
  expect(documented.sort()).toEqual(declared.sort());
});

test('no stylesheet uses a token that is not there', async () => {
  const declared = names(await read('./tokens.css'), /(--inlay-[\w-]+):/g);
  const folder = new URL('.', import.meta.url).pathname;
  for await (const file of new Glob('*.css').scan(folder))
    for (const used of names(await read(`./${file}`), /var\((--inlay-[\w-]+)/g))
      expect(declared).toContain(used);
});
