import { Cell, type Client, createClient } from '@inlay-im/client';
import { indexedDbStorage } from '@inlay-im/client/indexeddb';
import { Inlay, notifyThrough } from '@inlay-im/react';
import '@inlay-im/react/styles.css';
import { createRoot } from 'react-dom/client';
import { deviceName, profile, takeToken } from './address.ts';
import { App } from './app.tsx';
import { installOffer } from './install.ts';
import './page.css';
import { registerServiceWorker } from './service-worker.ts';

/** Signs in with the token that came with the address, or goes on with the sign-in that is kept. */
async function begin(client: Client, token: string | undefined): Promise<void> {
  if (token === undefined) return void (await client.connect());
  try {
    await client.signIn({ token });
  } catch (error) {
    await client.connect();
    throw error;
  }
}

const token = takeToken();
const person = profile();
const client = createClient({
  url: location.origin,
  device: deviceName(),
  storage: indexedDbStorage(person === undefined ? 'inlay' : `inlay:${person}`),
});
const update = new Cell<(() => void) | undefined>(undefined);
const install = installOffer();
const begun = begin(client, token);
begun.catch(() => undefined);
registerServiceWorker((activate) => update.set(activate));
navigator.serviceWorker?.ready.then(notifyThrough, () => undefined);

createRoot(document.getElementById('app') as HTMLElement).render(
  <Inlay client={client}>
    <App begun={begun} arriving={token !== undefined} update={update} install={install} />
  </Inlay>,
);
