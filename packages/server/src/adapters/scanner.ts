import type { Scanner } from '../ports/scanner.ts';
import { type ClamdAddress, clamdScanner } from './scanner-clamd/index.ts';

export type ScannerConfig = ({ readonly kind: 'clamd' } & ClamdAddress) | undefined;

/** The scanner that the configuration asks for; undefined: nothing is scanned. */
export function createScanner(config: ScannerConfig): Scanner | undefined {
  return config === undefined ? undefined : clamdScanner(config);
}
