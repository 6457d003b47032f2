import { button, make, outline } from '../dom.ts';
import type { Texts } from '../texts.ts';

const BUBBLE =
  'M12 4c-5 0-9 3.200-9 7.300 0 2.300 1.300 4.400 3.300 5.700L5.500 20.500l4-2.200c.8.200 1.600.300 2.500.300 5 0 9-3.200 9-7.300S17 4 12 4z';
const DOWN = 'M5 9l7 7 7-7';
const CROSS = 'M6 6l12 12M18 6L6 18';

/** What stands in the launcher's shadow. */
export interface Elements {
  readonly root: HTMLElement;
  readonly launcher: HTMLButtonElement;
  readonly badge: HTMLElement;
  readonly panel: HTMLDialogElement;
  readonly close: HTMLButtonElement;
}

/** `content`: what the panel holds. */
export function makeElements(content: HTMLElement): Elements {
  const badge = make('span', 'badge');
  const launcher = button('launcher', outline('bubble', BUBBLE), outline('down', DOWN), badge);
  const close = button('close', outline('cross', CROSS));
  const panel = make('dialog', 'panel', close, content);
  panel.tabIndex = -1;
  launcher.setAttribute('aria-haspopup', 'dialog');
  return { root: make('div', 'root', panel, launcher), launcher, badge, panel, close };
}

/** Puts texts into all that has some. */
export function label(elements: Elements, { locale, t }: Texts, unread: number, isOpen: boolean): void {
  const { root, launcher, panel, close, badge } = elements;
  const action = t(isOpen ? 'widget.close' : 'widget.open');
  const name = unread > 0 && !isOpen ? `${action}, ${t('list.unread', { count: unread })}` : action;
  root.lang = locale;
  launcher.setAttribute('aria-label', name);
  launcher.setAttribute('aria-expanded', String(isOpen));
  launcher.title = action;
  panel.setAttribute('aria-label', t('widget.label'));
  close.setAttribute('aria-label', t('widget.close'));
  close.title = t('widget.close');
  badge.textContent = unread > 99 ? '99+' : String(unread);
  badge.hidden = unread === 0 || isOpen;
}
