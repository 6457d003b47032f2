/**
 * The backend of an app that has its people already: it serves the app's page and says, by a token, who is signed in.
 *
 * `?as=ann` stands for a sign-in of the app's own.
 */
import { signToken } from '@inlay-im/token';

const { CHAT_URL = 'http://127.0.0.1:7400', CHAT_SECRET = '', PORT = '3000' } = process.env;
if (CHAT_SECRET === '') throw new Error('set CHAT_SECRET to what `npx inlay apps --secrets` prints');

const NAMES = new Map([
  ['ann', 'Ann Lee'],
  ['bob', 'Bob Stone'],
]);

const signedIn = (request: Request): string | undefined =>
  new Bun.CookieMap(request.headers.get('cookie') ?? '').get('person') ?? undefined;

async function chatToken(request: Request): Promise<Response> {
  const id = signedIn(request);
  if (id === undefined) return new Response('Nobody is signed in.', { status: 401 });
  return new Response(await signToken({ user: { id, name: NAMES.get(id) ?? id }, secret: CHAT_SECRET }));
}

async function page(request: Request): Promise<Response> {
  const html = await Bun.file(new URL('index.html', import.meta.url)).text();
  const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' });
  const as = new URL(request.url).searchParams.get('as');
  if (as !== null) headers.set('Set-Cookie', `person=${encodeURIComponent(as)}; HttpOnly; SameSite=Strict`);
  return new Response(html.replaceAll('CHAT_URL', CHAT_URL), { headers });
}

const server = Bun.serve({
  port: Number(PORT),
  routes: {
    '/': page,
    '/chat-token': { POST: chatToken },
  },
});
console.log(`Open ${server.url}?as=ann, and ${server.url}?as=bob in another browser or a private window.`);
