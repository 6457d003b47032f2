import { describeConfig, environment } from '../config.ts';
import { print, table } from './output.ts';

/** Prints every option with its value now, its default and what it is for. */
export function config(): void {
  const rows = describeConfig(environment());
  print(
    table([
      ['NAME', 'VALUE', 'DEFAULT', 'MEANING'],
      ...rows.map((r) => [r.name, r.value, r.default, r.sentence]),
    ]),
  );
}
