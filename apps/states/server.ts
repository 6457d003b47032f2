/** Serves the page of states: `bun apps/states/server.ts [port]`. While it runs, a change of a source is seen at once. */
import page from './src/index.html';

const port = Number(process.argv[2] ?? 7410);
const server = Bun.serve({
  hostname: '127.0.0.1',
  port,
  routes: { '/': page },
  development: process.argv.includes('--once') ? false : { hmr: true },
});
console.log(`States of the kit: ${server.url}`);
