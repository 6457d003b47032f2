import type { ConversationHandle } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import { useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import type { Composer } from '../hooks/composer.ts';
import type { Translate } from '../i18n/index.ts';
import { Dialog } from '../primitives/dialog.tsx';
import { Switch } from '../primitives/field.tsx';
import { Segments } from '../primitives/segments.tsx';
import { Caption } from './caption.tsx';
import type { Chosen } from './chosen.ts';
import { Items } from './items.tsx';
import { countOf, messagesOf, type Ways } from './messages.ts';
import { Refusals, refusalText } from './refusals.tsx';
import { useChosen } from './use-chosen.ts';

export interface PrepareProps {
  /** All files that were chosen so far. */
  readonly given: readonly File[];
  readonly handle: ConversationHandle;
  readonly composer: Composer;
  /** Further ones were chosen, pasted or dropped. */
  onFiles(files: readonly File[]): void;
  onClose(): void;
}

/** What is to be sent, by what all of it is. */
function titleOf(t: Translate, items: readonly Chosen[], as: Ways['as']): string {
  const count = items.length;
  const all = (kind: Chosen['kind']) => as === 'media' && items.every((item) => item.kind === kind);
  if (all('image')) return t('attach.photos', { count });
  return all('video') ? t('attach.videos', { count }) : t('attach.files', { count });
}

interface ChoicesProps {
  readonly items: readonly Chosen[];
  readonly ways: Ways;
  set(ways: Ways): void;
}

/** How they are sent, where there is a choice, with what that means. */
function Choices({ items, ways, set }: ChoicesProps) {
  const { t } = useInlay();
  const images = items.some(({ kind }) => kind === 'image');
  const videos = items.some(({ kind }) => kind === 'video');
  if (!images && !videos) return null;
  const hint = ways.as === 'files' ? 'attach.filesHint' : images ? 'attach.photosHint' : 'attach.videosHint';
  return (
    <div className="ways">
      <Segments
        label={t('attach.ways')}
        value={ways.as}
        choices={[
          { value: 'media', label: t(images ? 'attach.asPhotos' : 'attach.asVideos') },
          { value: 'files', label: t('attach.asFiles') },
        ]}
        onValue={(as) => set({ ...ways, as })}
      />
      <p className="inlay-hint">{t(hint)}</p>
    </div>
  );
}

/** Files before they are sent: what they are, in which order, how, and with what words. */
export function Prepare({ given, handle, composer, onFiles, onClose }: PrepareProps) {
  const { t, locale, toast, client } = useInlay();
  useEffect(() => client.files.prepare(), [client]);
  const { items, refused, change, whole } = useChosen(given, (all) => {
    for (const one of all) toast({ text: refusalText(t, locale, one), kind: 'error' });
    onClose();
  });
  const [ways, setWays] = useState<Ways>({ as: 'media', each: false });
  const [busy, setBusy] = useState(false);
  const shown = useRef(false);
  const some = items.length > 0;
  useEffect(() => {
    if (shown.current && !some) onClose();
    shown.current ||= some;
  }, [some, onClose]);
  const latest = useRef(composer);
  latest.current = composer;

  const send = async () => {
    if (busy || composer.left < 0) return;
    setBusy(true);
    const messages = messagesOf(await whole(), ways);
    // Closed meanwhile.
    if (messages.length === 0) return;
    // What could not be sent says so in its row.
    for (const { sent } of latest.current.sendFiles(messages)) sent.catch(() => {});
    onClose();
  };
  if (!some) return null;
  const messages = countOf(items.length);
  return (
    <Dialog title={titleOf(t, items, ways.as)} look="inlay-prepare" onClose={onClose}>
      {refused.length > 0 && <Refusals refused={refused} />}
      <Choices items={items} ways={ways} set={setWays} />
      <Items items={items} ways={ways} change={change} onFiles={onFiles} />
      {items.length > 1 && (
        <Switch label={t('attach.captions')} on={ways.each} onChange={(each) => setWays({ ...ways, each })} />
      )}
      {messages > 1 && (
        <p className="inlay-hint" role="status">
          {t('attach.split', { count: messages, most: LIMITS.albumItems })}
        </p>
      )}
      <Caption handle={handle} composer={composer} onFiles={onFiles} busy={busy} onSend={() => void send()} />
    </Dialog>
  );
}
