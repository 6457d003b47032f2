import { Fragment, useEffect } from 'react';
import { Composer } from '../composer/composer.tsx';
import { useInlay } from '../context.ts';
import { useConversation, useTitle } from '../hooks/conversations.ts';
import { useStore } from '../hooks/store.ts';
import { useWatched } from '../hooks/watched.ts';
import type { ConversationPartProps } from '../parts.ts';
import { later } from '../primitives/later.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { ConversationHead } from './head.tsx';
import { workbenchOf } from './workbench.ts';

const SelectionBar = later(async () => (await import('../timeline/selection-bar.tsx')).SelectionBar);

/** One conversation: its head, its messages, and where I write. */
export function Conversation({ id }: ConversationPartProps) {
  const { parts } = useInlay();
  const { handle, info } = useConversation(id);
  const title = useTitle(id, info);
  const bench = workbenchOf(handle);
  useWatched(id);
  const selecting = useStore(bench.selected) !== undefined;
  const Write = parts.Composer ?? Composer;
  useEffect(() => () => bench.leave(), [bench]);
  return (
    <section
      className="inlay-conversation"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !selecting) return;
        event.stopPropagation();
        bench.selected.set(undefined);
      }}
    >
      <ConversationHead id={id} />
      <Fragment key={id}>
        <Timeline id={id} />
        {selecting ? (
          <SelectionBar bench={bench} onClose={() => bench.selected.set(undefined)} />
        ) : (
          <Write id={id} />
        )}
      </Fragment>
    </section>
  );
}
