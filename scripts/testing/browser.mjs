import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL_SECONDS = 600;

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a Chromium: the one that is named, or the first in PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
function findBrowser(env) {
  if (env.CHROMIUM_PATH) return isProgram(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/**
 * Finds a browser, and where it may, installs one: a fresh container has none, and the tests need it.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function browser(env) {
  const found = findBrowser(env);
  if (found !== undefined || env.CHROMIUM_PATH || !canInstall()) return found;
  console.log('There is no Chromium here: installing the one of the system.');
  const quiet = { seconds: INSTALL_SECONDS, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const update = await run(['apt-get', 'update', '-qq'], quiet);
  if (update.code === 0) {
    await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  }
  return findBrowser(env);
}

/** @param {NodeJS.ProcessEnv} env */
export function howToGetABrowser(env) {
  return env.CHROMIUM_PATH
    ? `CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which is not a program that can be run.`
    : 'No browser was found: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH to its path.';
}
