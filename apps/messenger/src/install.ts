import { Cell, type Store } from '@inlay-im/client';

/** What Chromium offers before it asks: https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** Asks the browser to install the page as an app; undefined where it cannot be installed, or is already. */
export function installOffer(): Store<(() => void) | undefined> {
  const offer = new Cell<(() => void) | undefined>(undefined);
  addEventListener('beforeinstallprompt', (event) => {
    // The browser's own bar stays away: the offer stands in the settings, where it disturbs nobody.
    event.preventDefault();
    offer.set(() => {
      // An offer can be taken up once.
      offer.set(undefined);
      (event as InstallPrompt).prompt().catch(() => undefined);
    });
  });
  addEventListener('appinstalled', () => offer.set(undefined));
  return offer;
}
