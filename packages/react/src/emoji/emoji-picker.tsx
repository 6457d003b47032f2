import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { Empty } from '../primitives/empty.tsx';
import { type Emoji, GROUPS, toned } from './emojis.ts';
import { type EmojiMemory, emojiMemory } from './memory.ts';
import { searchEmojis } from './search.ts';
import { Section } from './section.tsx';
import { type SectionName, Tabs } from './tabs.tsx';
import { Tones } from './tones.tsx';
import { useCustomEmojis } from './use-custom.ts';
import { useEmojis } from './use-emojis.ts';
import { useRoving } from './use-roving.ts';

export interface EmojiPickerProps {
  /** `stay`: the person wants to pick more (Shift was held). */
  onPick(emoji: string, stay: boolean): void;
  onClose(): void;
}

interface Listed {
  readonly name: SectionName;
  readonly emojis: readonly Emoji[];
}

const NO_EMOJIS: readonly Emoji[] = [];
/** More are not looked through; a longer query finds fewer. */
const FOUND = 160;

/** The recent ones as they were used, in their tone. */
function recentOf(emojis: readonly Emoji[], recents: readonly string[]): Emoji[] {
  const all = new Map(
    emojis.flatMap((one) => [one.emoji, ...one.skins].map((emoji) => [emoji, one] as const)),
  );
  return recents.flatMap((emoji) => {
    const one = all.get(emoji);
    return one === undefined ? [] : [{ ...one, emoji, skins: [] }];
  });
}

/** What the picker shows: the categories, or what was found. */
function useSections(emojis: readonly Emoji[], query: string, recents: readonly string[]) {
  const byGroup = useMemo(() => {
    const recent = recentOf(emojis, recents);
    const groups = GROUPS.map((name) => ({ name, emojis: emojis.filter(({ group }) => group === name) }));
    const own = emojis.filter(({ group }) => group === 'custom');
    const all: Listed[] = [{ name: 'recent', emojis: recent }, { name: 'custom', emojis: own }, ...groups];
    return all.filter((section) => section.emojis.length > 0);
  }, [emojis, recents]);
  return useMemo<readonly Listed[]>(
    () => (query.trim() === '' ? byGroup : [{ name: 'found', emojis: searchEmojis(emojis, query, FOUND) }]),
    [byGroup, emojis, query],
  );
}

function useMemory(memory: EmojiMemory) {
  // The recent ones stay in their places while the picker is open.
  const [{ recents, tone: first }] = useState(() => memory.get());
  const [tone, setTone] = useState(first);
  const choose = (chosen: number) => {
    memory.setTone(chosen);
    setTone(chosen);
  };
  return { recents, tone, choose };
}

/** Picks an emoji: by category, by search, or from the ones used last. It fills the width of what it stands in. */
export function EmojiPicker({ onPick, onClose }: EmojiPickerProps) {
  const { t, locale } = useInlay();
  const [memory] = useState(emojiMemory);
  const { recents, tone, choose } = useMemory(memory);
  const [query, setQuery] = useState('');
  const loaded = useEmojis(locale);
  const own = useCustomEmojis();
  const all = useMemo(() => (loaded ? [...own, ...loaded] : NO_EMOJIS), [own, loaded]);
  const sections = useSections(all, query, recents);
  const roving = useRoving(sections.map(({ emojis }) => emojis.length));
  const search = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = query.trim() === '' ? undefined : (sections[0]?.emojis.length ?? 0);

  useEffect(() => {
    // On a touch screen it would open the keyboard over what is to be picked from.
    if (matchMedia('(pointer: fine)').matches) search.current?.focus({ preventScroll: true });
  }, []);
  const pick = (emoji: Emoji | undefined, stay: boolean) => {
    if (emoji === undefined) return;
    const chosen = toned(emoji, tone);
    memory.used(chosen);
    onPick(chosen, stay);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  const searchKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') roving.enter();
    else if (event.key === 'Enter')
      pick(found === undefined ? undefined : sections[0]?.emojis[0], event.shiftKey);
    else return;
    event.preventDefault();
  };
  const press = (event: MouseEvent) => {
    const place = roving.placeOf(event.target);
    if (place) pick(sections[place.section]?.emojis[place.index], event.shiftKey);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is caught on its way from the controls within.
    <div className="inlay-emoji-picker" onKeyDown={key}>
      <div className="top">
        <input
          ref={search}
          type="search"
          className="inlay-input"
          value={query}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          placeholder={t('emoji.search')}
          aria-label={t('emoji.search')}
          aria-controls={id}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            roving.reset();
          }}
          onKeyDown={searchKey}
        />
        <Tones tone={tone} onTone={choose} />
      </div>
      {found === undefined && (
        <Tabs sections={sections.map(({ name }) => name)} current={roving.seen} onGo={roving.go} />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: presses are caught on their way from the buttons. */}
      <div
        ref={roving.scroller}
        id={id}
        className="scroll"
        aria-busy={loaded === undefined}
        onClick={press}
        onKeyDown={roving.onKeyDown}
        onFocus={roving.onFocus}
        onScroll={roving.onScroll}
      >
        {sections.map(({ name, emojis }, section) =>
          emojis.length === 0 ? null : (
            <Section
              key={name}
              section={section}
              title={t(`emoji.${name}`)}
              emojis={emojis}
              tone={name === 'recent' ? 0 : tone}
              at={roving.at.section === section ? roving.at.index : undefined}
              scroller={roving.scroller}
            />
          ),
        )}
        {loaded === null && <Empty icon="offline" title={t('error.network')} />}
        {loaded != null && found === 0 && (
          <Empty icon="search" title={t('emoji.nothing')}>
            <p>{t('emoji.nothingHint')}</p>
          </Empty>
        )}
      </div>
      <p className="inlay-unseen" role="status">
        {found === undefined ? '' : t('emoji.count', { count: found })}
      </p>
    </div>
  );
}
