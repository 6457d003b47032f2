import type { Bus } from 'inlay/testing';
import type { Dice } from './dice.ts';

/**
 * A bus that loses some of the frames it should carry: it is a hint, and what gets lost is repaired by revisions.
 * Who is in a conversation, and what a node must forget, is carried always.
 */
export function losing(bus: Bus, dice: Dice, chance: number): Bus {
  return {
    publish: (message) => {
      if (message.type !== 'frame' || !dice.chance(chance)) bus.publish(message);
    },
    subscribe: (handler) => bus.subscribe(handler),
  };
}
