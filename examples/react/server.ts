/**
 * The backend of an app that has its people already: it serves the app's page and says, by a token, who is signed in.
 *
 * `?as=ann` stands for a sign-in of the app's own.
 */
import { signToken } from '@inlay-im/token';
import page from './index.html';

const { CHAT_URL = 'http://127.0.0.1:7400', CHAT_SECRET = '', PORT = '3000' } = process.env;
if (CHAT_SECRET === '') throw new Error('set CHAT_SECRET to what `npx inlay apps --secrets` prints');

const NAMES = new Map([
  ['ann', 'Ann Lee'],
  ['bob', 'Bob Stone'],
]);

async function chatToken(request: Request): Promise<Response> {
  const id = new Bun.CookieMap(request.headers.get('cookie') ?? '').get('person');
  if (!id) return new Response('Nobody is signed in.', { status: 401 });
  return new Response(await signToken({ user: { id, name: NAMES.get(id) ?? id }, secret: CHAT_SECRET }));
}

/** Signs in and goes to the page. */
function signIn(request: Request): Response {
  const as = new URL(request.url).searchParams.get('as') ?? '';
  const cookie = `person=${encodeURIComponent(as)}; HttpOnly; SameSite=Strict`;
  return new Response(null, { status: 303, headers: { Location: '/', 'Set-Cookie': cookie } });
}

const server = Bun.serve({
  port: Number(PORT),
  development: false,
  routes: {
    '/': page,
    '/sign-in': signIn,
    '/chat-token': { POST: chatToken },
    '/chat-url': new Response(CHAT_URL),
  },
});
console.log(
  `Open ${server.url}sign-in?as=ann, and ${server.url}sign-in?as=bob in another browser or a private window.`,
);
