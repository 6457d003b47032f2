import type { ConversationHandle } from '@inlay-im/client';
import type { Member } from '@inlay-im/protocol';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { isTouch } from '../hooks/focus.ts';
import { type KnownPerson, useKnownPeople } from '../hooks/known-people.ts';
import { PeoplePicker } from '../picker/people-picker.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';

export interface AddPeopleProps {
  readonly handle: ConversationHandle;
  /** Those that are in it already, as far as they are loaded. */
  readonly members: readonly Member[];
  onClose(): void;
}

/** Chooses people, and adds them. */
export function AddPeople({ handle, members, onClose }: AddPeopleProps) {
  const { t, attempt } = useInlay();
  const people = useKnownPeople();
  const [chosen, setChosen] = useState<readonly KnownPerson[]>([]);
  const [busy, setBusy] = useState(false);
  const taken = useMemo(
    () => new Map(members.map(({ user }) => [user, t('info.alreadyMember')])),
    [members, t],
  );
  const offered = useMemo(
    () => [...people.filter(({ id }) => !taken.has(id)), ...people.filter(({ id }) => taken.has(id))],
    [people, taken],
  );
  const toggle = (person: KnownPerson) =>
    setChosen((held) => {
      const others = held.filter(({ id }) => id !== person.id);
      return others.length < held.length ? others : [...held, person];
    });
  const add = async () => {
    if (chosen.length === 0 || busy) return;
    setBusy(true);
    const added = await attempt(handle.addMembers(chosen.map(({ id }) => id)));
    setBusy(false);
    if (added) onClose();
  };
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isTouch()) box.current?.querySelector('input')?.focus();
  }, []);
  return (
    <Dialog title={t('info.addPeople')} onClose={onClose}>
      <div className="inlay-add-people" ref={box}>
        <PeoplePicker
          label={t('new.search')}
          people={offered}
          chosen={chosen}
          taken={taken}
          onChoose={toggle}
          onDone={() => void add()}
        />
      </div>
      <div className="actions">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button look="primary" disabled={chosen.length === 0 || busy} onClick={() => void add()}>
          {t('info.add')}
        </Button>
      </div>
    </Dialog>
  );
}
