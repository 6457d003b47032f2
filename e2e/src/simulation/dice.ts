import { seeded } from 'inlay/testing';

/** Choices that only look random: the same for the same seed. */
export class Dice {
  /** A number from 0 up to 1. */
  readonly roll: () => number;

  constructor(seed: number) {
    this.roll = seeded(seed);
  }

  /** A whole number from 0 up to `below`. */
  below(below: number): number {
    return Math.floor(this.roll() * below);
  }

  chance(of: number): boolean {
    return this.roll() < of;
  }

  /** One of these; undefined of none. */
  pick<T>(all: readonly T[]): T | undefined {
    return all[this.below(all.length)];
  }

  /** One of these, as often as its weight says. */
  weighted<T extends { readonly weight: number }>(all: readonly T[]): T {
    let left = this.roll() * all.reduce((sum, { weight }) => sum + weight, 0);
    for (const one of all) {
      left -= one.weight;
      if (left < 0) return one;
    }
    return all.at(-1) as T;
  }
}
