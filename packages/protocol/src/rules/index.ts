/** What server and client decide alike, free of schemas, so that a client stays small. */
export * from '../errors.ts';
export { LIMITS } from '../limits.ts';
export { PROTOCOL_VERSION } from '../version.ts';
export * from './avatars.ts';
export * from './ids.ts';
export * from './permissions.ts';
export * from './published.ts';
export * from './unread.ts';
