import type { ConversationView, TimelineMessage } from '@inlay-im/client';
import type { PresenceState } from '@inlay-im/protocol';
import type { ComponentType } from 'react';

/** A person's or a conversation's picture; initials on a colour of their own where there is none. */
export interface AvatarProps {
  /** Chooses the colour: a user or conversation id. */
  readonly id: string;
  readonly name: string;
  readonly picture?: string | null | undefined;
  readonly presence?: PresenceState | undefined;
  readonly size?: 's' | 'm' | 'l' | 'xl';
  /** A group or channel is drawn with rounded corners rather than as a circle. */
  readonly square?: boolean;
}

/** What stands in a bubble. */
export interface MessageBodyProps {
  readonly message: TimelineMessage;
  /** Its text in the person's language: of a custom message the fallback. */
  readonly text: string;
  readonly own: boolean;
}

export interface ConversationRowProps {
  readonly conversation: ConversationView;
  /** Whether it is the one that is open. */
  readonly current: boolean;
  /** Of the other person in a direct conversation. */
  readonly presence: PresenceState | undefined;
}

/** Parts that stand for one conversation take its id; `useConversation` gives the rest. */
export interface ConversationPartProps {
  readonly id: string;
}

/** The parts that an app may replace by its own, through `<Inlay components={…}>`. */
export interface Parts {
  readonly Avatar: ComponentType<AvatarProps>;
  readonly MessageBody: ComponentType<MessageBodyProps>;
  readonly ConversationRow: ComponentType<ConversationRowProps>;
  readonly ConversationHead: ComponentType<ConversationPartProps>;
  readonly Composer: ComponentType<ConversationPartProps>;
  readonly ConversationDetails: ComponentType<ConversationPartProps>;
  /** Shown in a conversation without messages. */
  readonly EmptyTimeline: ComponentType<ConversationPartProps>;
  /** Shown beside the list while no conversation is open. */
  readonly NothingOpen: ComponentType;
}
