import type { Locator } from 'playwright-core';

/** A finger that lies on the screen. */
export interface Finger {
  /** Moves it to so many pixels from where it went down. */
  move(dx: number, dy: number): Promise<void>;
  lift(): Promise<void>;
}

/** Puts a finger down on something, as a real touch screen has it. */
export async function press(target: Locator): Promise<Finger> {
  // It waits until what is pressed stands still.
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error('what is to be pressed is not shown');
  const cdp = await target.page().context().newCDPSession(target.page());
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const touch = (type: 'touchStart' | 'touchMove', dx: number, dy: number) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: from.x + dx, y: from.y + dy }] });
  await touch('touchStart', 0, 0);
  return {
    move: async (dx, dy) => {
      await touch('touchMove', dx, dy);
    },
    lift: async () => {
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await cdp.detach();
    },
  };
}

/** A finger goes down on something, moves by so many pixels in steps, and is lifted. */
export async function drag(target: Locator, dx: number, dy: number): Promise<void> {
  const finger = await press(target);
  for (let step = 1; step <= 8; step++) await finger.move((dx * step) / 8, (dy * step) / 8);
  await finger.lift();
}
