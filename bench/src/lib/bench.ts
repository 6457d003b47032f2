import type { BenchResult } from './result.ts';

export interface BenchOptions {
  seconds: number;
}

/** One benchmark: what it measures, and how. */
export interface Bench {
  name: string;
  about: string;
  seconds: number;
  run(o: BenchOptions): Promise<Omit<BenchResult, 'bench'>>;
}
