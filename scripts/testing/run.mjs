import { spawn } from 'node:child_process';

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 128 and more when a signal ended it, 124 when the time was up, 127 when it could not start
 * @property {number} seconds
 */

/** How long what was told to stop has to clean up before it is killed. */
const GRACE_MS = 10_000;

/** @type {Set<number>} */
const groups = new Set();

/** @param {number} group @param {NodeJS.Signals} signal */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended by itself.
  }
}

let stopping = false;

function leaveWhenDone() {
  if (stopping && groups.size === 0) process.exit(130);
}

/** Passes a request to stop on to what is under way, and leaves once that has ended. */
export function stopWithUs() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      stopping = true;
      for (const group of groups) {
        signalGroup(group, signal);
        setTimeout(() => signalGroup(group, 'SIGKILL'), GRACE_MS);
      }
      leaveWhenDone();
    });
  }
}

/**
 * Runs a command with its output shown as it comes, without a stdin, and kills its whole group when the time is up.
 *
 * @param {string[]} command
 * @param {{ seconds: number, env?: NodeJS.ProcessEnv }} limits
 * @returns {Promise<Outcome>}
 */
export function run([program = '', ...args], { seconds, env }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      // A group of its own, so that what it started can be ended with it.
      detached: true,
    });
    const group = child.pid ?? 0;
    if (group > 0) groups.add(group);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      console.error(`Not finished after ${seconds} s: stopped.`);
      signalGroup(group, 'SIGTERM');
      setTimeout(() => signalGroup(group, 'SIGKILL'), GRACE_MS).unref();
    }, seconds * 1000);

    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer);
      groups.delete(group);
      leaveWhenDone();
      resolve({ code: late ? 124 : code, seconds: (performance.now() - started) / 1000 });
    };
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      end(127);
    });
    child.on('exit', (code, signal) => {
      if (signal !== null) console.error(`${program} was ended by ${signal}.`);
      end(code ?? 128);
    });
  });
}
