/**
 * Writes docs/reference and the two API documents from the sources that they describe. `--check` writes nothing and
 * fails when a file differs from what would be written.
 */
import { fileURLToPath } from 'node:url';
import { asyncapi, openapi, page, type ReferencePage, referencePages, table } from '@inlay-im/protocol/spec';
import { describeConfig } from '../packages/server/src/config.ts';

const ROOT = new URL('../', import.meta.url);

const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

function configurationPage(): ReferencePage {
  const rows = describeConfig().map((o) => [
    code(o.name),
    o.type,
    code(o.default),
    o.unit,
    `${o.sentence}${o.secret ? ' A secret: it is never shown.' : ''}`,
  ]);
  const intro =
    'The node reads its configuration from the environment, once, when it starts. Empty counts as unset. A wrong value, or a variable that begins with `INLAY_` and is not listed here, stops the start. `inlay config` shows what is in force.';
  return {
    path: 'docs/reference/configuration.md',
    markdown: page('Configuration', [
      intro,
      table(['Variable', 'Type', 'Default', 'Unit', 'What it does'], rows),
    ]),
  };
}

/** Text as the linter wants it, so that a generated file passes the same check as a written one. */
async function formatted(path: string, source: string): Promise<string> {
  const biome = Bun.spawn(
    [`${fileURLToPath(ROOT)}node_modules/.bin/biome`, 'format', `--stdin-file-path=${path}`],
    {
      cwd: fileURLToPath(ROOT),
      stdin: new Blob([source]),
      stdout: 'pipe',
      stderr: 'pipe',
    },
  );
  const [text, mistakes, status] = await Promise.all([
    new Response(biome.stdout).text(),
    new Response(biome.stderr).text(),
    biome.exited,
  ]);
  if (status !== 0) throw new Error(`Biome could not format ${path}: ${mistakes}`);
  return text;
}

/** Every generated file: its path from the repository's root, and its text. */
export async function generate(): Promise<Map<string, string>> {
  const sources = new Map([...referencePages(), configurationPage()].map((p) => [p.path, p.markdown]));
  sources.set('docs/openapi.json', JSON.stringify(openapi()));
  sources.set('docs/asyncapi.json', JSON.stringify(asyncapi()));
  const files = [...sources].map(async ([path, source]) => [path, await formatted(path, source)] as const);
  return new Map(await Promise.all(files));
}

/** The paths of files that are missing or say something else. */
export async function outdated(files: ReadonlyMap<string, string>, root = ROOT): Promise<string[]> {
  const found = await Promise.all(
    [...files].map(async ([path, text]) => {
      const file = Bun.file(new URL(path, root));
      return (await file.exists()) && (await file.text()) === text ? [] : [path];
    }),
  );
  return found.flat();
}

async function main(check: boolean): Promise<number> {
  const files = await generate();
  const stale = await outdated(files);
  if (stale.length === 0) {
    console.log(`The ${files.size} generated files under docs/ are up to date.`);
    return 0;
  }
  if (check) {
    console.error(`Not up to date: ${stale.join(', ')}. Run "npm run docs" and commit what it writes.`);
    return 1;
  }
  for (const path of stale) await Bun.write(new URL(path, ROOT), files.get(path) ?? '');
  console.log(`Wrote ${stale.join(', ')}.`);
  return 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.includes('--check'));
