import type { Gifs } from '@inlay-im/client';
import { useClient } from '@inlay-im/react';
import { GifPicker } from '@inlay-im/react/gifs';
import { useEffect, useState } from 'react';
import { type World, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

/** The picker as it stands beside the field. */
function Shown() {
  const client = useClient();
  const [gifs, setGifs] = useState<Gifs | undefined>(undefined);
  useEffect(() => {
    void client.gifs.get().then(setGifs);
  }, [client]);
  return (
    <div className="inlay-pickers">
      <div className="panel">{gifs && <GifPicker gifs={gifs} name="Tenor" onGif={() => {}} />}</div>
    </div>
  );
}

const state = (id: NonNullable<World['gifs']>, title: string): State => ({
  id,
  title,
  height: 380,
  world: () => world({ gifs: id }),
  show: () => <Shown />,
});

export const gifs: Section = {
  id: 'gif',
  title: 'GIFs',
  states: [
    state('found', 'Found'),
    state('few', 'Only a few, in a row that is not full'),
    state('loading', 'Being looked for'),
    state('nothing', 'Nothing found'),
    state('failed', 'The service does not answer'),
  ],
};
