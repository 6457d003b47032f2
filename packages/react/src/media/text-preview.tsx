import { useEffect, useState } from 'react';
import { useInlay } from '../context.ts';

/** So much of a text is shown, in characters and lines. */
const [CHARACTERS, LINES] = [4000, 60];

/** The beginning of a text, and whether there is more; undefined where it is none. */
export function beginningOf(
  bytes: ArrayBuffer,
): { readonly text: string; readonly cut: boolean } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) return undefined;
    const shown = text.slice(0, CHARACTERS).split('\n').slice(0, LINES).join('\n');
    return { text: shown, cut: shown.length < text.trimEnd().length };
  } catch {
    return undefined;
  }
}

type Shown = ReturnType<typeof beginningOf> | 'failed';

/** The beginning of a small text file, as the letters that it is made of. */
export function TextPreview({ url, name }: { url: string; name: string }) {
  const { t } = useInlay();
  const [shown, setShown] = useState<Shown>(undefined);
  useEffect(() => {
    const left = new AbortController();
    const read = async () => {
      const answer = await fetch(url, { signal: left.signal });
      const beginning = answer.ok ? beginningOf(await answer.arrayBuffer()) : undefined;
      setShown(beginning ?? 'failed');
    };
    read().catch(() => left.signal.aborted || setShown('failed'));
    return () => left.abort();
  }, [url]);
  if (shown === undefined) return <p role="status">{t('app.loading')}</p>;
  if (shown === 'failed') return <p role="alert">{t('media.previewFailed')}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard. */}
      <section tabIndex={0} aria-label={name}>
        <pre dir="auto">{shown.text}</pre>
      </section>
      {shown.cut && <p>{t('media.previewCut')}</p>}
    </>
  );
}
