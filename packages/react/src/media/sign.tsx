import type { Message } from '@inlay-im/protocol';
import { useInlay } from '../context.ts';
import { Icon } from '../primitives/icon.tsx';
import { mediaLabel, mediaWords, signOf } from '../text/media.ts';

/** What a message carries as a small icon before its line; it is named where the line does not say it. */
export function Sign({ body }: { body: Message['body'] | undefined }) {
  const { t } = useInlay();
  if (body?.kind !== 'media') return null;
  const said = mediaWords(body) === '';
  return (
    <span className="inlay-sign" {...(said ? {} : { role: 'img', 'aria-label': mediaLabel(t, body) })}>
      <Icon name={signOf(body)} />
    </span>
  );
}
