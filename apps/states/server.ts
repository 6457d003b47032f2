/** Serves the page of states: `bun apps/states/server.ts [port]`. While it runs, a change of a source is seen at once. */
import page from './src/index.html';

/** What stands for a person's photo: a disc on a ground of this hue. */
const picture = (hue: number): string => `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800">
  <rect width="100%" height="100%" fill="hsl(${hue},45%,62%)"/>
  <rect y="55%" width="100%" height="45%" fill="hsl(${hue + 40},40%,38%)"/>
  <circle cx="68%" cy="32%" r="12%" fill="hsl(${hue + 180},70%,85%)"/>
</svg>`;

const answer = (hue: number): Response =>
  new Response(picture(hue), { headers: { 'content-type': 'image/svg+xml' } });

const port = Number(process.argv[2] ?? 7410);
const server = Bun.serve({
  hostname: '127.0.0.1',
  port,
  routes: {
    '/': page,
    '/picture/:hue': ({ params }) => answer(Number(params.hue)),
    // The end of such a file's id is its hue.
    '/published/:file': ({ params }) => answer(Number(params.file.slice(-12))),
  },
  development: process.argv.includes('--once') ? false : { hmr: true },
});
console.log(`States of the kit: ${server.url}`);
