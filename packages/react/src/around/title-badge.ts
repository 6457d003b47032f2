import type { Client, Unread } from '@inlay-im/client';
import { useEffect } from 'react';
import { useInlay } from '../context.ts';

/** The icon is drawn at this many pixels, which browsers make smaller. */
const SIZE = 64;
const MOST = 99;
const COLOUR = '#c4221a';
const ON_COLOUR = '#ffffff';
const MARK = /^\(\d+\+?\) /;

const shortened = (count: number): string => (count > MOST ? `${MOST}+` : String(count));

/** A page's title with how much is unread before it, in place of what stood there. */
export function titleWith(title: string, unread: number): string {
  const bare = title.replace(MARK, '');
  return unread > 0 ? `(${unread > 999 ? '999+' : unread}) ${bare}` : bare;
}

/** What stands on the icon: a count, a dot for what was only marked as unread, or nothing. */
export function badgeOf({ messages, conversations }: Unread): string | undefined {
  if (messages > 0) return shortened(messages);
  return conversations > 0 ? '' : undefined;
}

function load(href: string): Promise<HTMLImageElement | undefined> {
  return new Promise((resolve) => {
    const image = new Image(SIZE, SIZE);
    image.onload = () => resolve(image);
    image.onerror = () => resolve(undefined);
    image.src = href;
  });
}

function drawBadge(pen: CanvasRenderingContext2D, badge: string): void {
  const height = badge === '' ? SIZE * 0.4 : SIZE * 0.56;
  pen.font = `700 ${Math.round(height * 0.82)}px system-ui, sans-serif`;
  const width = badge === '' ? height : Math.min(SIZE, Math.max(height, pen.measureText(badge).width + 12));
  pen.fillStyle = COLOUR;
  pen.beginPath();
  pen.roundRect(SIZE - width, SIZE - height, width, height, height / 2);
  pen.fill();
  pen.fillStyle = ON_COLOUR;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(badge, SIZE - width / 2, SIZE - height / 2 + 2, width - 6);
}

/** The page's icon with a badge, as a data URL; the badge alone where the icon may not be read or is none. */
async function drawn(href: string | undefined, badge: string): Promise<string | undefined> {
  const image = href === undefined ? undefined : await load(href);
  const draw = (icon: HTMLImageElement | undefined) => {
    const canvas = document.createElement('canvas');
    canvas.width = SIZE;
    canvas.height = SIZE;
    const pen = canvas.getContext('2d');
    if (pen === null) return undefined;
    if (icon) pen.drawImage(icon, 0, 0, SIZE, SIZE);
    drawBadge(pen, badge);
    return canvas.toDataURL('image/png');
  };
  try {
    return draw(image);
  } catch {
    // Another origin's icon may be drawn, but not read again.
    return draw(undefined);
  }
}

interface Icon {
  readonly link: HTMLLinkElement;
  readonly href: string | null;
  readonly type: string | null;
}

const setOrRemove = (link: HTMLLinkElement, name: string, value: string | null): void =>
  value === null ? link.removeAttribute(name) : link.setAttribute(name, value);

/** The page's icons, which carry a badge and are given back as they were. A page without an icon gets one meanwhile. */
class Icons {
  #icons: readonly Icon[] | undefined;
  #added: HTMLLinkElement | undefined;
  #turn = 0;

  async show(badge: string | undefined): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    if (badge === undefined) return this.restore();
    const icons = this.#taken();
    const url = await drawn(icons[0]?.href == null ? undefined : this.#resolve(icons[0].href), badge);
    if (url === undefined || turn !== this.#turn) return;
    for (const { link } of icons) {
      link.type = 'image/png';
      link.href = url;
    }
  }

  restore(): void {
    this.#turn += 1;
    for (const { link, href, type } of this.#icons ?? []) {
      setOrRemove(link, 'href', href);
      setOrRemove(link, 'type', type);
    }
    this.#added?.remove();
    this.#icons = undefined;
    this.#added = undefined;
  }

  #resolve(href: string): string {
    return new URL(href, document.baseURI).href;
  }

  #taken(): readonly Icon[] {
    if (this.#icons) return this.#icons;
    const found = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')];
    const links = found.length > 0 ? found : [this.#add()];
    this.#icons = links.map((link) => ({
      link,
      href: link.getAttribute('href'),
      type: link.getAttribute('type'),
    }));
    return this.#icons;
  }

  #add(): HTMLLinkElement {
    const link = document.createElement('link');
    link.rel = 'icon';
    document.head.append(link);
    this.#added = link;
    return link;
  }
}

/** The badge on the icon of an installed app. https://www.w3.org/TR/badging/ */
function badgeApp({ messages, conversations }: Unread): void {
  const { navigator } = globalThis as { navigator: Partial<Navigator> };
  const done =
    messages > 0
      ? navigator.setAppBadge?.(messages)
      : conversations > 0
        ? navigator.setAppBadge?.()
        : navigator.clearAppBadge?.();
  done?.catch(() => {});
}

const NOTHING: Unread = { messages: 0, conversations: 0, mutedMessages: 0 };

function follow(client: Client): () => void {
  const icons = new Icons();
  let shown: string | undefined;
  const show = (unread: Unread) => {
    const title = titleWith(document.title, unread.messages);
    if (title !== document.title) document.title = title;
    const badge = badgeOf(unread);
    if (badge === shown) return;
    shown = badge;
    void icons.show(badge);
    badgeApp(unread);
  };
  const look = () => show(client.conversations.get().unread);
  look();
  const stop = client.conversations.subscribe(look);
  return () => {
    stop();
    show(NOTHING);
  };
}

/** Shows in the page's title, on its icon and on that of the installed app how much is unread; gives all back. */
export function useTitleBadge(on: boolean): void {
  const { client } = useInlay();
  useEffect(() => (on ? follow(client) : undefined), [client, on]);
}
