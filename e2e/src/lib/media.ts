import type { Request, StoredFile } from '@inlay-im/protocol';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import type { NodeProcess } from './node.ts';

type Person = Awaited<ReturnType<NodeProcess['person']>>;
type Bytes = Uint8Array<ArrayBuffer>;

const RED = { r: 200, g: 60, b: 40 };
const BLUE = { r: 40, g: 90, b: 200 };

/** A picture of these sides with something to see in it: a disc on a ground, of which none is like another. */
export async function picture(width: number, height: number, hue = 0): Promise<Bytes> {
  const least = Math.min(width, height);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g" x2="0" y2="1">
      <stop stop-color="hsl(${hue},70%,75%)"/><stop offset="1" stop-color="hsl(${hue + 60},60%,35%)"/>
    </linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)"/>
    <circle cx="${width / 3}" cy="${height / 3}" r="${least / 6}" fill="hsl(${hue + 180},80%,80%)"/>
  </svg>`;
  return Uint8Array.from(await sharp(Buffer.from(svg)).jpeg().toBuffer());
}

/** A picture of two frames that moves. */
export async function movingPicture(width: number, height: number): Promise<Bytes> {
  const frame = (background: typeof RED) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = await Promise.all([RED, BLUE].map(frame));
  const made = sharp(frames, { join: { animated: true } }).gif({ delay: [300, 300], loop: 0 });
  return Uint8Array.from(await made.toBuffer());
}

/** What a browser records in so many milliseconds: a tone as Opus, or a moving square as VP8, both in WebM. */
export async function recorded(browser: Browser, kind: 'voice' | 'video', length: number): Promise<Bytes> {
  const page = await browser.newPage();
  const encoded = await page.evaluate(
    async ([kind, length]) => {
      const tone = () => {
        const audio = new AudioContext();
        const to = audio.createMediaStreamDestination();
        const oscillator = audio.createOscillator();
        oscillator.connect(to);
        oscillator.start();
        return to.stream;
      };
      const square = () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
        const drawn = canvas.getContext('2d') as CanvasRenderingContext2D;
        let x = 0;
        const draw = () => {
          drawn.fillStyle = 'teal';
          drawn.fillRect(0, 0, 320, 180);
          drawn.fillStyle = 'white';
          x = (x + 4) % 320;
          drawn.fillRect(x, 60, 40, 40);
          requestAnimationFrame(draw);
        };
        draw();
        return canvas.captureStream(15);
      };
      const mimeType = kind === 'voice' ? 'audio/webm;codecs=opus' : 'video/webm;codecs=vp8';
      const recorder = new MediaRecorder(kind === 'voice' ? tone() : square(), { mimeType });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      recorder.start();
      setTimeout(() => recorder.stop(), length);
      await new Promise((done) => {
        recorder.onstop = done;
      });
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ''));
    },
    [kind, length] as const,
  );
  await page.close();
  return Uint8Array.from(Buffer.from(encoded, 'base64'));
}

export type Sent = Omit<Request<'files.create'>, 'file' | 'size'> & { readonly bytes: Bytes };

/** Brings a file to the node as a person, by tus, and has it looked at. */
async function uploaded(node: NodeProcess, person: Person, { bytes, ...about }: Sent): Promise<StoredFile> {
  const file = Bun.randomUUIDv7();
  const { upload } = await person.call('files.create', { file, size: bytes.length, ...about });
  if (upload?.by !== 'tus') throw new Error('the node takes no bytes');
  const answer = await fetch(new URL(upload.url, node.url), {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${person.accessToken}`,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  });
  if (answer.status !== 204) throw new Error(`PATCH gave ${answer.status} ${await answer.text()}`);
  return (await person.call('files.finish', { file })).stored;
}

export interface SendMedia {
  readonly conversation: string;
  readonly files: readonly (Sent & { readonly caption?: string })[];
  readonly text?: string;
}

/** Sends files as one message. Gives its number. */
export async function sendMedia(
  node: NodeProcess,
  person: Person,
  { conversation, files, text }: SendMedia,
): Promise<number> {
  const items: { file: string; caption?: string }[] = [];
  // One after the other: a person brings only so many at once.
  for (const { caption, ...file } of files) {
    const stored = await uploaded(node, person, file);
    items.push({ file: stored.file, ...(caption === undefined ? {} : { caption }) });
  }
  const body = { kind: 'media' as const, items, ...(text === undefined ? {} : { text }) };
  return (await person.call('messages.send', { conversation, id: Bun.randomUUIDv7(), body })).n;
}
