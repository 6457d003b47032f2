#!/usr/bin/env node
// Runs the command line on the Bun that the lockfile pins, so that a machine with only Node can start a node.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of the pinned Bun. */
function bunBinary() {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('bun/package.json');
  return join(dirname(manifest), require(manifest).bin.bun);
}

/** @param {unknown} cause */
function refuse(cause) {
  const reason = cause instanceof Error ? cause.message : String(cause);
  process.stderr.write(`inlay: Bun could not be started (${reason}). Run "npm rebuild bun" and try again.\n`);
  process.exit(1);
}

/** @param {string} binary */
function run(binary) {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  // --no-orphans: when this process dies by SIGKILL, no node stays behind holding the port and the data folder.
  const flags = ['--no-orphans', '--no-install'];
  const child = spawn(binary, [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('error', refuse);

  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group: the child has it already, and a second one may mean "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }

  child.on('exit', (code, signal) => {
    if (signal === null) return process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Reached only where this signal does not end a process by itself.
    setTimeout(() => process.exit(128 + constants.signals[signal]), 100);
  });
}

try {
  run(bunBinary());
} catch (cause) {
  refuse(cause);
}
