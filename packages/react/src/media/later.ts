import { later } from '../primitives/later.tsx';
import type { FileRowProps } from './file-row.tsx';
import type { TileProps } from './tile.tsx';
import type { VoiceProps } from './voice.tsx';

export const Tile = later<TileProps>(async () => (await import('./drawn.ts')).Tile);
export const Voice = later<VoiceProps>(async () => (await import('./drawn.ts')).Voice);
export const FileRow = later<FileRowProps>(async () => (await import('./drawn.ts')).FileRow);
