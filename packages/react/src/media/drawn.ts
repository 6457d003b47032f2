// What is loaded with the first message that carries something: its place is kept free by what is there at once.
export { FileRow } from './file-row.tsx';
export { Tile } from './tile.tsx';
export { Voice } from './voice.tsx';
