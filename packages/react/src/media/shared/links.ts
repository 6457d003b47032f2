import type { TimelineMessage } from '@inlay-im/client';
import type { FindLinks } from '../../text/links.ts';
import { segmentsOf } from '../../text/segments.ts';
import { textOf } from '../../text/written.ts';

/** A link that someone sent. */
export interface SentLink {
  readonly key: string;
  readonly href: string;
  /** Where it leads, in short: its host. */
  readonly host: string;
  readonly message: TimelineMessage;
}

const isWeb = (href: string): boolean => /^https?:/i.test(href);

/** The links to pages in messages, in the order of the messages, each once in a message. */
export function linksOf(
  messages: readonly TimelineMessage[],
  finder: FindLinks | undefined,
): readonly SentLink[] {
  return messages.flatMap((message) => {
    const links = segmentsOf(textOf(message), { links: finder }).flatMap((one) =>
      one.kind === 'link' && isWeb(one.href) && URL.canParse(one.href) ? [one.href] : [],
    );
    return [...new Set(links)].map((href) => ({
      key: `${message.key} ${href}`,
      href,
      host: new URL(href).host.replace(/^www\./, ''),
      message,
    }));
  });
}
