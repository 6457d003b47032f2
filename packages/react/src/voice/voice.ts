/** What is loaded when someone records for the first time. */
export { playerOf } from '../media/player.ts';
export { Recorder } from './recorder.tsx';
export { Recording } from './recording.ts';
