import { LIMITS } from '@inlay-im/protocol/rules';
import { useInlay } from '../context.ts';
import type { Translate } from '../i18n/index.ts';
import { sizeText } from '../text/size.ts';
import { MOST, type Refused } from './sift.ts';

/** Why files cannot be sent, in words. */
export function refusalText(t: Translate, locale: string, { why, names }: Refused): string {
  const count = names.length;
  const [name = ''] = names;
  switch (why) {
    case 'large':
      return t('attach.tooLarge', { count, name, size: sizeText(locale, LIMITS.fileBytes) });
    case 'empty':
      return t('attach.empty', { count, name });
    case 'many':
      return t('attach.tooMany', { count, most: MOST });
  }
}

/** What cannot be sent, above what can. */
export function Refusals({ refused }: { refused: readonly Refused[] }) {
  const { t, locale } = useInlay();
  return (
    <div className="refused" role="alert">
      {refused.map((one) => (
        <p key={one.why}>{refusalText(t, locale, one)}</p>
      ))}
    </div>
  );
}
