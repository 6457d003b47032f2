/** The one tag: loads the widget from where this script came from. */

/** The widget's module, relative to this script. */
declare const __INLAY_WIDGET__: string;

const { src } = document.currentScript as HTMLScriptElement;
void import(new URL(__INLAY_WIDGET__, src).href);
