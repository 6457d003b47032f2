import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import type { KnownPerson } from '../hooks/known-people.ts';
import { nameOf } from '../hooks/people.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Icon } from '../primitives/icon.tsx';
import { Chip } from './chip.tsx';
import { Highlight } from './highlight.tsx';
import { type Found, search } from './match.ts';
import { useCombobox } from './use-combobox.ts';
import { type Lookup, useLookup } from './use-lookup.ts';

/** So many are shown at once; a query finds the others. */
const SHOWN = 50;

export interface PeoplePickerProps {
  /** What the field is for. */
  readonly label: string;
  readonly people: readonly KnownPerson[];
  /** Where several may be chosen: those who are. */
  readonly chosen?: readonly KnownPerson[];
  /** Whom choosing does nothing for, by id, and why: shown beside their name. */
  readonly taken?: ReadonlyMap<string, string>;
  /** Someone was chosen, or where they were chosen already, let go of. */
  onChoose(person: KnownPerson): void;
  /** Enter, where nothing is written or marked. */
  onDone?(): void;
  /** Stands between the field and the people. */
  readonly children?: ReactNode;
}

/** Those who fit the query, and whoever has it as an id. */
function useFound(
  people: readonly KnownPerson[],
  query: string,
  lookup: Lookup,
): readonly Found<KnownPerson>[] {
  const found = search(people, query, (person) => person).slice(0, SHOWN);
  if (lookup.state !== 'found' || found.some(({ item }) => item.id === lookup.user.id)) return found;
  const { id, avatar: picture } = lookup.user;
  return [...found, { item: { id, name: nameOf(lookup.user, id), picture }, ranges: [] }];
}

/** Why nobody is shown. */
function Nobody({ query, lookup, id }: { query: string; lookup: Lookup; id: string }) {
  const { t } = useInlay();
  const said =
    query === ''
      ? t('new.nobodyYet')
      : lookup.state === 'bad'
        ? t('new.badId', { id: query })
        : lookup.state === 'unknown'
          ? t('new.unknown', { id: query })
          : lookup.state === 'failed'
            ? t('error.network')
            : lookup.state === 'looking'
              ? t('app.loading')
              : '';
  return (
    <p className="nobody" id={id} role="status">
      {said}
    </p>
  );
}

/** Whoever was pressed Enter for while they were still asked for is chosen once they are found. */
function useAwaited(query: string, lookup: Lookup, choose: (person: KnownPerson) => void) {
  const awaited = useRef<string | undefined>(undefined);
  const latest = useRef(choose);
  latest.current = choose;
  useEffect(() => {
    if (awaited.current !== query) awaited.current = undefined;
    else if (lookup.state === 'found') {
      awaited.current = undefined;
      const { id, avatar: picture } = lookup.user;
      latest.current({ id, name: nameOf(lookup.user, id), picture });
    }
  }, [query, lookup]);
  return () => {
    awaited.current = query;
  };
}

/**
 * Chooses people: those one knows, by name or id, and anybody else by their id. Where `chosen` is given, several are
 * chosen, and Backspace in the empty field lets go of the last one.
 */
export function PeoplePicker(props: PeoplePickerProps) {
  const { label, people, chosen, taken, onChoose, onDone, children } = props;
  const { t } = useInlay();
  const id = useId();
  const [written, write] = useState('');
  const query = written.trim();
  const known = query === '' ? undefined : people.find((person) => person.id === query);
  const lookup = useLookup(known === undefined ? query : '');
  const found = useFound(people, query, lookup);
  const choose = (person: KnownPerson) => {
    if (taken?.has(person.id)) return;
    write('');
    onChoose(person);
  };
  const wait = useAwaited(query, lookup, choose);
  const box = useCombobox({
    count: found.length,
    query,
    first: query === '' ? -1 : 0,
    onChoose: (option) => {
      const person = found[option]?.item;
      if (person) choose(person);
      else if (query === '') onDone?.();
      else wait();
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const last = chosen?.at(-1);
    if (event.key === 'Backspace' && written === '' && last) onChoose(last);
    else box.field.onKeyDown(event);
  };
  const wrong = found.length === 0 && (lookup.state === 'bad' || lookup.state === 'unknown');
  return (
    <div className="inlay-picker">
      <div className="field">
        {chosen?.map((person) => (
          <Chip
            key={person.id}
            id={person.id}
            name={person.name}
            picture={person.picture}
            onRemove={() => onChoose(person)}
          />
        ))}
        <input
          {...box.field}
          onKeyDown={onKeyDown}
          aria-label={label}
          aria-invalid={wrong}
          aria-describedby={found.length === 0 ? `${id}-nobody` : undefined}
          placeholder={label}
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint={chosen ? 'done' : 'go'}
          value={written}
          onChange={(event) => write(event.currentTarget.value)}
        />
      </div>
      {children}
      <div
        id={box.listId}
        role="listbox"
        ref={box.listRef}
        className="inlay-people"
        aria-label={t('new.people')}
        aria-multiselectable={chosen !== undefined}
      >
        {found.map(({ item: person, ranges }, i) => {
          const isChosen = chosen?.some((one) => one.id === person.id) ?? false;
          const note = taken?.get(person.id);
          return (
            <div
              key={person.id}
              {...box.option(i)}
              role="option"
              tabIndex={-1}
              aria-selected={chosen ? isChosen : i === box.at}
              aria-disabled={note !== undefined}
            >
              <Avatar id={person.id} name={person.name} picture={person.picture} />
              <span className="who">
                <strong>
                  <Highlight text={person.name} ranges={ranges} />
                </strong>
                <small>{note ?? <bdi>@{person.id}</bdi>}</small>
              </span>
              {isChosen && <Icon name="check" />}
            </div>
          );
        })}
      </div>
      {found.length === 0 && <Nobody query={query} lookup={lookup} id={`${id}-nobody`} />}
    </div>
  );
}
