import { type MenuItem, useInlay } from '../context.ts';
import { peerOf, useConversation, useTitle } from '../hooks/conversations.ts';
import { useMyId, usePresence } from '../hooks/people.ts';
import { useNavigation } from '../navigation.ts';
import type { ConversationPartProps } from '../parts.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { RoundButton } from '../primitives/button.tsx';
import { onUse } from '../primitives/later.tsx';
import { Standing } from './standing.tsx';

const NOBODY: readonly string[] = [];

function PlainHead({ id }: ConversationPartProps) {
  const kit = useInlay();
  const { t, openMenu, attempt } = kit;
  const { handle, info } = useConversation(id);
  const { place, back, show } = useNavigation();
  const me = useMyId();
  const title = useTitle(id, info);
  const peer = peerOf(id, me);
  const followed = peer === undefined || peer === me ? NOBODY : [peer];
  const presence = usePresence(followed).get(peer ?? '');
  const open = place.page === 'details';
  const toggle = () => show(open ? undefined : 'details');
  const openAt = async (at: HTMLElement) => {
    const { conversationItems } = await onUse(() => import('../list/items.ts'));
    const details: MenuItem = { label: t('info.details'), icon: 'info', run: () => show('details') };
    const others = info === undefined ? [] : conversationItems({ kit, handle, info, left: back });
    openMenu({ label: t('info.more'), at, items: [details, ...others] });
  };
  const picture = info?.peer ? info.peer.avatar : info?.avatar;
  return (
    <header className="inlay-head">
      <RoundButton icon="back" label={t('app.back')} className="back" onClick={back} />
      <button type="button" className="inlay-head-title" onClick={toggle} aria-expanded={open}>
        <Avatar
          id={peer ?? id}
          name={title}
          picture={picture}
          presence={presence?.state}
          square={peer === undefined}
        />
        <span>
          <h2>{title}</h2>
          <Standing id={id} info={info} peer={peer} presence={presence} />
        </span>
      </button>
      {info?.self != null && (
        <RoundButton
          icon="more"
          label={t('info.more')}
          aria-haspopup="menu"
          onClick={(event) => void attempt(openAt(event.currentTarget))}
        />
      )}
    </header>
  );
}

/** The title of a conversation, who is there, and what I may set for me. The app may put its own in its place. */
export function ConversationHead(props: ConversationPartProps) {
  const { ConversationHead: Own = PlainHead } = useInlay().parts;
  return <Own {...props} />;
}
