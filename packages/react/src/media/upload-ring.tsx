import type { TimelineMessage, UploadView } from '@inlay-im/client';
import type { Attachment } from '@inlay-im/protocol';
import type { ChangeEvent } from 'react';
import { useInlay } from '../context.ts';
import { Icon } from '../primitives/icon.tsx';
import { itemLabel } from '../text/media.ts';

/** How far a file of a message is that was not sent yet; undefined once it was, or where it has no bytes to bring. */
export const uploadOf = ({ uploads }: TimelineMessage, file: string): UploadView | undefined =>
  uploads?.find((one) => one.file === file);

export interface UploadRingProps {
  readonly message: TimelineMessage;
  readonly item: Attachment;
  readonly upload: UploadView;
}

const ACCEPT = { image: 'image/*', video: 'video/*', voice: 'audio/*', file: undefined } as const;

/** The file is not on this device any more: another look for it, or another one in its place. */
function ChooseAgain({ message, item }: Omit<UploadRingProps, 'upload'>) {
  const { t, client } = useInlay();
  const { kind, name } = item;
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const blob = event.currentTarget.files?.[0];
    if (blob === undefined) return;
    const handle = client.conversation(message.conversation);
    handle.chooseAgain(message.key, item.file, { blob, kind, name: blob.name });
  };
  return (
    <label className="inlay-ring again" title={t('media.chooseAgain', { name })}>
      <Icon name="plus" />
      <input
        type="file"
        className="inlay-unseen"
        accept={ACCEPT[kind]}
        aria-label={t('media.chooseAgain', { name })}
        onChange={choose}
      />
    </label>
  );
}

/** What pressing it does, by how far the file is. */
function useDeed({ message, item, upload }: UploadRingProps) {
  const { t, client } = useInlay();
  const handle = client.conversation(message.conversation);
  const { key } = message;
  if (upload.state === 'paused')
    return { icon: 'up', label: t('media.resume'), run: () => handle.resumeUpload(key) };
  if (upload.state === 'failed')
    return { icon: 'undo', label: t('timeline.retry'), run: () => handle.retry(key) };
  return { icon: 'close', label: t('media.stop'), run: () => handle.discardFile(key, item.file) };
}

/** How far a file of mine is, as a ring around what can be done about it. */
export function UploadRing(props: UploadRingProps) {
  const { t } = useInlay();
  const { message, item, upload } = props;
  const deed = useDeed(props);
  const { state, loaded, size } = upload;
  if (state === 'missing') return <ChooseAgain message={message} item={item} />;
  if (state === 'done') return null;
  const share = size > 0 ? loaded / size : 0;
  return (
    <span className={`inlay-ring ${state}`}>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <circle cx="24" cy="24" r="21" pathLength="100" strokeDasharray={`${Math.max(3, share * 100)} 100`} />
      </svg>
      <span
        className="inlay-unseen"
        role="progressbar"
        aria-label={t('media.sending', { name: itemLabel(t, item) })}
        aria-valuenow={Math.round(share * 100)}
      />
      <button type="button" aria-label={deed.label} title={deed.label} onClick={deed.run}>
        <Icon name={deed.icon} />
      </button>
    </span>
  );
}
