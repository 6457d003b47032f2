import { Inlay } from '@inlay-im/react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.tsx';

const url = await (await fetch('/chat-url')).text();

// `Inlay` brings the client and no looks: the kit's style sheet is not even loaded.
createRoot(document.getElementById('app') as HTMLElement).render(
  <Inlay url={url} tokenUrl="/chat-token">
    <Chat />
  </Inlay>,
);
