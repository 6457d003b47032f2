import { builtinModules } from 'node:module';

/** An import whose target is known, all paths from the repository's root with `/` between. */
export interface Edge {
  readonly from: string;
  /** The file or, for a foreign package, its specifier. */
  readonly to: string;
  readonly specifier: string;
}

/** A direction that imports must not take. */
export interface Rule {
  readonly id: string;
  /** What to do instead, for whoever meets the failure. */
  readonly instead: string;
  readonly forbids: (edge: Edge) => boolean;
}

const SERVER = 'packages/server/src/';
/** Which of our packages each layer may use; a folder that is not named here may use all. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  'packages/protocol': [],
  'packages/token': [],
  'packages/client': ['packages/protocol'],
  'packages/server': ['packages/protocol'],
  'packages/react': ['packages/protocol', 'packages/client'],
  'packages/widget': ['packages/protocol', 'packages/client', 'packages/react'],
  apps: ['packages/protocol', 'packages/client', 'packages/react', 'packages/widget'],
};
const PORTABLE = [
  'packages/protocol/src/',
  'packages/client/src/',
  'packages/react/src/',
  'packages/widget/src/',
];
const BUILTINS = new Set(['bun', ...builtinModules]);

/** Tests and what only tests use may reach anything: they drive the whole. */
export function isTest(path: string): boolean {
  return /\.(test|fixture)\.[a-z]+$|(^|\/)testing(\/|\.ts$)/.test(path);
}

/** `packages/client` for a file below it; undefined outside the workspaces. */
function workspaceOf(path: string): string | undefined {
  return /^((?:packages|apps)\/[^/]+|bench|e2e)\//.exec(path)?.[1];
}

function layerOf(path: string): string | undefined {
  const workspace = workspaceOf(path);
  return workspace?.startsWith('apps/') ? 'apps' : workspace;
}

function sliceOf(path: string): string | undefined {
  return /^packages\/server\/src\/slices\/([^/]+)\//.exec(path)?.[1];
}

function isBuiltin(specifier: string): boolean {
  return /^(node|bun):/.test(specifier) || BUILTINS.has(specifier);
}

/** Where the parts are put together, and so where every part may be named. */
function isRoot(path: string): boolean {
  return path === `${SERVER}node.ts` || path === `${SERVER}main.ts`;
}

/** Test files are judged by none of these. */
export const RULES: readonly Rule[] = [
  {
    id: 'layers',
    instead: 'protocol ← client ← react ← widget ← apps, and protocol ← server: move what both need down',
    forbids: ({ from, to }) => {
      const [allowed, target] = [MAY_USE[layerOf(from) ?? ''], workspaceOf(to)];
      if (allowed === undefined || target === undefined || target === workspaceOf(from)) return false;
      return !allowed.includes(target);
    },
  },
  {
    id: 'by-name',
    instead: 'import another package by its name, so that its `exports` decide what is public',
    forbids: ({ from, to, specifier }) =>
      specifier.startsWith('.') && workspaceOf(to) !== undefined && workspaceOf(from) !== workspaceOf(to),
  },
  {
    id: 'portable',
    instead: 'this code runs in browsers and React Native: use a web standard, or take it as an argument',
    forbids: ({ from, specifier }) => PORTABLE.some((each) => from.startsWith(each)) && isBuiltin(specifier),
  },
  {
    id: 'slice-index',
    instead: "import the other slice's index.ts, or listen to its events",
    forbids: ({ from, to }) => {
      const [own, other] = [sliceOf(from), sliceOf(to)];
      if (own === undefined || other === undefined || own === other) return false;
      return to !== `${SERVER}slices/${other}/index.ts`;
    },
  },
  {
    id: 'gateway-on-top',
    instead:
      'the gateway calls the rest, never the other way: export a handler and let the gateway dispatch to it',
    forbids: ({ from, to }) =>
      from.startsWith(SERVER) &&
      to.startsWith(`${SERVER}gateway/`) &&
      !from.startsWith(`${SERVER}gateway/`) &&
      !isRoot(from),
  },
  {
    id: 'ports-first',
    instead: 'a port says what is needed; the adapter imports the port',
    forbids: ({ from, to }) => from.startsWith(`${SERVER}ports/`) && to.startsWith(`${SERVER}adapters/`),
  },
  {
    id: 'adapters-at-the-root',
    instead:
      'take the port as an argument; node.ts, main.ts, its commands or a chooser in adapters/ picks the adapter',
    forbids: ({ from, to }) =>
      from.startsWith(SERVER) &&
      to.startsWith(`${SERVER}adapters/`) &&
      !from.startsWith(`${SERVER}adapters/`) &&
      !from.startsWith(`${SERVER}ports/`) &&
      !from.startsWith(`${SERVER}cli/`) &&
      !isRoot(from),
  },
];

/** The one file that reads the environment, so that `inlay config` can print every option there is. */
export const ENV_READER = `${SERVER}config.ts`;

/** Whether a use of the environment is out of place here. Tests, examples, scripts and benches may. */
export function mayNotReadEnv(path: string): boolean {
  return /^packages\/[^/]+\/(src|bin)\//.test(path) && path !== ENV_READER && !isTest(path);
}
