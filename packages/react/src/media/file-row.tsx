import type { TimelineMessage } from '@inlay-im/client';
import type { Attachment } from '@inlay-im/protocol';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { sizeText } from '../text/size.ts';
import { endingOf, isSmallText, nameParts, sortOf } from './file-look.ts';
import { useAddress } from './source.ts';
import { TextPreview } from './text-preview.tsx';
import { UploadRing, uploadOf } from './upload-ring.tsx';

/** The same bytes, to be kept rather than shown; the signature covers path and end alone. */
export const asDownload = (url: string): string => (url.startsWith('blob:') ? url : `${url}&download`);

/** Keeps a file; it waits until it is known where that is. */
function Download({ url, name }: { url: string | undefined; name: string }) {
  const { t } = useInlay();
  const label = t('media.download', { name });
  if (url === undefined) return <RoundButton icon="download" label={label} disabled />;
  return (
    <a className="inlay-round" href={asDownload(url)} download={name} title={label} aria-label={label}>
      <Icon name="download" />
    </a>
  );
}

export interface FileRowProps {
  readonly message: TimelineMessage;
  readonly item: Attachment;
}

/** A file with its name and size: a press downloads it. */
export function FileRow({ message, item }: FileRowProps) {
  const { t, locale, client } = useInlay();
  const [open, setOpen] = useState(false);
  const { file, name, size } = item;
  const address = useAddress({ conversation: message.conversation, file, sent: message.n !== null });
  const url = client.files.local(file) ?? address?.url;
  const upload = uploadOf(message, file);
  const waits = upload !== undefined && upload.state !== 'done';
  const [head, tail] = nameParts(name);
  const ending = endingOf(name).slice(0, 4);
  return (
    <div className="inlay-file">
      <div className="line">
        {waits ? (
          <UploadRing message={message} item={item} upload={upload} />
        ) : (
          <span className={`sheet ${sortOf(name)}`} aria-hidden="true">
            {ending === '' ? <Icon name="file" /> : <b data-ending={ending} />}
          </span>
        )}
        <span className="what">
          <bdi title={name}>
            <span>{head}</span>
            <span>{tail}</span>
          </bdi>
          <small>
            {waits && upload.state !== 'missing'
              ? t('media.at', { time: sizeText(locale, upload.loaded), whole: sizeText(locale, size) })
              : sizeText(locale, size)}
            {!waits && isSmallText(item) && (
              <button
                type="button"
                aria-expanded={open}
                disabled={url === undefined}
                onClick={() => setOpen(!open)}
              >
                {t(open ? 'media.previewHide' : 'media.preview')}
              </button>
            )}
          </small>
        </span>
        {!waits && <Download url={url} name={name} />}
      </div>
      {open && url !== undefined && (
        <div className="content">
          <TextPreview url={url} name={name} />
        </div>
      )}
    </div>
  );
}
