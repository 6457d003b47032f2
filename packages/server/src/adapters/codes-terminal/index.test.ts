import { expect, test } from 'bun:test';
import { CodeServiceFailed } from '../../ports/codes.ts';
import { codeSenderContract } from '../codes.contract.ts';
import { terminalCodeSender } from './index.ts';

function open(write?: () => void) {
  const lines: string[] = [];
  const sender = terminalCodeSender(write ?? ((line) => lines.push(line)));
  const delivered = async () => lines.map((text) => ({ to: /[\w.+-]+@[\w.]+/.exec(text)?.[0] ?? '', text }));
  return { sender, lines, delivered, close: () => {} };
}

codeSenderContract({
  name: 'terminal',
  addresses: ['ann@example.com', 'bob@example.com'],
  secrets: [],
  ownWords: true,
  open,
  notAddresses: [],
  troubles: [
    {
      what: 'a closed terminal is a failure that may pass',
      error: CodeServiceFailed,
      retryable: true,
      open: () =>
        open(() => {
          throw new Error('EPIPE while writing 482913 to ann@example.com');
        }),
    },
  ],
});

test('one line says who, which app, the code and how long', async () => {
  const { sender, lines } = open();
  await sender.send({ to: '+8613800138000', code: '004213', app: 'Tea\nhouse', locale: 'en', minutes: 10 });
  expect(lines).toEqual(['Sign-in code for +8613800138000 (Tea house): 004213, valid for 10 min']);
});
