import { describe, expect, test } from 'bun:test';
import { DEFAULTS, SettingsStore } from './settings.ts';

function shelf(held: Record<string, string> = {}) {
  return {
    held,
    getItem: (key: string) => held[key] ?? null,
    setItem: (key: string, value: string) => {
      held[key] = value;
    },
  };
}

describe('settings', () => {
  test('are kept from one visit to the next', () => {
    const kept = shelf();
    new SettingsStore({}, kept).set({ theme: 'dark', locale: 'zh-CN' });
    expect(new SettingsStore({}, kept).get()).toEqual({ ...DEFAULTS, theme: 'dark', locale: 'zh-CN' });
  });

  test('tell of a change, once each', () => {
    const store = new SettingsStore({}, undefined);
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    store.set({ sounds: false });
    expect(store.get().sounds).toBe(false);
    expect(told).toBe(1);
  });

  test.each(['{', '7', 'null', '{"theme":"pink","sounds":"no","locale":5,"extra":1}'])(
    'take nothing from what makes no sense: %s',
    (text) => {
      expect(new SettingsStore({}, shelf({ 'inlay.settings': text })).get()).toEqual(DEFAULTS);
    },
  );

  test('hold for this visit where nothing may be stored', () => {
    const store = new SettingsStore(
      {},
      {
        getItem: () => {
          throw new Error('denied');
        },
        setItem: () => {
          throw new Error('denied');
        },
      },
    );
    store.set({ textSize: 'huge' });
    expect(store.get().textSize).toBe('huge');
  });

  test('follow another tab', () => {
    const kept = shelf();
    const [one, other] = [new SettingsStore({}, kept), new SettingsStore({}, kept)];
    one.set({ enterSends: false });
    other.reload();
    expect(other.get().enterSends).toBe(false);
  });
});
