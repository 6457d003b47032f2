import { useInlay } from '../../context.ts';
import { nameOf, useMyId, useUser } from '../../hooks/people.ts';
import { Avatar } from '../../primitives/avatar.tsx';
import { RoundButton } from '../../primitives/button.tsx';
import { Icon } from '../../primitives/icon.tsx';
import { clock, day } from '../../text/format.ts';
import { itemLabel, writtenTo } from '../../text/media.ts';
import { asDownload } from '../file-row.tsx';
import { useJump } from '../jump.ts';
import { useAddress } from '../source.ts';
import type { Shown } from './items.ts';

export interface ToolsProps {
  readonly shown: Shown;
  /** Its place among all; undefined while they are not all known. */
  readonly position: { readonly at: number; readonly count: number } | undefined;
  onZoom(way: 'in' | 'out'): void;
  onRotate(): void;
  onClose(): void;
}

function Download({ shown }: { shown: Shown }) {
  const { t, client } = useInlay();
  const { message, item } = shown;
  const { file, name } = item;
  const address = useAddress({ conversation: message.conversation, file, sent: message.n !== null });
  const url = address ? asDownload(address.url) : client.files.local(file);
  if (url == null) return null;
  const label = t('media.download', { name });
  return (
    <a className="inlay-round" href={url} download={name} aria-label={label} title={label}>
      <Icon name="download" />
    </a>
  );
}

/** Who sent it and when, its place among the others, and what can be done with it. */
export function Tools({ shown, position, onZoom, onRotate, onClose }: ToolsProps) {
  const { t, locale } = useInlay();
  const me = useMyId();
  const jump = useJump();
  const { message, item } = shown;
  const { sender, at, n, conversation } = message;
  const user = useUser(sender);
  const name = sender === me ? t('timeline.you') : nameOf(user, sender ?? '');
  const time = `${day(locale, at, Date.now())} ${clock(locale, at)}`;
  const place = position && t('gallery.position', position);
  const said = t('gallery.shown', { media: itemLabel(t, item), name, time });
  return (
    <header>
      <Avatar id={sender ?? ''} name={name} picture={user?.avatar} size="s" />
      <div className="who">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <small>
          {place !== undefined && `${place} · `}
          {time}
        </small>
      </div>
      <p className="inlay-unseen" role="status">
        {place === undefined ? said : `${said}, ${place}`}
      </p>
      {item.kind === 'image' && (
        <>
          <RoundButton
            icon="zoomOut"
            className="fine"
            label={t('gallery.zoomOut')}
            onClick={() => onZoom('out')}
          />
          <RoundButton
            icon="zoomIn"
            className="fine"
            label={t('gallery.zoomIn')}
            onClick={() => onZoom('in')}
          />
          <RoundButton icon="rotate" label={t('gallery.rotate')} onClick={onRotate} />
        </>
      )}
      <Download shown={shown} />
      {n !== null && (
        <RoundButton
          icon="chat"
          label={t('gallery.jump')}
          onClick={(event) => {
            const from = event.currentTarget;
            onClose();
            jump(conversation, n, from);
          }}
        />
      )}
      <RoundButton icon="close" label={t('app.close')} onClick={onClose} />
    </header>
  );
}

/** What was written to it. */
export function Caption({ shown }: { shown: Shown }) {
  const { item, message } = shown;
  const text = item.caption ?? (message.body?.kind === 'media' ? writtenTo(message.body) : '');
  if (text === '') return null;
  return (
    <footer>
      <p dir="auto">{text}</p>
    </footer>
  );
}
