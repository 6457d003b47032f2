/** A finger that is moved so many pixels while it holds takes the recording back, or lets it go on without it. */
const CANCEL = 96;
const LOCK = 64;
/** A shorter press, in milliseconds of recording, is a tap: it goes on without the finger. */
const TAP = 500;

/** How far a finger moved since it went down, in pixels. `along`: against the direction of writing, `up`: upwards. */
export interface Slide {
  readonly along: number;
  readonly up: number;
}

/** How far it may be seen to have moved: along one way alone, the longer one, and never beyond where it does something. */
export function slideOf(dx: number, dy: number, rtl: boolean): Slide {
  const along = Math.max(0, Math.min(CANCEL, rtl ? dx : -dx));
  const up = Math.max(0, Math.min(LOCK, -dy));
  return along >= up ? { along, up: 0 } : { along: 0, up };
}

/** What a slide does, if anything yet. */
export function deedOf({ along, up }: Slide): 'cancel' | 'lock' | undefined {
  if (along >= CANCEL) return 'cancel';
  return up >= LOCK ? 'lock' : undefined;
}

/** What lifting the finger does, once so many milliseconds are recorded. */
export const lifted = (recorded: number): 'send' | 'lock' => (recorded < TAP ? 'lock' : 'send');
