import type { KeyboardEvent } from 'react';
import { useInlay } from '../context.ts';
import type { Group } from './emojis.ts';

export type SectionName = Group | 'recent' | 'custom' | 'found';

/** What stands for a category in the bar; the titles say what it is. */
const SIGNS: Readonly<Record<Exclude<SectionName, 'found'>, string>> = {
  recent: '🕘',
  custom: '✨',
  smileys: '😀',
  people: '👋',
  nature: '🐻',
  food: '🍔',
  travel: '🚗',
  activities: '⚽',
  objects: '💡',
  symbols: '❤️',
  flags: '🏁',
};

export interface TabsProps {
  readonly sections: readonly SectionName[];
  /** The one that is seen. */
  readonly current: number;
  onGo(section: number): void;
}

/** The categories: a bar in which the arrow keys move and Tab stops once (ARIA APG, toolbar). */
export function Tabs({ sections, current, onGo }: TabsProps) {
  const { t } = useInlay();
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = [...event.currentTarget.querySelectorAll('button')];
    const root = event.currentTarget.getRootNode() as Document | ShadowRoot;
    const at = all.indexOf(root.activeElement as HTMLButtonElement);
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const onwards = rtl ? 'ArrowLeft' : 'ArrowRight';
    const back = rtl ? 'ArrowRight' : 'ArrowLeft';
    const to = { [onwards]: at + 1, [back]: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    all[(to + all.length) % all.length]?.focus();
    event.preventDefault();
  };
  return (
    <div className="tabs" role="toolbar" aria-label={t('emoji.categories')} onKeyDown={key}>
      {sections.map((name, i) =>
        name === 'found' ? null : (
          <button
            type="button"
            key={name}
            tabIndex={i === current ? 0 : -1}
            aria-current={i === current ? 'true' : undefined}
            aria-label={t(`emoji.${name}`)}
            title={t(`emoji.${name}`)}
            onClick={() => onGo(i)}
          >
            <span aria-hidden="true">{SIGNS[name]}</span>
          </button>
        ),
      )}
    </div>
  );
}
