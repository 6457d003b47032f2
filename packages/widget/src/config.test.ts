import { describe, expect, test } from 'bun:test';
import { keyOf, readChat, readTag } from './config.ts';

const SRC = 'https://chat.example.com/widget.js?v=1';
const reader = (attributes: Record<string, string>) => (name: string) => attributes[name] ?? null;
const tag = (attributes: Record<string, string> = {}, src = SRC) => readTag(reader(attributes), src);

describe('the tag', () => {
  test('without attributes it is a closed launcher of the node that the script came from', () => {
    expect(tag()).toEqual({
      url: 'https://chat.example.com',
      position: 'end',
      open: false,
      launcher: true,
    });
  });

  test('says all that it can say', () => {
    const said = tag({
      app: 'shop',
      'token-url': '/chat-token',
      user: '42',
      to: 'user:42',
      theme: 'dark',
      locale: 'zh-CN',
      position: 'left',
      open: '',
      guest: 'Visitor',
    });
    expect(said).toEqual({
      url: 'https://chat.example.com',
      app: 'shop',
      tokenUrl: '/chat-token',
      user: '42',
      to: 'user:42',
      theme: 'dark',
      locale: 'zh-CN',
      position: 'left',
      open: true,
      launcher: true,
      guest: 'Visitor',
    });
  });

  test('a node below a path is found there', () => {
    expect(tag({}, 'https://example.com/chat/widget.js').url).toBe('https://example.com/chat');
  });

  test('another node may be named', () => {
    expect(tag({ url: 'https://other.example/' }).url).toBe('https://other.example');
    expect(tag({ url: 'http://' }).url).toBe('https://chat.example.com');
  });

  test('words that are not known are as good as absent', () => {
    const said = tag({ position: 'top', theme: 'pink' });
    expect(said.position).toBe('end');
    expect(said).not.toHaveProperty('theme');
  });

  test.each([
    ['', true],
    ['true', true],
    ['open', true],
    ['false', false],
    ['off', false],
    ['no', false],
    ['0', false],
  ])('data-open="%s" is %p', (text, open) => expect(tag({ open: text }).open).toBe(open));

  test('no launcher where it is switched off', () => {
    expect(tag({ launcher: 'off' }).launcher).toBe(false);
    expect(tag({ launcher: '' }).launcher).toBe(true);
  });

  test('attributes that a template left empty are absent, but for a guest without a name', () => {
    const said = tag({ app: '', 'token-url': ' ', to: '', guest: '' });
    expect(Object.keys(said).sort()).toEqual(['guest', 'launcher', 'open', 'position', 'url']);
    expect(said.guest).toBe('');
  });

  test('a person goes before a conversation', () => {
    expect(tag({ to: 'bob', conversation: 'room' })).not.toHaveProperty('conversation');
    expect(tag({ conversation: 'room' }).conversation).toBe('room');
  });
});

describe('the element', () => {
  const chat = (
    attributes: Record<string, string>,
    of: Record<string, string> = {},
    getToken?: () => Promise<string>,
  ) => readChat({ get: reader(attributes), base: 'https://shop.example/a/b', tag: tag(of), getToken });

  test('takes what it does not say from the tag, but not whom to talk to', () => {
    const of = { app: 'shop', 'token-url': '/t', theme: 'dark', locale: 'en', to: 'support', user: '42' };
    expect(chat({ to: 'bob' }, of)).toEqual({
      url: 'https://chat.example.com',
      app: 'shop',
      tokenUrl: '/t',
      user: '42',
      theme: 'dark',
      locale: 'en',
      to: 'bob',
    });
    expect(chat({}, of)).not.toHaveProperty('to');
  });

  test('with a way to sign in of its own it takes none of the tag', () => {
    const of = { 'token-url': '/t', user: '42' };
    expect(chat({ 'token-url': '/other' }, of)).toEqual({
      url: 'https://chat.example.com',
      tokenUrl: '/other',
    });
    expect(chat({ guest: '' }, of)).toEqual({ url: 'https://chat.example.com', guest: '' });
    const getToken = async () => 'token';
    expect(chat({}, of, getToken)).toEqual({ url: 'https://chat.example.com', getToken });
  });

  test('addresses are from the page', () => {
    expect(chat({ url: '/chat/' }).url).toBe('https://shop.example/chat');
  });
});

test('who is shown what, and how it looks, is no other connection', () => {
  expect(keyOf(tag({ to: 'bob', theme: 'dark' }))).toBe(keyOf(tag({ conversation: 'room' })));
  for (const other of [
    { app: 'b' },
    { 'token-url': '/t' },
    { user: '1' },
    { guest: '' },
    { url: 'http://b' },
  ])
    expect(keyOf(tag(other as unknown as Record<string, string>))).not.toBe(keyOf(tag()));
});
