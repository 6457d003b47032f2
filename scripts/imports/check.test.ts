import { afterEach, describe, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkImports } from './check.ts';

const folders: string[] = [];

/** A repository of its own that holds these files, and what the rules say about it. */
function verdictOn(files: Readonly<Record<string, string>>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'inlay-imports-'));
  folders.push(root);
  const manifests = {
    'packages/protocol/package.json': { name: '@inlay-im/protocol', exports: { '.': './src/index.ts' } },
    'packages/client/package.json': { name: '@inlay-im/client', exports: { '.': './src/index.ts' } },
    'packages/server/package.json': { name: 'inlay' },
  };
  const all = { ...files };
  for (const [path, manifest] of Object.entries(manifests)) all[path] = JSON.stringify(manifest);
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkImports(root).mistakes;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const S = 'packages/server/src';

describe('an import that is forbidden fails, with its place, its rule and what to do', () => {
  const forbidden: readonly (readonly [rule: string, file: string, text: string])[] = [
    ['layers', 'packages/protocol/src/a.ts', "import { x } from '@inlay-im/client';"],
    ['layers', 'packages/client/src/a.ts', "import type { Node } from 'inlay';"],
    ['layers', `${S}/a.ts`, "import { x } from '@inlay-im/client';"],
    ['layers', 'apps/messenger/src/a.tsx', "export { x } from 'inlay';"],
    ['by-name', 'packages/client/src/a.ts', "import { x } from '../../protocol/src/index.ts';"],
    ['portable', 'packages/protocol/src/a.ts', "import { hash } from 'node:crypto';"],
    ['portable', 'packages/client/src/a.ts', "import { sql } from 'bun';"],
    ['portable', 'packages/client/src/a.ts', "const fs = await import('fs');"],
    ['slice-index', `${S}/slices/a/do.ts`, "import { write } from '../b/queries.ts';"],
    ['slice-index', `${S}/slices/a/do.ts`, "import type { Row } from '../b/queries.ts';"],
    ['gateway-on-top', `${S}/slices/a/do.ts`, "import { send } from '../../gateway/index.ts';"],
    ['gateway-on-top', `${S}/log/do.ts`, "export * from '../gateway/index.ts';"],
    ['ports-first', `${S}/ports/bus.ts`, "type Nats = import('../adapters/bus-nats/index.ts').Nats;"],
    ['adapters-at-the-root', `${S}/log/do.ts`, "import { bus } from '../adapters/bus-local/index.ts';"],
    ['one-env-reader', `${S}/log/do.ts`, 'const port = process.env.INLAY_PORT;'],
    ['one-env-reader', `${S}/log/do.ts`, "const port = Bun.env['INLAY_PORT'];"],
    ['one-env-reader', `${S}/log/do.ts`, 'const port = import.meta.env;'],
    ['one-env-reader', `${S}/log/do.ts`, 'const { env } = process;'],
    ['one-env-reader', `${S}/log/do.ts`, "import { env } from 'node:process';"],
    ['one-env-reader', `${S}/log/do.ts`, "import { env as all } from 'bun';"],
  ];
  test.each(forbidden)('%s: %s: %s', (rule, file, text) => {
    const mistakes = verdictOn({ [file]: `// first line\n${text}\n` });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toStartWith(`${file}:2 [${rule}] `);
  });

  test('a circle, also through a package of its own', () => {
    const mistakes = verdictOn({
      'packages/protocol/src/index.ts': "export * from './a.ts';",
      'packages/protocol/src/a.ts': "import { b } from './b.ts';",
      'packages/protocol/src/b.ts': "import { a } from '@inlay-im/protocol';",
    });
    const circle = ['a', 'b', 'index'].map((name) => `packages/protocol/src/${name}.ts`).join(' ↔ ');
    expect(mistakes).toEqual([
      `packages/protocol/src/a.ts [no-cycles] files import each other in a circle: ${circle}`,
    ]);
  });
});

describe('an import that is allowed passes', () => {
  const allowed: readonly (readonly [file: string, text: string])[] = [
    ['packages/client/src/a.ts', "import { x } from '@inlay-im/protocol';"],
    ['packages/client/src/a.test.ts', "import { test } from 'bun:test'; import { start } from 'inlay';"],
    [`${S}/a.ts`, "import { x } from '@inlay-im/protocol'; import { Hono } from 'hono';"],
    [`${S}/slices/a/do.ts`, "import { b } from '../b/index.ts'; import { own } from './queries.ts';"],
    [
      `${S}/node.ts`,
      "import { g } from './gateway/index.ts'; import { bus } from './adapters/bus-local/index.ts';",
    ],
    [`${S}/adapters/codes.ts`, "import { twilio } from './codes-twilio/index.ts';"],
    [`${S}/adapters/codes-twilio/index.ts`, "import type { CodeSender } from '../../ports/codes.ts';"],
    [`${S}/config.ts`, 'export const read = (env = process.env) => env;'],
    [`${S}/log/do.ts`, 'const env = { process: 1 }; export const { process } = env; options.env;'],
    [
      'bench/src/main.ts',
      "import { node } from 'inlay'; import { c } from '@inlay-im/client'; process.env.CI;",
    ],
  ];
  test.each(allowed)('%s: %s', (file, text) => {
    expect(verdictOn({ [file]: text })).toEqual([]);
  });

  test('types may refer to each other, as they are gone when the files load', () => {
    const mistakes = verdictOn({
      [`${S}/a.ts`]: "import type { B } from './b.ts';",
      [`${S}/b.ts`]: "import { type A } from './a.ts'; import { a } from './a.ts';",
    });
    expect(mistakes).toEqual([]);
  });
});

test('a file that cannot be read as TypeScript stops the check, so that it is not passed over', () => {
  expect(() => verdictOn({ [`${S}/a.ts`]: 'import { from;' })).toThrow(`${S}/a.ts: `);
});
