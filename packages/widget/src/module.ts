import type * as Widget from './widget.ts';

export type WidgetModule = typeof Widget;

/** The widget's module, relative to the loader's script. */
declare const __INLAY_WIDGET__: string;

/** Gives the function that loads the widget's module once, from beside `src`; a failed load is tried again when asked. */
export function moduleOf(src: string): () => Promise<WidgetModule> {
  let loaded: Promise<WidgetModule> | undefined;
  return () => {
    loaded ??= (import(new URL(__INLAY_WIDGET__, src).href) as Promise<WidgetModule>).catch(
      (error: unknown) => {
        loaded = undefined;
        throw error;
      },
    );
    return loaded;
  };
}

/** Calls back when the page has nothing better to do. Returns what calls it off. */
export function whenIdle(run: () => void): () => void {
  let off = () => {};
  const wait = () => {
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(run, 200);
      off = () => clearTimeout(timer);
      return;
    }
    const handle = requestIdleCallback(run, { timeout: 2000 });
    off = () => cancelIdleCallback(handle);
  };
  if (document.readyState === 'complete') wait();
  else {
    addEventListener('load', wait, { once: true });
    off = () => removeEventListener('load', wait);
  }
  return () => off();
}
