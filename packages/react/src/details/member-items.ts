import type { ConversationHandle, ConversationView } from '@inlay-im/client';
import type { Member } from '@inlay-im/protocol';
import { mayActOn, maySetRole } from '@inlay-im/protocol/rules';
import type { Kit, MenuItem } from '../context.ts';
import { standingOf } from './standing.ts';

export interface MemberItemsOptions {
  readonly kit: Kit;
  readonly handle: ConversationHandle;
  readonly info: ConversationView;
  readonly me: string;
  /** Opens a conversation. */
  open(id: string): void;
}

/** What I may do with a member, as items of a menu; the node decides again. */
export function memberItems(options: MemberItemsOptions, member: Member, name: string): readonly MenuItem[] {
  const { kit, handle, info, me, open } = options;
  const { t, client, attempt, confirm } = kit;
  const { user, role } = member;
  if (user === me) return [];
  const standing = standingOf(info);
  const conversation = handle.id;
  const setRole = (to: 'admin' | 'member') =>
    void attempt(client.call('members.setRole', { conversation, user, role: to }));
  const handOver = async () => {
    const sure = await confirm({
      title: t('info.transfer'),
      text: t('info.transferSure', { name }),
      confirm: t('info.transferDo'),
    });
    if (sure) await attempt(client.call('members.transferOwnership', { conversation, user }));
  };
  const remove = async () => {
    const sure = await confirm({
      title: t('info.remove'),
      text: t('info.removeSure', { name }),
      confirm: t('info.removeDo'),
      danger: true,
    });
    if (sure) await attempt(handle.removeMembers([user]));
  };
  const owner = maySetRole(standing);
  const items: (MenuItem | false)[] = [
    { label: t('info.write'), icon: 'chat', run: () => open(client.direct(user).id) },
    owner && role === 'member' && { label: t('info.makeAdmin'), icon: 'star', run: () => setRole('admin') },
    owner && role === 'admin' && { label: t('info.makeMember'), icon: 'user', run: () => setRole('member') },
    owner && { label: t('info.transfer'), icon: 'key', run: () => void handOver() },
    mayActOn(standing, role) && {
      label: t('info.remove'),
      icon: 'trash',
      danger: true,
      run: () => void remove(),
    },
  ];
  return items.filter((item) => item !== false);
}
