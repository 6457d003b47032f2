export { useInlay } from '../context.ts';
export { useClient, useConnection, useSettings } from './client.ts';
export { type Composer, useComposer } from './composer.ts';
export {
  peerOf,
  useConversation,
  useConversations,
  useTitle,
  useTyping,
  useUnread,
} from './conversations.ts';
export { useMembers } from './members.ts';
export { nameOf, useMe, useMyId, useNames, usePresence, useUser } from './people.ts';
export { useStore } from './store.ts';
export { useMessage, useTimeline } from './timeline.ts';
