import { LIMITS } from '@inlay-im/protocol/rules';

/** So many files may be prepared at once: ten messages of them. */
export const MOST = 10 * LIMITS.albumItems;

/** Why a file cannot be sent. */
export type Refusal = 'large' | 'empty' | 'many';

export interface Refused {
  readonly why: Refusal;
  /** Names of those that cannot be sent for this reason. */
  readonly names: readonly string[];
}

export interface Sifted<F> {
  readonly taken: readonly F[];
  readonly refused: readonly Refused[];
}

/** Keeps those that can be sent beside the `held` ones that were taken before. */
export function sift<F extends { readonly name: string; readonly size: number }>(
  files: readonly F[],
  held = 0,
): Sifted<F> {
  const large = files.filter(({ size }) => size > LIMITS.fileBytes);
  const empty = files.filter(({ size }) => size === 0);
  const whole = files.filter((file) => !large.includes(file) && !empty.includes(file));
  const room = Math.max(0, MOST - held);
  const reasons = [
    ['large', large],
    ['empty', empty],
    ['many', whole.slice(room)],
  ] as const;
  const refused = reasons.map(([why, all]) => ({ why, names: all.map(({ name }) => name) }));
  return { taken: whole.slice(0, room), refused: refused.filter(({ names }) => names.length > 0) };
}
