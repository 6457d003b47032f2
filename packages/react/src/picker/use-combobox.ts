import { type KeyboardEvent, useCallback, useId, useLayoutEffect, useRef, useState } from 'react';

export interface ComboboxOptions {
  /** How many options are shown. */
  readonly count: number;
  /** What the options depend on; another one begins at the first again. */
  readonly query: string;
  /** Which option is marked at first; -1: none. */
  readonly first?: number;
  /** The option was pressed, or chosen by Enter. -1: Enter while none is marked. */
  onChoose(option: number): void;
}

/** The option after a key (ARIA APG, editable combobox with list): arrows go round, Page keys go by ten. */
export function stepped(at: number, count: number, key: string): number | undefined {
  if (count === 0) return undefined;
  const within = (option: number) => Math.max(0, Math.min(count - 1, option));
  switch (key) {
    case 'ArrowDown':
      return at + 1 >= count ? 0 : at + 1;
    case 'ArrowUp':
      return at <= 0 ? count - 1 : at - 1;
    case 'PageDown':
      return within(at + 10);
    case 'PageUp':
      return within(at - 10);
  }
  return undefined;
}

/**
 * A field with a list of options under it, which is always shown. The focus stays in the field; the marked option is
 * named by `aria-activedescendant`.
 */
export function useCombobox({ count, query, first = 0, onChoose }: ComboboxOptions) {
  const id = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState({ query, at: first });
  const at = Math.min(marked.query === query ? marked.at : first, count - 1);
  const mark = useCallback((option: number) => setMarked({ query, at: option }), [query]);
  const byKey = useRef(false);
  useLayoutEffect(() => {
    if (!byKey.current || at < 0) return;
    byKey.current = false;
    listRef.current?.querySelector(`[data-option="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') onChoose(at);
    else {
      const next = stepped(at, count, event.key);
      if (next === undefined) return;
      byKey.current = true;
      mark(next);
    }
    event.preventDefault();
  };
  return {
    at,
    listRef,
    field: {
      role: 'combobox',
      autoComplete: 'off',
      'aria-autocomplete': 'list',
      'aria-expanded': count > 0,
      'aria-controls': `${id}-list`,
      'aria-activedescendant': at < 0 ? undefined : `${id}-${at}`,
      onKeyDown,
    } as const,
    listId: `${id}-list`,
    option: (option: number) =>
      ({
        id: `${id}-${option}`,
        'data-option': option,
        'data-marked': option === at || undefined,
        /** The focus stays in the field. */
        onPointerDown: (event: { preventDefault(): void }) => event.preventDefault(),
        onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
        onClick: () => onChoose(option),
      }) as const,
  };
}
