import type { Config } from '../config.ts';
import { startNode } from '../node.ts';
import { DEFAULT_APP, findApp } from '../slices/apps/index.ts';
import { packsOf } from '../slices/stickers/index.ts';
import { seedDemo } from './demo.ts';
import { CliError, print } from './output.ts';
import { settings } from './settings.ts';
import { INKY, publishFolder } from './stickers.ts';
import { announceDatabase } from './with-database.ts';

export interface StartOptions {
  demo?: boolean;
  port?: string;
  host?: string;
  data?: string;
}

/** What a person at a terminal opens next. The keys are printed once, at the first start. */
function welcome(node: Awaited<ReturnType<typeof startNode>>, ms: number): string {
  const lines = [
    '',
    `  Inlay is running (started in ${Math.round(ms)} ms)`,
    '',
    `  Messenger   ${node.url}/`,
    `  API         ${node.url}/docs`,
  ];
  if (node.firstStart !== undefined) {
    lines.push('', '  Keys of the app "default", shown this once; "inlay apps --secrets" shows them again:');
    lines.push(`  Secret      ${node.firstStart.secret}`);
  }
  lines.push('', '  A token to sign in with:   npx inlay token alice', '  Stop with Ctrl-C', '');
  return lines.join('\n');
}

/** One link for each demo person; all of them may be open side by side in one browser. */
async function demo(node: Awaited<ReturnType<typeof startNode>>, config: Config): Promise<string> {
  const app = await findApp(node.db, DEFAULT_APP);
  if (app === undefined) throw new CliError('There is no default app to show a demo in.');
  const packs = await packsOf(node.db, app.pk);
  if (packs.length === 0) await publishFolder(config, INKY, { app: DEFAULT_APP });
  const people = await seedDemo({ url: node.url, secret: app.secret, now: Date.now() });
  const lines = people.map(({ name, link }) => `  ${name}\n    ${link}`);
  return ['  Demo people; each link signs in as one of them:', '', ...lines, ''].join('\n');
}

/** Starts a node and serves until it is told to stop. */
export async function start(o: StartOptions): Promise<void> {
  const began = performance.now();
  const config = settings({ INLAY_PORT: o.port, INLAY_HOST: o.host, INLAY_DATA: o.data });
  const node = await startNode({ config });
  const withdraw = await announceDatabase(config.data, node.address);
  print(welcome(node, performance.now() - began));
  if (o.demo === true) print(await demo(node, config));
  const why = await new Promise<'signal' | string>((resolve) => {
    process.once('SIGINT', () => resolve('signal'));
    process.once('SIGTERM', () => resolve('signal'));
    void node.lost.then(resolve);
  });
  // A second signal ends the program at once: what was acknowledged is committed.
  process.once('SIGINT', () => process.exit(130));
  await withdraw();
  await node.stop();
  if (why !== 'signal') throw new CliError(why);
  process.exit(0);
}
