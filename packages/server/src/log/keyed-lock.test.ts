import { expect, test } from 'bun:test';
import { KeyedLock } from './keyed-lock.ts';

test('tasks of one key follow one another in order, those of another run beside them', async () => {
  const lock = new KeyedLock();
  const steps: string[] = [];
  const task = (key: string, name: string) =>
    lock.run(key, async () => {
      steps.push(`${name}+`);
      await new Promise(setImmediate);
      steps.push(`${name}-`);
    });
  await Promise.all([task('a', '1'), task('a', '2'), task('b', 'x'), task('a', '3')]);
  expect(steps.filter((s) => !s.startsWith('x'))).toEqual(['1+', '1-', '2+', '2-', '3+', '3-']);
  expect(steps.indexOf('x+')).toBeLessThan(steps.indexOf('1-'));
});

test('a task that fails lets the next one in', async () => {
  const lock = new KeyedLock();
  const failing = lock.run('a', () => Promise.reject(new Error('no')));
  const next = lock.run('a', async () => 'in');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('in');
  expect(lock.tryAcquire('a')).toBe(true);
  expect(lock.tryAcquire('a')).toBe(false);
});
