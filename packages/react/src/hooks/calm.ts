import { useMedia } from './media.ts';

/** Whether the person asked for less motion. */
export const useCalm = (): boolean => useMedia('(prefers-reduced-motion: reduce)');
