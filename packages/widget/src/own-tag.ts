/** Tags whose turn has come: a script that runs twice on one page has two tags. */
const taken = new WeakSet<HTMLScriptElement>();

const isOurs = (script: HTMLScriptElement): boolean =>
  /\/widget\.js$/.test(URL.parse(script.src)?.pathname ?? '');

/**
 * The tag that this run of the script belongs to. The browser says so of a classic script; where something else ran
 * its text, it is the last tag of its name that had no turn yet.
 */
export function ownTag(page: Document = document): HTMLScriptElement | undefined {
  const { currentScript } = page;
  const tags = [...page.querySelectorAll<HTMLScriptElement>('script[src]')].filter(isOurs);
  const tag =
    currentScript instanceof HTMLScriptElement && currentScript.src !== ''
      ? currentScript
      : (tags.findLast((each) => !taken.has(each)) ?? tags.at(-1));
  if (tag !== undefined) taken.add(tag);
  return tag;
}
