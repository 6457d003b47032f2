/** Whether the main pointer is a finger: then a field that takes the focus brings up a keyboard over half the screen. */
export const isTouch = (): boolean => globalThis.matchMedia?.('(pointer: coarse)').matches ?? false;
