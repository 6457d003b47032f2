import { describe, expect, test } from 'bun:test';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OPTIONS } from '../packages/server/src/config-options.ts';
import { cli } from '../packages/server/src/testing/cli.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PLACES = ['*.md', 'docs/**/*.md', 'packages/*/*.md', 'apps/*/*.md', 'bench/*.md', '.changeset/*.md'];
const FILES = PLACES.flatMap((place) => [...new Bun.Glob(place).scanSync({ cwd: ROOT, dot: true })]);
const read = (path: string): Promise<string> => Bun.file(join(ROOT, path)).text();
const texts = new Map(await Promise.all(FILES.map(async (path) => [path, await read(path)] as const)));
const text = (path: string): string => texts.get(path) ?? '';

const BLOCK = /^```(\w*)\n([\s\S]*?)^```$/gm;
const blocks = (markdown: string) =>
  [...markdown.matchAll(BLOCK)].map(([, language = '', code = '']) => ({ language, code }));
const prose = (markdown: string): string => markdown.replaceAll(BLOCK, '');
const headings = (markdown: string): string[] =>
  [...prose(markdown).matchAll(/^#+ .+$/gm)].map(([line]) => line);
/** What stands in code, inline or as a block. */
const code = (markdown: string): string =>
  [
    ...blocks(markdown).map((b) => b.code),
    ...[...prose(markdown).matchAll(/`([^`\n]+)`/g)].map(([, c]) => c),
  ].join('\n');

/** As GitHub makes the anchor of a heading. */
const slug = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The relative links of a page, images included, without its code. */
function links(markdown: string): string[] {
  const found = prose(markdown)
    .replaceAll(/`[^`\n]+`/g, '')
    .matchAll(/\]\(([^)\s]+)\)/g);
  return [...found].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
}

/** Links that lead nowhere: a file or a heading that is not there. */
function broken(path: string): string[] {
  return links(text(path)).filter((link) => {
    const [target = '', anchor] = link.split('#');
    const file = target === '' ? path : relative(ROOT, join(ROOT, dirname(path), target));
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && !headings(text(file)).some((heading) => slug(heading) === anchor);
  });
}

test('there are pages to look at', () => {
  for (const path of [
    'README.md',
    'README.zh-CN.md',
    'ARCHITECTURE.md',
    'docs/sync.md',
    'docs/reference/errors.md',
  ]) {
    expect(text(path).length).toBeGreaterThan(500);
  }
});

test('every link within the repository leads somewhere', () => {
  const wrong = FILES.flatMap((path) => broken(path).map((link) => `${path}: ${link}`));
  expect(wrong).toEqual([]);
});

describe('the examples', () => {
  const shown = (path: string): string[] => blocks(text(path)).map((b) => b.code);

  test.each(['README.md', 'README.zh-CN.md', 'packages/client/README.md'])(
    '%s shows hello.ts as it is, in ten lines',
    async (path) => {
      const hello = await read('packages/client/examples/hello.ts');
      expect(hello.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
      expect(shown(path)).toContain(hello);
    },
  );

  test('every file in docs/examples, which other tests run, is shown as it is', async () => {
    const all = FILES.flatMap(shown);
    const files = [...new Bun.Glob('docs/examples/*').scanSync({ cwd: ROOT })];
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(all, `${file} is not shown anywhere`).toContain(await read(file));
  });
});

test('the two READMEs have the same headings, code, tables and links', () => {
  const [en, zh] = [text('README.md'), text('README.zh-CN.md')];
  const shape = (markdown: string) => ({
    headings: headings(markdown).map((h) => h.replace(/[^#].*$/, '')),
    blocks: blocks(markdown),
    rows: prose(markdown)
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').length),
    commands: [...prose(markdown).matchAll(/^\| `([^`]+)`/gm)].map(([, command]) => command),
    // Each shows the messenger in its own language.
    links: links(markdown)
      .filter((link) => !link.startsWith('README'))
      .map((link) => link.replace(/-(?:light|zh-CN)\.png$/, '.png')),
  });
  expect(shape(zh)).toEqual(shape(en));
});

/** What tests alone read, for whoever develops. */
const OF_TESTS = new Set(
  [...new Bun.Glob('packages/*/src/**/*.test.ts').scanSync({ cwd: ROOT })].flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/process\.env\.(INLAY_TEST_\w+)/g)].map(
      ([, name = '']) => name,
    ),
  ),
);

test('every INLAY_ variable that is named is an option, or one that a test reads', () => {
  const named = FILES.flatMap((path) =>
    [...text(path).matchAll(/INLAY_[A-Z0-9_]*[A-Z0-9]/g)].map(([name]) => ({ path, name })),
  );
  expect(named.length).toBeGreaterThan(20);
  const isKnown = (name: string) => Object.hasOwn(OPTIONS, name) || OF_TESTS.has(name);
  expect(named.filter(({ name }) => !isKnown(name))).toEqual([]);
});

test('every inlay command that is named is one, with the options that it is given', async () => {
  const used = FILES.flatMap((path) =>
    [...code(text(path)).matchAll(/(?<![\w/@-])inlay ((?:[a-z-]+)(?: [^\s)#]+)*)/g)].map(([, line = '']) => ({
      path,
      line,
    })),
  );
  expect(used.length).toBeGreaterThan(20);
  const help = new Map<string, Promise<string>>();
  const helpOf = (command: string): Promise<string> => {
    const known =
      help.get(command) ?? cli([...command.split(' ').filter(Boolean), '--help']).then(({ out }) => out);
    help.set(command, known);
    return known;
  };
  const lists = async (command: string, word: string) =>
    new RegExp(`^  ${word}\\b`, 'm').test((await helpOf(command)).split('Commands:')[1] ?? '');
  for (const { path, line } of used) {
    const [first = '', second = '', ...rest] = line.split(' ');
    const where = `${path}: inlay ${line}`;
    expect(await lists('', first), where).toBe(true);
    const nested = await lists(first, second === '' ? '-' : second);
    const own = await helpOf(nested ? `${first} ${second}` : first);
    for (const option of [second, ...rest].filter((word) => word.startsWith('--') && word !== '--help'))
      expect(own, where).toContain(option);
    const hasCommands = (await helpOf(first)).includes('\nCommands:');
    if (hasCommands && second !== '' && !second.startsWith('-')) expect(nested, where).toBe(true);
  }
});

test('[L1]–[L11] every test that ARCHITECTURE.md names for an invariant quotes its id', async () => {
  const rows = text('ARCHITECTURE.md')
    .split('\n')
    .filter((line) => /^\| L\d+ +\|/.test(line));
  expect(rows.map((row) => row.split(' ')[1])).toEqual(Array.from({ length: 11 }, (_, i) => `L${i + 1}`));
  for (const row of rows) {
    const [, id = '', , , shown = ''] = row.split('|').map((cell) => cell.trim());
    const tests = links(shown);
    expect(tests.length, id).toBeGreaterThan(0);
    for (const path of tests)
      expect(
        /\[L1\]–\[L9\]/.test(await read(path)) || (await read(path)).includes(`[${id}]`),
        `${path} quotes ${id}`,
      ).toBe(true);
  }
});
