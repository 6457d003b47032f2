import type { show } from './view.tsx';

/** What `start.ts` gives once it is loaded. */
export const given: { show?: typeof show } = {};
