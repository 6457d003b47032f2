import { LIMITS } from '@inlay-im/protocol/rules';
import { Composer, useClient, useComposer, useTimeline } from '@inlay-im/react';
import { useEffect } from 'react';
import { type Scene, type SceneOptions, scene, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

type Target = 'reply' | 'edit';

/** Answers or edits the first message, as a press on its menu does. */
function Targeted({ id, to }: { id: string; to: Target }) {
  const { ready } = useTimeline(id);
  const first = useClient().conversation(id).timeline.messages()[0];
  const composer = useComposer(id);
  const key = ready ? first?.key : undefined;
  // The composer is another object at each rendering, and its ways are the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    if (key !== undefined) composer[to]({ n: 1, key });
  }, [key, to]);
  return <Composer id={id} />;
}

function state(id: string, title: string, options: Omit<SceneOptions, 'id'>, to?: Target): State {
  const made = (): Scene => scene({ id: `composer-${id}`, ...options });
  const name = `composer-${id}`;
  return {
    id,
    title,
    world: () => world({ scenes: [made()] }),
    show: () => (to === undefined ? <Composer id={name} /> : <Targeted id={name} to={to} />),
  };
}

const LINE = 'We could take the blue tiles for the kitchen and the grey ones for the hall. ';

export const composers: Section = {
  id: 'composer',
  title: 'Composer',
  states: [
    state('empty', 'Empty', {}),
    state('short', 'With a text', { me: { draft: 'On Friday at ten?' } }),
    state('long', 'Grown to its height', { me: { draft: LINE.repeat(30) } }),
    state('near-limit', 'Near the limit', { me: { draft: 'a'.repeat(LIMITS.text - 12) } }),
    state('over-limit', 'Over the limit', { me: { draft: 'a'.repeat(LIMITS.text + 12) } }),
    state('reply', 'Replying', { written: [{ text: LINE }] }, 'reply'),
    state('edit', 'Editing', { written: [{ text: 'On Friday at ten.', sender: 'ann' }] }, 'edit'),
    state('read-only', 'Only admins write', { info: { posting: 'admins' } }),
    state('channel', 'A channel that I only read', { info: { kind: 'channel', title: 'News' }, me: null }),
  ],
};
