import type { Client } from '@inlay-im/client';
import { createContext, type ReactNode, useContext } from 'react';
import type { Language, Translate } from './i18n/index.ts';
import type { Parts } from './parts.ts';
import type { SettingsStore } from './settings.ts';

/** One thing to do, in a menu. */
export interface MenuItem {
  readonly label: string;
  /** A name of `Icon`. */
  readonly icon?: string;
  readonly danger?: boolean;
  /** Shown as chosen. */
  readonly checked?: boolean;
  run(): void;
}

export interface MenuRequest {
  readonly label: string;
  /** What the menu opens at: an element, or a place on the page in pixels. */
  readonly at: Element | { readonly x: number; readonly y: number };
  readonly items: readonly (MenuItem | false | undefined)[];
  /** A row of buttons above the items, for emojis; pressing one closes the menu. */
  readonly quick?: readonly {
    readonly label: string;
    readonly text: string;
    readonly on: boolean;
    run(): void;
  }[];
}

export interface ToastRequest {
  readonly text: string;
  readonly kind?: 'plain' | 'error';
  /** Stays until it is closed or its action is pressed. */
  readonly lasting?: boolean;
  readonly action?: { readonly label: string; run(): void };
}

export interface ConfirmRequest {
  readonly title: string;
  readonly text: string;
  /** The word on the button that does it. */
  readonly confirm: string;
  readonly danger?: boolean;
}

/** What every part of the kit finds around it. */
export interface Kit {
  readonly client: Client;
  readonly t: Translate;
  readonly locale: string;
  readonly languages: Readonly<Record<string, Language>>;
  readonly settings: SettingsStore;
  readonly parts: Partial<Parts>;
  openMenu(menu: MenuRequest): void;
  toast(toast: ToastRequest): void;
  /** Asks the person; false when they close the question. */
  confirm(question: ConfirmRequest): Promise<boolean>;
  /** Shows something over everything else, until it closes itself. */
  present(overlay: (close: () => void) => ReactNode): void;
  /** Waits for a task and says so where it failed. Gives whether it succeeded. */
  attempt(task: Promise<unknown>): Promise<boolean>;
}

export const KitContext = createContext<Kit | undefined>(undefined);

/** The kit around this component. Fails outside of `<Inlay>`. */
export function useInlay(): Kit {
  const kit = useContext(KitContext);
  if (kit === undefined) throw new Error('Inlay: this component must stand within <Inlay>');
  return kit;
}
