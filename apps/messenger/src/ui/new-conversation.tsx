/** @jsxImportSource preact */
import { isUserId, LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'preact/hooks';
import { show } from '../address.ts';
import { reasonOf } from '../errors.ts';
import { useAround } from '../hooks.ts';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';

/** Opens a direct conversation, or makes a group. */
export function NewConversation({ onClose }: { onClose(): void }) {
  const { client, t } = useAround();
  const [kind, setKind] = useState<'direct' | 'group'>('direct');
  const [person, setPerson] = useState('');
  const [title, setTitle] = useState('');
  const [members, setMembers] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  /** Gives the conversation's id, or says what is wrong. */
  async function begin(): Promise<string | undefined> {
    const people =
      kind === 'direct' ? [person.trim()] : members.split(/[\s,，、;]+/).filter((id) => id !== '');
    const bad = people.find((id) => !isUserId(id));
    if (bad !== undefined) return void setProblem(t('new.badId', { id: bad }));
    if (people.length > 0) {
      const { users } = await client.call('users.get', { users: people.slice(0, LIMITS.idsPerCall) });
      const unknown = people.find((id) => !users.some((user) => user.id === id));
      if (unknown !== undefined) return void setProblem(t('new.unknown', { id: unknown }));
    }
    if (kind === 'direct') return client.direct(person.trim()).id;
    const made = await client.call('conversations.create', { kind, title: title.trim(), members: people });
    return made.conversation.id;
  }

  const submit = (event: Event) => {
    event.preventDefault();
    setProblem('');
    setBusy(true);
    begin()
      .then((id) => {
        if (id === undefined) return;
        onClose();
        show(id);
      })
      .catch((error: unknown) => setProblem(reasonOf(t, error)))
      .finally(() => setBusy(false));
  };

  return (
    <Dialog title={t('list.new')} onClose={onClose}>
      <form onSubmit={submit}>
        <fieldset class="ways" aria-label={t('new.kind')}>
          {(['direct', 'group'] as const).map((each) => (
            <button type="button" key={each} aria-pressed={kind === each} onClick={() => setKind(each)}>
              {t(`new.${each}`)}
            </button>
          ))}
        </fieldset>
        {kind === 'direct' ? (
          <Field
            label={t('new.person')}
            hint={t('new.personHint')}
            value={person}
            onValue={setPerson}
            required
          />
        ) : (
          <>
            <Field
              label={t('new.title')}
              value={title}
              onValue={setTitle}
              maxLength={LIMITS.title}
              required
            />
            <Field
              label={t('new.members')}
              hint={t('new.membersHint')}
              value={members}
              onValue={setMembers}
            />
          </>
        )}
        <p class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="primary" disabled={busy}>
          {t(kind === 'direct' ? 'new.open' : 'new.create')}
        </button>
      </form>
    </Dialog>
  );
}
