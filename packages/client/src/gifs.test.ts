import { expect, test } from 'bun:test';
import type { Gif } from '@inlay-im/protocol';
import { Gifs } from './gifs.ts';
import { ManualClock, settle } from './testing/clock.ts';

const gif = (id: string): Gif => ({ id, title: id, width: 2, height: 1, preview: `/media/gifs/${id}` });

/** Answers each call with the next of these; a text is an error. */
function scene(...answers: (object | string)[]) {
  const asked: [op: string, input: object][] = [];
  const call = async (op: string, input: object) => {
    asked.push([op, input]);
    const answer = answers.shift();
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  };
  let up = true;
  const gifs = new Gifs({ call: call as never, clock: new ManualClock(), up: () => up });
  return { gifs, asked, connected: (is: boolean) => (up = is) };
}

test('the service is asked for once somebody looks, and with each session anew', async () => {
  const { gifs, asked, connected } = scene({ name: 'Tenor' }, { name: null });
  connected(false);
  gifs.pump();
  gifs.service.subscribe(() => {});
  expect(asked).toEqual([]);
  connected(true);
  gifs.pump();
  await settle();
  expect(gifs.service.get()).toBe('Tenor');
  gifs.pump();
  await settle();
  expect(gifs.service.get()).toBeNull();
});

test('pages follow one another; one that failed is asked for again, and what comes twice is shown once', async () => {
  const { gifs, asked } = scene({ gifs: [gif('a'), gif('b')], next: 'n' }, 'offline', {
    gifs: [gif('b'), gif('c')],
    next: null,
  });
  const search = gifs.search('cat', 'zh-CN');
  expect(asked).toEqual([]);
  search.subscribe(() => {});
  search.more();
  expect(search.get()).toMatchObject({ state: 'loading', gifs: [] });
  await settle();
  expect(search.get()).toMatchObject({ state: 'ready', complete: false });
  search.more();
  await settle();
  expect(search.get()).toMatchObject({ state: 'failed', gifs: [gif('a'), gif('b')] });
  search.more();
  await settle();
  expect(search.get()).toEqual({ gifs: [gif('a'), gif('b'), gif('c')], state: 'ready', complete: true });
  search.more();
  const page = { query: 'cat', locale: 'zh-CN' };
  expect(asked.map(([, input]) => input)).toEqual([page, { ...page, cursor: 'n' }, { ...page, cursor: 'n' }]);
});

test('one that is taken again after no answer is the same file; after an answer it is another', async () => {
  const { gifs, asked } = scene('no answer', { stored: 1 }, { stored: 2 });
  const one = gif('a');
  await expect(gifs.take(one)).rejects.toThrow('no answer');
  await gifs.take(one);
  await gifs.take(one);
  const [first, second, third] = asked.map(([, input]) => (input as { file: string }).file);
  expect(second).toBe(first as string);
  expect(third).not.toBe(first as string);
});
