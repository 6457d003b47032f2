import { SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.CHAT_SECRET);

/** For a person who is signed in with you; `avatar` is an https address. */
export function chatToken({ id, name, avatar }) {
  return new SignJWT({ name, avatar })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(id)
    .setExpirationTime('5 minutes')
    .sign(secret);
}
