import { expect, test } from 'bun:test';
import type { Place } from '@inlay-im/react';
import { deviceName, hashOf, placeOf } from './address.ts';

test.each<[string, Place]>([
  ['', {}],
  ['#/c/studio', { conversation: 'studio' }],
  ['#/c/studio/details', { conversation: 'studio', page: 'details' }],
  ['#/c/dm%3Aann%2Cben', { conversation: 'dm:ann,ben' }],
  ['#/c/%E5%B7%A5%E4%BD%9C/me', { conversation: '工作', page: 'me' }],
  ['#/me', { page: 'me' }],
  ['#/new', { page: 'new' }],
])('%p names a place, and the place its fragment', (hash, place) => {
  expect(placeOf(hash)).toEqual(place);
  expect(hashOf(place)).toBe(hash);
});

test.each(['#', '#/', '#/c', '#/c/', '#/c/%E0%A4%A', '#/details', '#/nowhere', '#top', '#token=x'])(
  '%p is the list',
  (hash) => expect(placeOf(hash)).toEqual({}),
);

test('a page that is none is left out', () => {
  expect(placeOf('#/c/studio/attic')).toEqual({ conversation: 'studio' });
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge, Windows'],
  ['something else', 'Browser'],
])('the device of %p', (agent, name) => expect(deviceName(agent)).toBe(name));
