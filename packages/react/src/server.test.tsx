import { expect, test } from 'bun:test';
import { renderToString } from 'react-dom/server';
import { Inlay, Messenger } from './index.ts';

test('the kit is rendered on a server, where there is neither page nor network', () => {
  expect(typeof document).toBe('undefined');
  const html = renderToString(
    <Inlay url="https://chat.example.com" tokenUrl="/chat-token" locale="en">
      <Messenger open="direct:ann,bob" />
    </Inlay>,
  );
  expect(html).toContain('class="inlay"');
  expect(html).toContain('inlay-messenger');
  expect(html).toContain('Conversations');
});
