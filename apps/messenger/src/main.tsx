/** @jsxImportSource preact */
import { createClient } from '@inlay-im/client';
import { indexedDbStorage } from '@inlay-im/client/indexeddb';
import { render } from 'preact';
import { deviceName, profile, takeToken } from './address.ts';
import { App } from './ui/app.tsx';

const token = takeToken();
const person = profile();
const client = createClient({
  url: location.origin,
  device: deviceName(),
  storage: indexedDbStorage(person === undefined ? 'inlay' : `inlay:${person}`),
});

render(<App client={client} token={token} />, document.getElementById('app') as HTMLElement);
