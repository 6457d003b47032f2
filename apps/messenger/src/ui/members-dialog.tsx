/** @jsxImportSource preact */
import type { ConversationHandle, ConversationView } from '@inlay-im/client';
import type { Member } from '@inlay-im/protocol';
import { isUserId, mayManage } from '@inlay-im/protocol/rules';
import { useState } from 'preact/hooks';
import { reasonOf } from '../errors.ts';
import { nameOf, useAround, usePresence, useStore, useUser } from '../hooks.ts';
import { Avatar } from './avatar.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';

/** Whose presence is followed while the list is open. */
const FOLLOWED = 50;

function MemberRow({ member, here }: { member: Member; here: 'online' | 'away' | 'offline' | undefined }) {
  const { t } = useAround();
  const name = member.nickname ?? nameOf(useUser(member.user), member.user);
  return (
    <li>
      <Avatar id={member.user} name={name} presence={here} />
      <span>
        <strong>{name}</strong> <small>{member.user}</small>
      </span>
      {member.role !== 'member' && <small>{t(`info.${member.role}`)}</small>}
    </li>
  );
}

/** Who is in a group or channel, and adding someone. */
export function MembersDialog(props: {
  handle: ConversationHandle;
  info: ConversationView;
  onClose(): void;
}) {
  const { handle, info, onClose } = props;
  const { t } = useAround();
  const { items, complete, loading } = useStore(handle.members);
  const presence = usePresence(items.slice(0, FOLLOWED).map((member) => member.user));
  const [id, setId] = useState('');
  const [problem, setProblem] = useState('');
  const fail = (error: unknown) => setProblem(reasonOf(t, error));
  const add = (event: Event) => {
    event.preventDefault();
    const user = id.trim();
    if (!isUserId(user)) return setProblem(t('new.badId', { id: user }));
    setProblem('');
    handle.addMembers([user]).then(() => setId(''), fail);
  };
  return (
    <Dialog title={t('info.members', { count: info.memberCount })} onClose={onClose}>
      <ul class="members">
        {items.map((member) => (
          <MemberRow key={member.user} member={member} here={presence.get(member.user)?.state} />
        ))}
      </ul>
      {!complete && !loading && (
        <button type="button" class="link" onClick={() => void handle.members.more().catch(fail)}>
          {t('info.moreMembers')}
        </button>
      )}
      {mayManage({ kind: info.kind, posting: info.posting, role: info.self?.role ?? null }) && (
        <form class="inline" onSubmit={add}>
          <Field label={t('info.addMember')} value={id} onValue={setId} required />
          <button type="submit" class="primary">
            {t('info.add')}
          </button>
        </form>
      )}
      <p class="problem" role="alert">
        {problem}
      </p>
    </Dialog>
  );
}
