import { parseSync, Visitor } from 'oxc-parser';

/** One import, re-export, dynamic import or type import, as written. */
export interface Import {
  readonly specifier: string;
  /** Erased before the program runs, so it cannot make a cycle at load time. */
  readonly typeOnly: boolean;
  /** Offset in the text, in UTF-16 units. */
  readonly at: number;
}

export interface ModuleFacts {
  readonly imports: readonly Import[];
  /** Offsets of every use of `process.env` and its other names. */
  readonly envReads: readonly number[];
}

interface Literal {
  readonly type: string;
  readonly value?: unknown;
}

interface Specifier {
  readonly type: string;
  readonly importKind?: string;
  readonly exportKind?: string;
}

const ENV_OWNERS = new Set(['process', 'Bun']);
const ENV_MODULES = new Set(['process', 'node:process', 'bun']);

function allTypes(specifiers: readonly Specifier[]): boolean {
  return specifiers.length > 0 && specifiers.every((each) => (each.importKind ?? each.exportKind) === 'type');
}

/**
 * What a source file imports and where it reads the environment, types included: a type that leaks is coupling too.
 * Throws when the text is not TypeScript.
 */
export function readModule(path: string, text: string): ModuleFacts {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const imports: Import[] = [];
  const envReads: number[] = [];
  const add = (source: Literal | null, typeOnly: boolean, at: number) => {
    if (typeof source?.value === 'string') imports.push({ specifier: source.value, typeOnly, at });
  };
  new Visitor({
    ImportDeclaration: (node) => {
      add(node.source, node.importKind === 'type' || allTypes(node.specifiers), node.start);
      if (importsEnv(node.source, node.specifiers)) envReads.push(node.start);
    },
    ExportNamedDeclaration: (node) =>
      add(node.source, node.exportKind === 'type' || allTypes(node.specifiers), node.start),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type', node.start),
    ImportExpression: (node) => add(node.source as Literal, false, node.start),
    TSImportType: (node) => add(node.source, true, node.start),
    MemberExpression: (node) => {
      if (ownsEnv(node.object) && namesEnv(node.property)) envReads.push(node.start);
    },
    VariableDeclarator: (node) => {
      if (takesEnv(node)) envReads.push(node.start);
    },
  }).visit(program);
  return { imports, envReads };
}

function namesEnv(node: unknown): boolean {
  const { name, value } = node as { name?: string; value?: unknown };
  return (name ?? value) === 'env';
}

/** `process`, `Bun` and `import.meta`. */
function ownsEnv(node: { type: string } | null): boolean {
  if (node?.type === 'MetaProperty') return true;
  return node?.type === 'Identifier' && ENV_OWNERS.has((node as { name?: string }).name ?? '');
}

/** `const { env } = process` */
function takesEnv({ id, init }: { id: { type: string }; init: { type: string } | null }): boolean {
  if (id.type !== 'ObjectPattern' || !ownsEnv(init)) return false;
  const { properties } = id as unknown as { properties: readonly { key?: unknown }[] };
  return properties.some((each) => each.key === undefined || namesEnv(each.key));
}

/** `import { env } from 'node:process'` */
function importsEnv(source: Literal, specifiers: readonly object[]): boolean {
  return (
    ENV_MODULES.has(String(source.value)) &&
    specifiers.some((each) => 'imported' in each && namesEnv(each.imported))
  );
}
