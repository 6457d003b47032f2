export { askToSweep } from './ask-to-sweep.ts';
export { attachable } from './attachable.ts';
