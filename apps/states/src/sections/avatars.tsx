import { Avatar } from '@inlay-im/react';
import { BROKEN, PEOPLE, PICTURE } from '../data/people.ts';
import { world } from '../data/world.ts';
import type { Section } from './section.ts';

const row = (content: React.ReactNode) => <div className="row">{content}</div>;
const SIZES = ['s', 'm', 'l', 'xl'] as const;

export const avatars: Section = {
  id: 'avatar',
  title: 'Avatar',
  states: [
    {
      id: 'sizes',
      title: 'Sizes',
      world,
      show: () => row(SIZES.map((size) => <Avatar key={size} id="ann" name="Ann Baker" size={size} />)),
    },
    {
      id: 'people',
      title: 'Names',
      world,
      show: () => row(PEOPLE.map(({ id, name }) => <Avatar key={id} id={id} name={name ?? id} />)),
    },
    {
      id: 'pictures',
      title: 'Picture, and one that cannot be loaded',
      world,
      show: () =>
        row(
          [PICTURE, BROKEN].map((picture) => (
            <Avatar key={picture} id="ben" name="Ben Okafor" picture={picture} size="l" />
          )),
        ),
    },
    {
      id: 'presence',
      title: 'Online, away, offline',
      world,
      show: () =>
        row(
          (['online', 'away', 'offline'] as const).map((presence) => (
            <Avatar key={presence} id="ben" name="Ben Okafor" presence={presence} size="l" />
          )),
        ),
    },
    {
      id: 'square',
      title: 'Group',
      world,
      show: () =>
        row(SIZES.map((size) => <Avatar key={size} id="studio" name="Studio 工作室" size={size} square />)),
    },
  ],
};
