import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** CHROMIUM_PATH, else the first Chromium in PATH. */
function chromiumPath(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  const found = CHROMIUM_PATH ?? folders.flatMap((f) => NAMES.map((name) => join(f, name))).find(isProgram);
  if (found === undefined) throw new Error('no Chromium was found: install it or set CHROMIUM_PATH');
  return found;
}

/** `args`: further switches, as for a microphone that is none. */
export const launch = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', ...args],
  });
