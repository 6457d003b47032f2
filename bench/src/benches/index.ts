import type { Bench } from '../lib/bench.ts';
import { bigroom } from './bigroom.ts';
import { clientSize } from './client-size.ts';
import { fanout } from './fanout.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { media } from './media.ts';
import { send } from './send.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';
import { sync } from './sync.ts';
import { timeline } from './timeline.ts';

/** All benchmarks in the order in which they run. */
export const BENCHES: readonly Bench[] = [
  send,
  fanout,
  idle,
  storm,
  sync,
  history,
  bigroom,
  start,
  media,
  clientSize,
  timeline,
];
