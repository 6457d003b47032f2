import type { ConversationHandle } from '@inlay-im/client';
import type { Output } from '@inlay-im/protocol';
import { useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { EmojiSign } from '../emoji/custom.tsx';
import { nameOf, useMyId, useUser } from '../hooks/people.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';

type Reacted = Output<'reactions.list'>['reactions'][number];

function Reactor({ user, emoji }: Reacted) {
  const { t } = useInlay();
  const me = useMyId();
  const profile = useUser(user);
  const name = nameOf(profile, user);
  return (
    <li className="inlay-person">
      <Avatar id={user} name={name} picture={profile?.avatar} size="s" />
      <span>{user === me ? t('timeline.you') : name}</span>
      <span className="emoji">
        <EmojiSign emoji={emoji} />
      </span>
    </li>
  );
}

export interface ReactorsProps {
  readonly handle: ConversationHandle;
  readonly n: number;
  onClose(): void;
}

/** Who reacted to a message, and with what. */
export function Reactors({ handle, n, onClose }: ReactorsProps) {
  const { client, t, attempt } = useInlay();
  const [page, setPage] = useState<Output<'reactions.list'> | undefined>(undefined);
  const load = async (next?: string) => {
    const more = await client.call('reactions.list', {
      conversation: handle.id,
      n,
      ...(next === undefined ? {} : { next }),
    });
    setPage((held) => ({ ...more, reactions: [...(held?.reactions ?? []), ...more.reactions] }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: loaded once for each message that is asked for.
  useEffect(() => {
    setPage(undefined);
    void attempt(load());
  }, [handle, n]);
  const next = page?.next;
  return (
    <Dialog title={t('timeline.reactors')} onClose={onClose}>
      {page === undefined && <p>{t('app.loading')}</p>}
      <ul>
        {page?.reactions.map((one) => (
          <Reactor key={`${one.user} ${one.emoji}`} {...one} />
        ))}
      </ul>
      {next != null && (
        <Button look="plain" onClick={() => void attempt(load(next))}>
          {t('info.moreMembers')}
        </Button>
      )}
    </Dialog>
  );
}
