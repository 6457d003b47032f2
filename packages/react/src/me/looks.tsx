import { useId } from 'react';
import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import { Segments } from '../primitives/segments.tsx';
import type { TextSize, Theme } from '../settings.ts';
import { LanguageChoice } from '../sign-in/language-choice.tsx';
import { Group } from './group.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const SIZES: readonly TextSize[] = ['small', 'medium', 'large', 'huge'];

/** Steps of the text's size, with two messages that show what they do. */
function TextSizeChoice() {
  const { t } = useInlay();
  const [{ textSize }, change] = useSettings();
  const id = useId();
  return (
    <div className="block">
      <span className="pair">
        <label htmlFor={id}>{t('me.textSize')}</label>
        <output htmlFor={id}>{t(`me.${textSize}`)}</output>
      </span>
      <span className="size">
        <span aria-hidden="true">A</span>
        <input
          id={id}
          type="range"
          min={0}
          max={SIZES.length - 1}
          step={1}
          value={SIZES.indexOf(textSize)}
          aria-valuetext={t(`me.${textSize}`)}
          onChange={(event) => change({ textSize: SIZES[Number(event.currentTarget.value)] ?? 'medium' })}
        />
        <span aria-hidden="true">A</span>
      </span>
      <div className="sample" aria-hidden="true">
        <p>{t('me.sample')}</p>
        <p className="own">{t('me.sampleReply')}</p>
      </div>
    </div>
  );
}

/** Theme, size of the text, language. */
export function Looks() {
  const { t } = useInlay();
  const [{ theme }, change] = useSettings();
  return (
    <Group title={t('me.looks')}>
      <div className="block">
        <span>{t('me.theme')}</span>
        <Segments<Theme>
          label={t('me.theme')}
          value={theme}
          choices={THEMES.map((value) => ({ value, label: t(`me.${value}`) }))}
          onValue={(chosen) => change({ theme: chosen })}
        />
      </div>
      <TextSizeChoice />
      <div className="block">
        <LanguageChoice />
      </div>
    </Group>
  );
}
