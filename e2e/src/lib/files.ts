import type { Message } from '@inlay-im/protocol';
import type { Page } from 'playwright-core';
import type { NodeProcess } from './node.ts';

type Person = Awaited<ReturnType<NodeProcess['person']>>;

/** A file as a person chooses it. */
export interface Choice {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A photo of its own colour, made in the page. */
export async function photo(
  page: Page,
  name: string,
  { width = 120, height = 80, hue = 200 } = {},
): Promise<Choice> {
  const data = await page.evaluate(
    ([wide, high, colour]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [wide as number, high as number];
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.fillStyle = `hsl(${colour} 60% 50%)`;
      context.fillRect(0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/jpeg').split(',')[1] as string;
    },
    [width, height, hue],
  );
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(data, 'base64') };
}

/** A video of about so many milliseconds, recorded in the page from a canvas that changes. */
export async function video(page: Page, name: string, length = 700): Promise<Choice> {
  const data = await page.evaluate(async (wanted) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [160, 90];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    const began = performance.now();
    while (performance.now() - began < wanted) {
      context.fillStyle = `hsl(${performance.now() % 360} 60% 50%)`;
      context.fillRect(0, 0, canvas.width, canvas.height);
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, length);
  return { name, mimeType: 'video/webm', buffer: Buffer.from(data, 'base64') };
}

/** What the messages of a conversation carry, oldest first, as a person sees them. */
export async function mediaOf(person: Person, conversation: string) {
  const { messages } = await person.call('messages.list', { conversation });
  return messages.flatMap(({ body, ...message }: Message) =>
    body?.kind === 'media' ? [{ ...message, body }] : [],
  );
}

/** The bytes of a file, as a person gets them. */
export async function bytesOf(
  node: NodeProcess,
  person: Person,
  { conversation, file }: { conversation: string; file: string },
): Promise<Buffer> {
  const { addresses } = await person.call('files.urls', { conversation, files: [file] });
  const [address] = addresses;
  if (address === undefined) throw new Error('the file is not this person’s to see');
  const answer = await fetch(new URL(address.url, node.url));
  if (!answer.ok) throw new Error(`the file is not given: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
