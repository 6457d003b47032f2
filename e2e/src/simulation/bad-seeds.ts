import type { Plan } from './simulate.ts';

/** Seeds that found something, named after what must not come back. */
export const BAD_SEEDS: readonly (Plan & { readonly name: string })[] = [
  { seed: 2, steps: 40, name: 'an owner who leaves is not counted among the members any more' },
  { seed: 1, steps: 60, name: 'members whose fetch was cut are fetched again' },
  { seed: 102, steps: 100, name: 'messages are asked for again when there was no answer in time' },
  { seed: 113, steps: 80, name: 'a conversation that becomes active between two pages of a sync is told' },
];
