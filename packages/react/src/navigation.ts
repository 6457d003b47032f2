import { createContext, useContext } from 'react';

/** What the messenger shows: a conversation, and a page beside or over it. */
export interface Place {
  readonly conversation?: string;
  /** `details`: of the open conversation. `me`: my profile and settings. `new`: beginning a conversation. */
  readonly page?: 'details' | 'me' | 'new';
}

export interface Navigation {
  readonly place: Place;
  /** Opens a conversation, at a message if one is named. */
  open(conversation: string, n?: number): void;
  /** Opens a page, or with undefined closes the one that is open. */
  show(page: Place['page']): void;
  /** From a conversation back to the list. */
  back(): void;
  /** Opens the search for conversations and people; absent where there is none. */
  switcher?(): void;
}

export const NavigationContext = createContext<Navigation | undefined>(undefined);

const NOWHERE: Navigation = { place: {}, open: () => {}, show: () => {}, back: () => {} };

/** Where the person is in the messenger, and the ways elsewhere. Parts that stand alone go nowhere. */
export const useNavigation = (): Navigation => useContext(NavigationContext) ?? NOWHERE;
