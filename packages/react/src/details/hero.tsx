import type { ConversationView } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { Standing } from '../conversation/standing.tsx';
import { useTitle } from '../hooks/conversations.ts';
import { useMyId, usePresence, useUser } from '../hooks/people.ts';
import { Avatar } from '../primitives/avatar.tsx';

const NOBODY: readonly string[] = [];

export interface HeroProps {
  readonly id: string;
  readonly info: ConversationView | undefined;
  /** The other person of a direct conversation. */
  readonly peer: string | undefined;
}

/** Large, who or what this is. */
export function Hero({ id, info, peer }: HeroProps) {
  const { t } = useInlay();
  const me = useMyId();
  const title = useTitle(id, info);
  const profile = useUser(peer);
  const alone = peer === me;
  const presence = usePresence(peer === undefined || alone ? NOBODY : [peer]).get(peer ?? '');
  const kind = info === undefined || info.kind === 'direct' ? undefined : info.kind;
  return (
    <div className="hero">
      <Avatar
        id={peer ?? id}
        name={title}
        picture={peer === undefined ? info?.avatar : (profile?.avatar ?? info?.peer?.avatar)}
        presence={presence?.state}
        size="xl"
        square={peer === undefined}
      />
      <h3 dir="auto">{title}</h3>
      {alone ? (
        <p className="soft">{t('info.selfHint')}</p>
      ) : (
        <>
          <Standing id={id} info={info} peer={peer} presence={presence} />
          {peer !== undefined && (
            <p className="soft">
              <bdi>@{peer}</bdi>
            </p>
          )}
        </>
      )}
      {kind === 'channel' && <p className="soft">{t('info.channelHint')}</p>}
    </div>
  );
}
