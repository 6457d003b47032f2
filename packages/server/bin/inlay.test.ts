import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = Bun.which('node') ?? 'node';
const MODULES = dirname(dirname(fileURLToPath(import.meta.resolve('bun/package.json'))));
let folder: string;

/** Starts the launcher, with this text in the place of the command line's program. */
function launch(main: string, args: readonly string[] = []) {
  writeFileSync(join(folder, 'src/main.ts'), main);
  return Bun.spawn([NODE, join(folder, 'bin/inlay.mjs'), ...args], {
    env: { ...process.env, INLAY_TEST_WORD: 'kept' },
    stdin: new TextEncoder().encode('typed'),
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

/** The first line of a stream, and a way to read on to its end. */
async function firstLine(stream: ReadableStream<Uint8Array>) {
  const reader = stream
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .getReader();
  const rest = async () => {
    let text = '';
    for (let each = await reader.read(); !each.done; each = await reader.read()) text += each.value;
    return text;
  };
  const { value = '' } = await reader.read();
  return { line: value.trim(), rest };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inlay-launcher-'));
  for (const name of ['bin', 'src']) mkdirSync(join(folder, name));
  copyFileSync(join(import.meta.dir, 'inlay.mjs'), join(folder, 'bin/inlay.mjs'));
  symlinkSync(MODULES, join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the launcher', () => {
  test('passes arguments, environment, stdin, output and exit code through', async () => {
    const launcher = launch(
      `console.log(JSON.stringify([process.argv.slice(2), process.env.INLAY_TEST_WORD, await Bun.stdin.text()]));
       console.error(Bun.version); process.exit(7);`,
      ['token', '--name', 'a b', ''],
    );
    const out = await new Response(launcher.stdout).text();
    expect(JSON.parse(out)).toEqual([['token', '--name', 'a b', ''], 'kept', 'typed']);
    expect((await new Response(launcher.stderr).text()).trim()).toBe(Bun.version);
    expect(await launcher.exited).toBe(7);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'hands %s on, once, and waits for the end',
    async (signal) => {
      const launcher = launch(
        `let heard = 0;
       process.on('${signal}', () => {
         heard += 1;
         setTimeout(() => { console.log('heard', heard); process.exit(3); }, 50);
       });
       setInterval(() => {}, 1000);
       console.log('ready');`,
      );
      const { line, rest } = await firstLine(launcher.stdout);
      expect(line).toBe('ready');
      launcher.kill(signal);
      expect(await launcher.exited).toBe(3);
      expect(await rest()).toBe('heard 1\n');
    },
  );

  test('ends by the signal that ended the program', async () => {
    const launcher = launch(`process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);`);
    await launcher.exited;
    expect(launcher.signalCode).toBe('SIGTERM');
  });

  test('leaves no program behind when it is killed outright', async () => {
    const launcher = launch('setInterval(() => {}, 1000); console.log(process.pid);');
    const { line, rest } = await firstLine(launcher.stdout);
    expect(Number(line)).toBeGreaterThan(0);
    launcher.kill('SIGKILL');
    await launcher.exited;
    // The program holds the other end of this pipe: its end is the program's end, and waiting for it is the test.
    expect(await rest()).toBe('');
  });

  test('says what to do when Bun is not there', async () => {
    rmSync(join(folder, 'node_modules'));
    const launcher = launch('');
    expect(await new Response(launcher.stderr).text()).toContain('Run "npm rebuild bun"');
    expect(await launcher.exited).toBe(1);
  });
});
