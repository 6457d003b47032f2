/** @inlay-im/protocol: everything that goes over the wire, as schemas and types. `./rules` is the part without schemas. */
export * from './entities/app.ts';
export * from './entities/common.ts';
export * from './entities/conversation.ts';
export * from './entities/gif.ts';
export * from './entities/media.ts';
export * from './entities/message.ts';
export * from './entities/sticker.ts';
export * from './entities/user.ts';
export * from './events/index.ts';
export * from './frames.ts';
export * from './operations/auth.ts';
export * from './operations/index.ts';
export * from './operations/session.ts';
export * from './rules/index.ts';
export * from './version.ts';
