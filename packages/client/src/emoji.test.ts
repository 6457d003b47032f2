import { expect, test } from 'bun:test';
import type { CustomEmoji } from '@inlay-im/protocol';
import { AppEmoji } from './emoji.ts';
import { ManualClock, settle } from './testing/clock.ts';

const one = (name: string): CustomEmoji => ({ name, file: name, width: 1, height: 1, animated: false });

function scene() {
  const clock = new ManualClock();
  const state = { up: true, asked: 0, names: ['party'] };
  const call = async () => {
    state.asked += 1;
    return { emoji: state.names.map(one) };
  };
  const emoji = new AppEmoji({ call: call as never, clock, up: () => state.up });
  return { clock, state, emoji, names: () => [...emoji.all.get().keys()] };
}

test('they are fetched once, for the first who shows one', async () => {
  const { state, emoji, names } = scene();
  emoji.pump();
  expect(state.asked).toBe(0);
  emoji.all.subscribe(() => {})();
  emoji.all.subscribe(() => {});
  await settle();
  expect([state.asked, names()]).toEqual([1, ['party']]);
});

test('each session asks anew, and one that was asked for before there was one', async () => {
  const { state, emoji, names } = scene();
  state.up = false;
  emoji.all.subscribe(() => {});
  expect(state.asked).toBe(0);
  state.up = true;
  emoji.pump();
  await settle();
  state.names = ['cheer'];
  emoji.pump();
  await settle();
  expect(names()).toEqual(['cheer']);
});

test('a name that is unknown is asked for, now and then', async () => {
  const { clock, state, emoji } = scene();
  emoji.all.subscribe(() => {});
  await settle();
  emoji.misses('party');
  emoji.misses('other');
  expect(state.asked).toBe(1);
  await clock.advance(30_000);
  emoji.misses('other');
  emoji.misses('other');
  await settle();
  expect(state.asked).toBe(2);
});
