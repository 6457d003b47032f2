import type { TimelineMessage } from '@inlay-im/client';
import { directId } from '@inlay-im/protocol/rules';
import { useMemo } from 'react';
import { useInlay } from '../context.ts';
import { CustomEmoji } from '../emoji/custom.tsx';
import { useMyId, useNames } from '../hooks/people.ts';
import { Media } from '../media/media-body.tsx';
import { useNavigation } from '../navigation.ts';
import type { MessageBodyProps } from '../parts.ts';
import { StickerImage } from '../stickers/sticker-image.tsx';
import { useLinks } from '../text/links.ts';
import { writtenTo } from '../text/media.ts';
import { emojisAlone, segmentsOf } from '../text/segments.ts';

/** A text with its links and mentions. Nothing of it is ever taken for markup. */
function Rich({ text, mentions }: { text: string; mentions: TimelineMessage['mentions'] }) {
  const me = useMyId();
  const { open } = useNavigation();
  const names = useNames(mentions);
  const links = useLinks(text);
  const segments = useMemo(
    () => segmentsOf(text, { names: new Map(mentions.map((user, i) => [user, names[i] ?? user])), links }),
    [text, mentions, names, links],
  );
  return segments.map((segment, i) => {
    // A text never changes in part, so that places stand for its stretches.
    const key = `${i}`;
    if (segment.kind === 'text') return segment.text;
    if (segment.kind === 'emoji')
      return <CustomEmoji key={key} emoji={segment.text} large={segments.length === 1} />;
    if (segment.kind === 'link')
      return (
        <a key={key} href={segment.href} target="_blank" rel="noopener noreferrer nofollow">
          {segment.text}
        </a>
      );
    return (
      <button
        type="button"
        key={key}
        className={`inlay-mention${segment.user === me ? ' me' : ''}`}
        onClick={() => open(directId(me, segment.user))}
      >
        {segment.text}
      </button>
    );
  });
}

function PlainBody({ message, text }: MessageBodyProps) {
  const { body, mentions } = message;
  const large = body?.kind === 'text' ? emojisAlone(text) : 0;
  if (body?.kind === 'media')
    return (
      <>
        <Media message={message} body={body} />
        <Rich text={writtenTo(body)} mentions={mentions} />
      </>
    );
  if (body?.kind === 'sticker') return <StickerImage message={message} body={body} />;
  if (body?.kind !== 'text') return text;
  if (large > 0) return <span className={`inlay-emojis n${Math.min(large, 3)}`}>{text}</span>;
  return <Rich text={text} mentions={mentions} />;
}

/** What stands in a bubble. The app may put its own in its place, above all for custom messages. */
export function MessageBody(props: MessageBodyProps) {
  const { MessageBody: Own = PlainBody } = useInlay().parts;
  return <Own {...props} />;
}
