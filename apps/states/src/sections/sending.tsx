import { Composer } from '@inlay-im/react';
import { useEffect, useRef } from 'react';
import { scene, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

/** What is done to a composer that stands in a frame. */
type Deed = (frame: HTMLElement) => void | Promise<void>;

/** A composer, to which something is done as soon as it is there. */
function Done({ id, deed }: { id: string; deed: Deed }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = frame;
    // Once the composer listens.
    const timer = setTimeout(() => current && void deed(current));
    return () => clearTimeout(timer);
  }, [deed]);
  return (
    <div ref={frame}>
      <Composer id={id} />
    </div>
  );
}

/** A composer, to which something is done by a press: what comes of it lies over the page. */
function Opener({ id, deed }: { id: string; deed: Deed }) {
  const frame = useRef<HTMLDivElement>(null);
  return (
    <div ref={frame}>
      <Composer id={id} />
      <button
        type="button"
        className="inlay-button"
        data-opens
        onClick={() => frame.current && void deed(frame.current)}
      >
        Open
      </button>
    </div>
  );
}

const made = (id: string) => () => world({ scenes: [scene({ id })] });

const over = (name: string, title: string, deed: Deed): State => {
  const id = `sending-${name}`;
  return { id: name, title, world: made(id), show: () => <Opener id={id} deed={deed} /> };
};
const within = (name: string, title: string, deed: Deed): State => {
  const id = `sending-${name}`;
  return { id: name, title, world: made(id), show: () => <Done id={id} deed={deed} /> };
};

async function photo(name: string, hue: number): Promise<File> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 240];
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = `hsl(${hue} 50% 55%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
  return new File([blob ?? ''], name, { type: 'image/jpeg' });
}

/** Files come to the composer as by a paste. */
const pasting =
  (files: () => Promise<File[]>): Deed =>
  async (frame) => {
    const clipboardData = new DataTransfer();
    for (const file of await files()) clipboardData.items.add(file);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    frame.querySelector('textarea')?.dispatchEvent(event);
  };

const photos = (count: number) => () =>
  Promise.all(Array.from({ length: count }, (_, i) => photo(`Tiles ${i + 1}.jpg`, i * 50)));

const documents = async () => [
  new File([new Uint8Array(1_400_000)], 'A plan with a name that has no end in sight whatever you do.pdf'),
  new File(['a,b'], '价目表.csv', { type: 'text/csv' }),
  new File([], 'empty.txt'),
];

/** A microphone that hums, as a page of states has none. */
function hum(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const end = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency: 220 });
    tone.connect(end);
    tone.start();
    return end.stream;
  };
}

const record: Deed = (frame) => {
  hum();
  frame.querySelector<HTMLElement>('button.send')?.click();
};

/** Waits for something that comes in a frame. */
async function shown(frame: HTMLElement, selector: string): Promise<HTMLElement> {
  for (;;) {
    const found = frame.querySelector<HTMLElement>(selector);
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
}

const pause: Deed = async (frame) => {
  await record(frame);
  await shown(frame, '.inlay-recorder .live');
  frame.querySelector<HTMLElement>('.inlay-recorder > button:last-child')?.click();
};

/** Nobody has answered yet whether it may be used. */
const ask: Deed = (frame) => {
  navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
  frame.querySelector<HTMLElement>('button.send')?.click();
};

export const sending: Section = {
  id: 'sending',
  title: 'Files and voice messages',
  states: [
    over('photo', 'A photo before it is sent', pasting(photos(1))),
    over('photos', 'Several photos', pasting(photos(5))),
    over('files', 'Files, one of them empty', pasting(documents)),
    over('many', 'More than one message holds', pasting(photos(23))),
    within('recording', 'Recording', record),
    within('paused', 'Recorded, to be listened to', pause),
    within('asking', 'Waiting for the microphone', ask),
  ],
};
