import { avatars } from './avatars.tsx';
import { banners } from './banners.tsx';
import { composers } from './composers.tsx';
import { gifs } from './gifs.tsx';
import { media } from './media.tsx';
import { messages } from './messages.tsx';
import { overlays } from './overlays.tsx';
import { details, empties, entry, me, whole } from './pages.tsx';
import { rows } from './rows.tsx';
import type { Section } from './section.ts';
import { sending } from './sending.tsx';
import { stickers } from './stickers.tsx';

/** All components in all their states, in the order of the list. */
export const SECTIONS: readonly Section[] = [
  avatars,
  rows,
  messages,
  media,
  stickers,
  composers,
  gifs,
  sending,
  banners,
  overlays,
  details,
  me,
  entry,
  whole,
  empties,
];
