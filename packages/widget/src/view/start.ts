/**
 * What is loaded to show the kit. It exports nothing: to a module without exports Bun adds what it shares with the
 * parts that are loaded on use, and what would be two files is one, which is smaller and comes in one round trip.
 */
import { given } from './given.ts';
import { show } from './view.tsx';

given.show = show;
