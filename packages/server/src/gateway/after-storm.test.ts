import { expect, test } from 'bun:test';
import { AfterStorm } from './after-storm.ts';

function watched(): { after: AfterStorm; collected: () => number } {
  let collections = 0;
  const after = new AfterStorm(() => {
    collections++;
  });
  return { after, collected: () => collections };
}

test('memory is collected once after a storm, and only when it is over', () => {
  const { after, collected } = watched();
  after.look(1000, 300);
  after.look(2000, 500);
  after.look(4999, 500);
  expect(collected()).toBe(0);
  after.look(5000, 500);
  after.look(60_000, 500);
  expect(collected()).toBe(1);
});

test('a few sign-ins are no storm, until they add up', () => {
  const { after, collected } = watched();
  after.look(1000, 499);
  after.look(60_000, 499);
  expect(collected()).toBe(0);
  after.look(61_000, 500);
  after.look(64_000, 500);
  expect(collected()).toBe(1);
});
