import { useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { isTouch } from '../hooks/focus.ts';
import { type KnownPerson, useKnownPeople } from '../hooks/known-people.ts';
import { useReturnFocus } from '../hooks/return-focus.ts';
import { useNavigation } from '../navigation.ts';
import { PeoplePicker } from '../picker/people-picker.tsx';
import { Button, RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { GroupForm } from './group-form.tsx';

type Step = 'person' | 'people' | 'group';

const TITLES = { person: 'list.new', people: 'new.addPeople', group: 'new.group' } as const;

/** The pane; the focus is in the field of each step, or on a phone on the way back, as a keyboard covers half of it. */
function usePane(step: Step) {
  const pane = useRef<HTMLElement>(null);
  useReturnFocus(pane);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step brings the focus anew.
  useEffect(() => {
    const wanted = isTouch() ? 'header > button' : 'input';
    pane.current?.querySelector<HTMLElement>(wanted)?.focus({ preventScroll: true });
  }, [step]);
  return pane;
}

/** Begins a conversation: with someone, by choosing them, or with several as a group. */
export function NewConversation() {
  const { t, client } = useInlay();
  const { show, open } = useNavigation();
  const people = useKnownPeople();
  const [step, setStep] = useState<Step>('person');
  const [chosen, setChosen] = useState<readonly KnownPerson[]>([]);
  const pane = usePane(step);
  const toggle = (person: KnownPerson) =>
    setChosen((held) => {
      const others = held.filter(({ id }) => id !== person.id);
      return others.length < held.length ? others : [...held, person];
    });
  const goBack = () => {
    if (step === 'person') show(undefined);
    else setStep(step === 'group' ? 'people' : 'person');
  };
  return (
    <section
      ref={pane}
      className="inlay-pane inlay-new"
      aria-label={t('list.new')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || step === 'person' || event.defaultPrevented) return;
        event.preventDefault();
        goBack();
      }}
    >
      <header>
        <RoundButton icon="back" label={t(step === 'person' ? 'app.back' : 'new.back')} onClick={goBack} />
        <h2>{t(TITLES[step])}</h2>
      </header>
      {step === 'person' && (
        <PeoplePicker
          key="person"
          label={t('new.search')}
          people={people}
          onChoose={({ id }) => open(client.direct(id).id)}
        >
          <button type="button" className="inlay-option new-group" onClick={() => setStep('people')}>
            <span className="sign">
              <Icon name="users" />
            </span>
            <strong>{t('new.newGroup')}</strong>
          </button>
        </PeoplePicker>
      )}
      {step === 'people' && (
        <>
          <PeoplePicker
            key="people"
            label={t('new.search')}
            people={people}
            chosen={chosen}
            onChoose={toggle}
            onDone={() => chosen.length > 0 && setStep('group')}
          />
          <footer>
            <Button look="primary" wide disabled={chosen.length === 0} onClick={() => setStep('group')}>
              {t('new.next')}
            </Button>
          </footer>
        </>
      )}
      {step === 'group' && <GroupForm chosen={chosen} />}
    </section>
  );
}
