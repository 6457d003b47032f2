import type { Compact, Emoji, Shortcodes } from './emojis.ts';

/** Languages that there are names and tags in, besides English. */
const OWN: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  zh: () => import('emojibase-data/zh/compact.json'),
};

const loaded = new Map<string, Promise<readonly Emoji[]>>();

async function load(language: string): Promise<readonly Emoji[]> {
  const [{ emojisFrom }, english, shortcodes, own] = await Promise.all([
    import('./emojis.ts'),
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/emojibase.json'),
    OWN[language]?.(),
  ]);
  return emojisFrom({
    english: english.default as readonly Compact[],
    own: own?.default as readonly Compact[] | undefined,
    shortcodes: shortcodes.default as Shortcodes,
  });
}

/**
 * The emojis with their names in a language (BCP 47), fetched when they are first asked for, once for each language.
 * Fails where they cannot be fetched; the next call tries again.
 */
export function loadEmojis(locale: string): Promise<readonly Emoji[]> {
  const language = locale.toLowerCase().split('-')[0] ?? '';
  const held = loaded.get(language);
  if (held !== undefined) return held;
  const loading = load(language);
  loaded.set(language, loading);
  loading.catch(() => loaded.delete(language));
  return loading;
}
