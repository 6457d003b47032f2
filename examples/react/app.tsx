import { Inlay, Messenger } from '@inlay-im/react';
import '@inlay-im/react/styles.css';
import { createRoot } from 'react-dom/client';

const url = await (await fetch('/chat-url')).text();

createRoot(document.getElementById('app') as HTMLElement).render(
  <main>
    <h1>Team</h1>
    <div className="chat">
      <Inlay url={url} tokenUrl="/chat-token">
        <Messenger page={false} />
      </Inlay>
    </div>
  </main>,
);
