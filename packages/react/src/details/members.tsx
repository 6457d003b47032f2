import type { Member } from '@inlay-im/protocol';
import { mayManage } from '@inlay-im/protocol/rules';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useInlay } from '../context.ts';
import { useMembers } from '../hooks/members.ts';
import { useMyId, useNames, usePresence } from '../hooks/people.ts';
import { useRows } from '../list/window.ts';
import { useNavigation } from '../navigation.ts';
import { type Found, search } from '../picker/match.ts';
import { Button } from '../primitives/button.tsx';
import { Field } from '../primitives/field.tsx';
import { AddPeople } from './add-people.tsx';
import { memberItems } from './member-items.ts';
import { MemberRow } from './member-row.tsx';
import type { PartProps } from './mine.tsx';
import { standingOf } from './standing.ts';

/** With more members than that they can be searched. */
const SEARCHED = 8;
/** So many rows before the end of what is loaded, the next page is asked for. */
const AHEAD = 20;

const RANK = { owner: 0, admin: 1, member: 2 } as const;

/** The owner first, then admins; only once all are there, so that nobody moves while pages come. */
export function inOrder(members: readonly Member[], complete: boolean): readonly Member[] {
  return complete ? members.toSorted((a, b) => RANK[a.role] - RANK[b.role]) : members;
}

/** Those whose name, nickname or id fits. */
function useFound(members: readonly Member[], query: string): readonly Found<Member>[] {
  const names = useNames(useMemo(() => members.map(({ user }) => user), [members]));
  return useMemo(() => {
    const named = members.map((member, i) => ({ member, name: names[i] ?? member.user }));
    if (query.trim() === '') return named.map(({ member }) => ({ item: member, ranges: [] }));
    const texts = ({ member, name }: (typeof named)[number]) => ({ name, id: member.user });
    return search(named, query, texts).map(({ item, ranges }) => ({ item: item.member, ranges }));
  }, [members, names, query]);
}

interface ListProps extends PartProps {
  readonly found: readonly Found<Member>[];
  /** What scrolls. */
  readonly box: RefObject<HTMLDivElement | null>;
  /** Called when the last of those loaded come near. */
  onEnd(): void;
}

function List({ handle, info, found, box, onEnd }: ListProps) {
  const kit = useInlay();
  const { open } = useNavigation();
  const me = useMyId();
  const rows = useRows(found.length, box);
  const drawn = found.slice(rows.start, rows.end);
  const presence = usePresence(drawn.map(({ item }) => item.user));
  const near = rows.end > found.length - AHEAD;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when more are there and it is still near.
  useEffect(() => {
    if (near) onEnd();
  }, [near, found.length]);
  useEffect(() => {
    const { current } = box;
    current?.addEventListener('scroll', rows.onScroll, { passive: true });
    return () => current?.removeEventListener('scroll', rows.onScroll);
  }, [box, rows.onScroll]);
  const options = { kit, handle, info, me, open };
  return (
    <ul className="members" ref={rows.rowsRef} style={{ paddingTop: rows.before, paddingBottom: rows.after }}>
      {drawn.map(({ item: member, ranges }) => (
        <MemberRow
          key={member.user}
          member={member}
          ranges={ranges}
          presence={presence.get(member.user)}
          own={member.user === me}
          items={(name) => memberItems(options, member, name)}
        />
      ))}
    </ul>
  );
}

/** Who is in it, with what I may do with each of them. */
export function Members({ handle, info, box }: PartProps & { box: RefObject<HTMLDivElement | null> }) {
  const { t } = useInlay();
  const { items, complete, loading, more } = useMembers(info.id);
  const [query, setQuery] = useState('');
  const [adding, setAdding] = useState(false);
  const members = useMemo(() => inOrder(items, complete), [items, complete]);
  const found = useFound(members, query);
  const onEnd = () => {
    if (!complete && !loading && items.length > 0) more().catch(() => {});
  };
  return (
    <section className="part">
      <h4>{t('info.members', { count: info.memberCount })}</h4>
      {mayManage(standingOf(info)) && (
        <Button look="plain" icon="plus" onClick={() => setAdding(true)}>
          {t('info.addPeople')}
        </Button>
      )}
      {items.length > SEARCHED && (
        <Field
          label={t('info.searchMembers')}
          value={query}
          onValue={setQuery}
          type="search"
          {...(complete ? {} : { hint: t('info.searchLoaded', { count: items.length }) })}
        />
      )}
      <List handle={handle} info={info} found={found} box={box} onEnd={onEnd} />
      {items.length > 0 && found.length === 0 && <p className="note">{t('info.noMember')}</p>}
      {loading && (
        <p className="note" role="status">
          {t('app.loading')}
        </p>
      )}
      {adding && <AddPeople handle={handle} members={items} onClose={() => setAdding(false)} />}
    </section>
  );
}
