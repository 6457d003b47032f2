import { basename, resolve } from 'node:path';

/** A file as browsers ask for it. */
export interface BundledFile {
  /** Absolute, as in `/widget/widget-1a2b3c4d.js`; the page itself is `/`. */
  readonly path: string;
  /** What it is sent as, in `Content-Type`. */
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Whether the path names the content by a hash, so that a copy never gets old. */
  readonly forever: boolean;
}

export interface Bundle {
  readonly outputs: readonly Bun.BuildArtifact[];
  /** The file of the entry's script, or of its style sheet where it has none. */
  readonly entry: Bun.BuildArtifact;
  /**
   * Names of the files that are loaded once the entry is: itself, what is imported statically, and of what is imported
   * dynamically that which `follows` says yes to. It is asked with the path of the imported source.
   */
  loaded(follows: (source: string) => boolean): ReadonlySet<string>;
  /** Paths of the sources that went into files of these names. */
  sources(names: ReadonlySet<string>): string[];
}

interface Mistake {
  readonly message: string;
  readonly position?: { readonly file: string; readonly line: number } | null;
}

function inWords(thrown: unknown): string {
  const mistakes: readonly Mistake[] = thrown instanceof AggregateError ? thrown.errors : [thrown as Mistake];
  const each = ({ message, position }: Mistake) =>
    position ? `${position.file}:${position.line} ${message}` : message;
  return mistakes.map(each).join('; ');
}

type Metafile = NonNullable<Bun.BuildOutput['metafile']>;

function loadedFrom(metafile: Metafile, entry: string, follows: (source: string) => boolean): Set<string> {
  const names = new Set<string>();
  const add = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const { path, kind } of metafile.outputs[`./${name}`]?.imports ?? []) {
      const source = metafile.outputs[path]?.entryPoint;
      const isDynamic = kind === 'dynamic-import';
      if (!isDynamic || (source !== undefined && follows(source))) add(basename(path));
    }
  };
  add(entry);
  return names;
}

function sourcesOf(metafile: Metafile, names: ReadonlySet<string>): string[] {
  const outputs = Object.entries(metafile.outputs).filter(([path]) => names.has(basename(path)));
  return [...new Set(outputs.flatMap(([, { inputs }]) => Object.keys(inputs)))].map((path) => resolve(path));
}

/**
 * Bundles for browsers as it is to be served: minified, for production, what is imported dynamically in files of its
 * own. Throws an error that names each mistake with its file and line.
 */
export async function build(config: Bun.BuildConfig): Promise<Bundle> {
  const made = await Bun.build({
    target: 'browser',
    minify: true,
    splitting: config.format !== 'iife',
    sourcemap: 'none',
    metafile: true,
    ...config,
    define: { 'process.env.NODE_ENV': '"production"', ...config.define },
  }).catch((thrown: unknown) => {
    throw new Error(inWords(thrown), { cause: thrown });
  });
  const { outputs, metafile } = made;
  const isEntry = ({ kind, type }: Bun.BuildArtifact): boolean =>
    kind === 'entry-point' && type.startsWith('text/javascript');
  const entry = outputs.find(isEntry) ?? outputs[0];
  if (entry === undefined || metafile === undefined) throw new Error('nothing was bundled');
  return {
    outputs,
    entry,
    loaded: (follows) => loadedFrom(metafile, basename(entry.path), follows),
    sources: (names) => sourcesOf(metafile, names),
  };
}

/** The one file of a script without chunks, as text. */
export async function buildText(config: Bun.BuildConfig): Promise<string> {
  const { entry } = await build({ splitting: false, ...config });
  return await entry.text();
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** An output below `folder`, which ends with a slash. */
export async function hashed(output: Bun.BuildArtifact, folder: string): Promise<BundledFile> {
  const type = output.type.startsWith('text/javascript') ? JAVASCRIPT : output.type;
  const body = new Uint8Array(await output.arrayBuffer());
  return { path: folder + basename(output.path), type, body, forever: true };
}

/** A script whose name stays. */
export function script(path: string, code: string): BundledFile {
  return { path, type: JAVASCRIPT, body: new TextEncoder().encode(code), forever: false };
}
