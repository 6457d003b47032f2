import { Messenger } from '@inlay-im/react';
import { BEN } from '../data/people.ts';
import { direct, type Link, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

const state = (link: Link, title: string): State => ({
  id: link,
  title,
  height: 340,
  world: () => world({ link, scenes: [direct(BEN, { written: [{ text: 'Are you there?' }] })] }),
  show: () => <Messenger open="direct:ann,ben" page={false} />,
});

export const banners: Section = {
  id: 'banner',
  title: 'Connection',
  states: [
    state('online', 'Connected: no banner'),
    state('offline', 'No network'),
    state('connecting', 'Connecting'),
    state('waiting', 'Trying again later'),
    state('syncing', 'Catching up'),
    state('stopped', 'The client gave up'),
  ],
};
