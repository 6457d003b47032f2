import { cpus, totalmem } from 'node:os';

/** One promise of a benchmark and whether this run kept it. */
export interface Target {
  name: string;
  value: number;
  target: number;
  ok: boolean;
}

export interface BenchResult {
  bench: string;
  /** Name to number; the name says the unit. */
  figures: Record<string, number>;
  targets: Target[];
}

const round = (value: number): number => Number(value.toPrecision(4));

export const atLeast = (name: string, value: number, target: number): Target => ({
  name,
  value: round(value),
  target,
  ok: value >= target,
});

export const atMost = (name: string, value: number, target: number): Target => ({
  name,
  value: round(value),
  target,
  ok: value <= target,
});

export function rounded(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)]));
}

/** The value below which the given part of all values lies; values are sorted in place. */
export function percentile(values: number[], part: number): number {
  if (values.length === 0) return Number.NaN;
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(values.length * part))] as number;
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;

/** A table for people. */
export function report({ bench, figures, targets }: BenchResult): string {
  const rows = Object.entries(figures).map(
    ([name, value]) => `  ${name.padEnd(44)} ${value.toLocaleString('en-US')}`,
  );
  const marks = targets.map(
    (t) => `  ${t.ok ? 'met   ' : 'MISSED'} ${t.name}: ${t.value} (target ${t.target})`,
  );
  return [bench, ...rows, ...marks].join('\n');
}
