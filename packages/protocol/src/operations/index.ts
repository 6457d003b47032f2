import type { z } from 'zod';
import { appOperations } from './apps.ts';
import { authOperations } from './auth.ts';
import { conversationOperations } from './conversations.ts';
import { emojiOperations } from './emoji.ts';
import { fileOperations } from './files.ts';
import { gifOperations } from './gifs.ts';
import { messageOperations } from './messages.ts';
import { sessionOperations } from './session.ts';
import { stickerOperations } from './stickers.ts';
import { userOperations } from './users.ts';

export { type Access, type Operation, SCOPES, type Scope } from './operation.ts';

/** Every operation of the wire by name: the one source of names, shapes and access. */
export const OPERATIONS = {
  ...sessionOperations,
  ...authOperations,
  ...appOperations,
  ...userOperations,
  ...conversationOperations,
  ...messageOperations,
  ...fileOperations,
  ...emojiOperations,
  ...stickerOperations,
  ...gifOperations,
} as const;

export type OperationName = keyof typeof OPERATIONS;
/** What a caller may write: fields with defaults are optional. */
export type Request<N extends OperationName> = z.input<(typeof OPERATIONS)[N]['input']>;
/** What a handler gets: validated, defaults filled in. */
export type Input<N extends OperationName> = z.output<(typeof OPERATIONS)[N]['input']>;
export type Output<N extends OperationName> = z.output<(typeof OPERATIONS)[N]['output']>;
