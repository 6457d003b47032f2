import { expect, test } from 'bun:test';
import { GifCursorUnknown } from '../../ports/gifs.ts';
import { gifServiceContract } from '../gifs.contract.ts';
import { giphyGifs } from './index.ts';
import { giphyStandIn } from './stand-in.ts';

gifServiceContract({
  name: 'giphy',
  standIn: giphyStandIn,
  service: giphyGifs,
  host: 'media3.giphy.com',
  paths: { search: '/v1/gifs/search', popular: '/v1/gifs/trending' },
});

const question = { query: '你好', cursor: '24', limit: 24, locale: 'zh-CN' } as const;

test('asks in Giphy’s words, and takes the smaller of two encodings', async () => {
  const gif = { id: 'a', title: '你好', bytes: new Uint8Array(5), width: 10, height: 20 };
  const end = giphyStandIn({ key: 'k', gifs: [gif] });
  const gifs = giphyGifs({ key: 'k', url: end.url, name: 'Elsewhere', hosts: [], rating: 'pg-13' });
  await gifs.search(question);
  const shared = { api_key: 'k', q: '你好', lang: 'zh-CN', limit: '24', rating: 'pg-13' };
  expect(end.asked.map(({ query }) => query)).toEqual([{ ...shared, offset: '24' }]);
  const [found] = (await gifs.search({ ...question, cursor: undefined })).gifs;
  expect(found?.preview.url).toContain('fixed_width.webp');
  expect(gifs.name).toBe('Elsewhere');
  await end.close();
});

test.each(['at-24', '-1', '10000', '1.5'])('%s is no cursor', async (cursor) => {
  const gifs = giphyGifs({ key: 'k', url: 'http://127.0.0.1:9', name: undefined, hosts: [], rating: 'g' });
  expect(await gifs.search({ ...question, cursor }).catch((error) => error)).toBeInstanceOf(GifCursorUnknown);
});
