/** @inlay-im/react: a finished messenger, its parts, and the hooks that they are made of. Start with `<Inlay>`. */
export { useAnnounce } from './around/announce.tsx';
export {
  type NotificationWorker,
  notificationPermission,
  notifyThrough,
  requestNotifications,
} from './around/notifications.ts';
export { Composer } from './composer/composer.tsx';
export type { ConnectionProps } from './connection.ts';
export type { ConfirmRequest, Kit, MenuItem, MenuRequest, ToastRequest } from './context.ts';
export { Conversation } from './conversation/conversation.tsx';
export * from './hooks/index.ts';
export { type Catalogue, type Key, LANGUAGES, type Language, type Translate } from './i18n/index.ts';
export { Inlay, type InlayProps } from './inlay.tsx';
export { ConversationList } from './list/conversation-list.tsx';
export { Messenger, type MessengerProps } from './messenger.tsx';
export { type Navigation, type Place, useNavigation } from './navigation.ts';
export { ConversationDetails, MePage, NewConversation, QuickSwitcher } from './pages.ts';
export type {
  AvatarProps,
  ConversationPartProps,
  ConversationRowProps,
  MessageBodyProps,
  Parts,
} from './parts.ts';
export { Avatar } from './primitives/avatar.tsx';
export type { Settings, TextSize, Theme } from './settings.ts';
export { SignIn } from './sign-in/sign-in.tsx';
export { Timeline } from './timeline/timeline.tsx';
