// Plain JavaScript with types in comments, so that a backend runs it as it is.
import { SignJWT } from 'jose';

/** A user id, as the node takes it: 1 to 64 characters. */
const USER_ID = /^[\w.:@|+=~-]{1,64}$/;
const LONGEST = 24 * 3600;

/**
 * @typedef {object} Person
 * @property {string} id your own id for them, 1 to 64 letters, digits and `. _ : @ | + = ~ -`
 * @property {string | undefined} [name] up to 100 characters; what is absent stays as it is
 * @property {string | undefined} [avatar] the http(s) address of a picture
 */

/** @param {string} field @param {string} expected @returns {never} */
function wrong(field, expected) {
  throw new TypeError(`signToken: ${field}: expected ${expected}`);
}

/** @param {unknown} secret */
function checkSecret(secret) {
  if (typeof secret !== 'string' || secret === '')
    wrong('secret', 'the secret of your app, as `inlay apps --secrets` prints it');
}

/** @param {unknown} expiresIn */
function checkExpiry(expiresIn) {
  if (typeof expiresIn !== 'number' || !(expiresIn >= 1 && expiresIn <= LONGEST))
    wrong('expiresIn', `1 to ${LONGEST} seconds, which is 24 hours`);
}

/** @param {Person} person */
function checkPerson({ id, name, avatar }) {
  if (typeof id !== 'string' || !USER_ID.test(id))
    wrong('user', '1 to 64 letters, digits and . _ : @ | + = ~ -');
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '' || name.length > 100))
    wrong('user.name', '1 to 100 characters');
  if (avatar !== undefined && !/^https?:\/\//.test(avatar)) wrong('user.avatar', 'an http(s) address');
}

/**
 * Signs the token with which a person of your app signs in to Inlay: a JWT (RFC 7519) with HS256. For your backend
 * alone: whoever has the secret can be anyone.
 *
 * @param {object} options
 * @param {string | Person} options.user who signs in: their id, or id, name and picture
 * @param {string} options.secret the secret of your app
 * @param {number} [options.expiresIn] seconds for which it may be used to sign in, 24 hours at most; 300 by default
 * @returns {Promise<string>}
 * @throws {TypeError} naming what is wrong and what was expected
 */
export async function signToken({ user, secret, expiresIn = 300 }) {
  if ('document' in globalThis && 'window' in globalThis)
    throw new TypeError('signToken: this is a page: expected a backend, as the secret has no place here');
  const { id, name, avatar } = typeof user === 'string' ? { id: user } : (user ?? {});
  checkPerson({ id, name, avatar });
  checkSecret(secret);
  checkExpiry(expiresIn);
  return await new SignJWT({ name, avatar })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + Math.floor(expiresIn))
    .sign(new TextEncoder().encode(secret));
}
