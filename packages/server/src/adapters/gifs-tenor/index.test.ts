import { expect, test } from 'bun:test';
import { gifServiceContract } from '../gifs.contract.ts';
import { tenorGifs } from './index.ts';
import { tenorStandIn } from './stand-in.ts';

gifServiceContract({
  name: 'tenor',
  standIn: tenorStandIn,
  service: tenorGifs,
  host: 'media.tenor.com',
  paths: { search: '/v2/search', popular: '/v2/featured' },
});

test('asks in Tenor’s words, and tells of what was chosen', async () => {
  const end = tenorStandIn({ key: 'k', gifs: [] });
  const gifs = tenorGifs({ key: 'k', url: end.url, name: undefined, hosts: [], rating: 'g' });
  await gifs.search({ query: '你好', cursor: 'CAgQ', limit: 24, locale: 'zh-CN' });
  await gifs.chosen?.('123', 'hello');
  const mine = { key: 'k', client_key: 'inlay' };
  expect(end.asked.map(({ query }) => query)).toEqual([
    {
      ...mine,
      q: '你好',
      limit: '24',
      pos: 'CAgQ',
      media_filter: 'gif,mediumgif,tinygif,nanogif',
      contentfilter: 'high',
      locale: 'zh_CN',
    },
    { ...mine, id: '123', q: 'hello' },
  ]);
  expect(gifs.name).toBe('Tenor');
  await end.close();
});
