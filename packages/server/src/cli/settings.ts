import { type Config, environment, readConfig } from '../config.ts';
import { CliError } from './output.ts';

/** The configuration from the environment; every mistake is told at once. */
export function settings(overrides: Record<string, string | undefined> = {}): Config {
  const given = Object.fromEntries(Object.entries(overrides).filter(([, v]) => v !== undefined));
  const result = readConfig({ ...environment(), ...given });
  if (result.ok) return result.config;
  throw new CliError(['The configuration has mistakes:', ...result.mistakes.map((m) => `  ${m}`)].join('\n'));
}
