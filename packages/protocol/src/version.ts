/**
 * The version of the wire: names and shapes of operations, events, entities and errors, and their ordering rules.
 * A client says its version in `session.open`; a node serves every version from OLDEST_VERSION on.
 *
 * History, one line a version, append only:
 * 1: operations, events and entities of the foundation.
 * 2: a conversation tells which unread messages mention me.
 * 3: files, and messages that carry them; what is mine of a message says whether I played it.
 */
export const PROTOCOL_VERSION = 3;

/** The oldest version that a node still serves. 1: nothing older exists. */
export const OLDEST_VERSION = 1;
