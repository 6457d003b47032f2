import { describe, expect, test } from 'bun:test';
import { InlayError } from '@inlay-im/protocol/rules';
import { SignedOut } from '../requests/errors.ts';
import type { HttpCall } from '../requests/http.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import { lockOf } from '../tabs/ports.ts';
import { ManualClock } from '../testing/clock.ts';
import { Browser } from '../testing/tabs.ts';
import { Auth, type AuthOptions } from './auth.ts';

/** A node that hands tokens out; a refresh token works once. */
function node(clock: ManualClock) {
  const live = new Set<string>();
  const calls: string[] = [];
  let count = 0;
  const http = (async (op: string, input: { refreshToken?: string }) => {
    calls.push(op);
    if (op === 'auth.refresh' && !live.delete(input.refreshToken ?? ''))
      throw new InlayError('signed_out', 'reused');
    count += 1;
    live.add(`r${count}`);
    return {
      accessToken: `a${count}`,
      expiresAt: clock.now() + 900_000,
      refreshToken: `r${count}`,
      user: { id: 'ann' },
    };
  }) as unknown as HttpCall;
  return { http, calls, live };
}

function setup(options: Partial<AuthOptions> & { storage?: Storage } = {}) {
  const clock = new ManualClock();
  const server = node(clock);
  const storage = options.storage ?? memoryStorage();
  const make = (more: Partial<AuthOptions> = {}) =>
    new Auth({
      http: server.http,
      storage,
      clock,
      where: {},
      lock: lockOf(undefined, ''),
      hostToken: undefined,
      ...options,
      ...more,
    });
  return { clock, ...server, storage, make };
}

describe('access tokens', () => {
  test('are kept while they hold and replaced a minute before their end', async () => {
    const s = setup();
    const auth = s.make();
    await auth.signIn({ username: 'ann', password: 'secret123' });
    expect(await auth.access()).toBe('a1');
    await s.clock.advance(839_000);
    expect(await auth.access()).toBe('a1');
    await s.clock.advance(2000);
    expect(await auth.access()).toBe('a2');
  });

  test('are refreshed once however many ask', async () => {
    const s = setup();
    const auth = s.make();
    await auth.signIn({ guest: true });
    expect(await Promise.all([auth.access(true), auth.access(true), auth.access(true)])).toEqual([
      'a2',
      'a2',
      'a2',
    ]);
    expect(s.calls).toEqual(['auth.signInAsGuest', 'auth.refresh']);
  });

  test('are refreshed once by all tabs, as a refresh token that is used twice signs the device out', async () => {
    const s = setup();
    const browser = new Browser();
    const tabs = ['one', 'two'].map((name) => s.make({ lock: lockOf(browser.tab(name).locks, 'x') })) as [
      Auth,
      Auth,
    ];
    await tabs[0].signIn({ guest: true });
    await tabs[1].load();
    expect(await Promise.all(tabs.map((tab) => tab.access(true)))).toEqual(['a2', 'a2']);
    expect(s.calls.filter((op) => op === 'auth.refresh')).toHaveLength(1);
  });

  test('come from the host app anew when a refresh is refused', async () => {
    let asked = 0;
    const s = setup({
      hostToken: async () => {
        asked += 1;
        return 'jwt';
      },
    });
    const auth = s.make();
    expect(await auth.access()).toBe('a1');
    s.live.clear();
    expect(await auth.access(true)).toBe('a2');
    expect(asked).toBe(2);
  });

  test('are not to be had by someone who was signed out', async () => {
    const s = setup();
    const auth = s.make();
    await auth.signIn({ guest: true });
    s.live.clear();
    await expect(auth.access(true)).rejects.toBeInstanceOf(SignedOut);
  });

  test('that could not be fetched leave the sign-in as it is', async () => {
    const s = setup();
    const auth = s.make();
    await auth.signIn({ guest: true });
    const broken = s.make({
      http: (async () => {
        throw new InlayError('busy', 'later');
      }) as unknown as HttpCall,
    });
    await broken.load();
    await expect(broken.access(true)).rejects.toMatchObject({ code: 'busy' });
    expect(await auth.access(true)).toBe('a2');
  });
});
