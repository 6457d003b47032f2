/** @jsxImportSource preact */
import { mayPost } from '@inlay-im/protocol/rules';
import { useState } from 'preact/hooks';
import { reasonOf } from '../errors.ts';
import { useAround, useStore } from '../hooks.ts';
import { Composer } from './composer.tsx';
import { ConversationHead } from './conversation-head.tsx';
import { useTitle } from './texts.ts';
import { Timeline } from './timeline.tsx';

/** What the next message refers to: the one it answers, or the one of mine that it replaces. */
export type Target = { readonly to: 'reply' | 'edit'; readonly n: number; readonly key: string };

/** One conversation: its head, its messages, and where I write. */
export function ConversationPane({ id, me }: { id: string; me: string }) {
  const { client, t } = useAround();
  const handle = client.conversation(id);
  const info = useStore(handle.info);
  const title = useTitle(id, info, me);
  const [target, setTarget] = useState<Target | undefined>(undefined);
  const [problem, setProblem] = useState('');
  const standing = info && { kind: info.kind, posting: info.posting, role: info.self?.role ?? null };
  /** Shows what a change of a message came to, where it failed. */
  const attempt = (task: Promise<unknown>) => {
    setProblem('');
    task.catch((error: unknown) => setProblem(reasonOf(t, error)));
  };
  return (
    <section class="conversation" aria-label={title}>
      <ConversationHead handle={handle} info={info} title={title} me={me} attempt={attempt} />
      <Timeline handle={handle} info={info} title={title} me={me} onTarget={setTarget} attempt={attempt} />
      <p class="problem" role="alert">
        {problem}
      </p>
      {standing === undefined || mayPost(standing) ? (
        <Composer
          handle={handle}
          info={info}
          me={me}
          target={target}
          onTarget={setTarget}
          attempt={attempt}
        />
      ) : (
        <div class="read-only">
          {info?.self == null ? (
            <button type="button" class="primary" onClick={() => attempt(handle.join())}>
              {t('info.join')}
            </button>
          ) : (
            t('composer.readOnly')
          )}
        </div>
      )}
    </section>
  );
}
