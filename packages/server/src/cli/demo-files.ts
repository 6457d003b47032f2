import { join } from 'node:path';
import type { Request } from '@inlay-im/protocol';

/** A file that demo people send. */
export type DemoFile = Omit<Request<'files.create'>, 'file' | 'size'> & {
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
};

const stored = (file: string) => ({
  bytes: () => Bun.file(join(import.meta.dir, '../demo', file)).bytes(),
});
const photo = (name: string) => ({ kind: 'image' as const, name, ...stored(name) });

/** What the people of the demo send each other; drawn by a script of the browser tests. */
export const DEMO_FILES = {
  harbour: photo('harbour.jpg'),
  brick: photo('brick.jpg'),
  olive: photo('olive.jpg'),
  prices: { kind: 'file', name: 'Prices 价格 2026.pdf', ...stored('prices.pdf') },
  bell: {
    kind: 'voice',
    name: 'voice.webm',
    duration: 3800,
    waveform: 'BgYGl21POSogGBMPDG1POiogGBMPDArOlGpNOCkfGBIODGlMOCkfFxIODArHjmZKNigeFxIODAoJCAcHBgYGBg==',
    ...stored('bell.webm'),
  },
} as const satisfies Record<string, DemoFile>;
