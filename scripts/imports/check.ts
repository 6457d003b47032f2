import { readFileSync } from 'node:fs';
import { findCycles } from './cycles.ts';
import { readModule } from './read.ts';
import { ENV_READER, isTest, mayNotReadEnv, RULES } from './rules.ts';
import { resolverOf } from './workspaces.ts';

const SOURCES = '{packages,apps}/*/{src,bin,examples}/**/*.{ts,tsx,mts,mjs,js}';
const TOOLS = '{bench,e2e}/**/*.{ts,tsx,mts,mjs,js}';

export interface Verdict {
  readonly files: number;
  readonly imports: number;
  /** One for each mistake: `file:line [rule] what; what to do instead`. */
  readonly mistakes: readonly string[];
}

function sourcesOf(root: string): string[] {
  const found = [SOURCES, TOOLS].flatMap((each) => [...new Bun.Glob(each).scanSync({ cwd: root })]);
  return found.filter((file) => !/(^|\/)(node_modules|dist|data)\//.test(file)).sort();
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Judges every import below a repository's root by the rules. Throws when a source cannot be parsed. */
export function checkImports(root: string): Verdict {
  const files = sourcesOf(root);
  const resolve = resolverOf(root);
  const graph = new Map<string, string[]>();
  const mistakes: string[] = [];
  let imports = 0;

  for (const from of files) {
    const text = readFileSync(`${root}/${from}`, 'utf8');
    const facts = readModule(from, text);
    imports += facts.imports.length;
    for (const { specifier, at, typeOnly } of facts.imports) {
      const to = resolve(from, specifier);
      if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
      if (isTest(from)) continue;
      for (const rule of RULES.filter((each) => each.forbids({ from, to, specifier }))) {
        mistakes.push(
          `${from}:${lineOf(text, at)} [${rule.id}] must not import '${specifier}': ${rule.instead}`,
        );
      }
    }
    if (!mayNotReadEnv(from)) continue;
    for (const at of facts.envReads) {
      mistakes.push(`${from}:${lineOf(text, at)} [one-env-reader] only ${ENV_READER} reads the environment`);
    }
  }
  for (const cycle of findCycles(graph)) {
    mistakes.push(`${cycle[0]} [no-cycles] files import each other in a circle: ${cycle.join(' ↔ ')}`);
  }
  return { files: files.length, imports, mistakes };
}
