import { later } from './primitives/later.tsx';

/** The page of a conversation: its members and settings. Loaded when it is first shown. */
export const ConversationDetails = later(
  async () => (await import('./details/conversation-details.tsx')).ConversationDetails,
);

/** Choosing whom to begin a conversation with. Loaded when it is first shown. */
export const NewConversation = later(
  async () => (await import('./new/new-conversation.tsx')).NewConversation,
);

/** My profile and settings. Loaded when it is first shown. */
export const MePage = later(async () => (await import('./me/me-page.tsx')).MePage);

/** The search for conversations and people. Loaded when it is first shown. */
export const QuickSwitcher = later(async () => (await import('./switcher/quick-switcher.tsx')).QuickSwitcher);
