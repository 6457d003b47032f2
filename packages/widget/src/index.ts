/**
 * @inlay-im/widget: types of what `/widget.js` of a node puts into a page. The script itself comes from the node, so
 * that it is always of the node's version.
 */
import type { InlayChat } from './chat/chat-element.ts';
import type { InlayApi } from './inlay.ts';

export type { InlayApi, InlayChat };

declare global {
  interface Window {
    readonly Inlay?: InlayApi;
  }
  interface HTMLElementTagNameMap {
    'inlay-chat': InlayChat;
  }
}
