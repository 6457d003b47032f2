import { describe, expect, test } from 'bun:test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tally } from './junit.mjs';

/** What Bun itself reports about this test file. */
function reportOn(text: string): ReturnType<typeof tally> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-junit-'));
  const report = join(folder, 'report.xml');
  writeFileSync(join(folder, 'a.test.ts'), `import { describe, expect, test } from 'bun:test';\n${text}`);
  const command = [
    process.execPath,
    'test',
    '--reporter=junit',
    `--reporter-outfile=${report}`,
    './a.test.ts',
  ];
  const { exitCode } = Bun.spawnSync(command, { cwd: folder, stdout: 'ignore', stderr: 'ignore' });
  let xml: string | undefined;
  try {
    xml = readFileSync(report, 'utf8');
  } catch {
    // No report is one of the cases.
  }
  rmSync(folder, { recursive: true });
  return tally(xml, exitCode);
}

describe('the tally of a run', () => {
  test('counts what passed and what failed, and reads names and groups', () => {
    const { cases, passed, failed } = reportOn(`
      describe('a "group" & <more>', () => {
        test('one > two', () => {});
        test('breaks', () => expect('<testcase name="x" />').toBe(2));
      });
      test.skip('later', () => {});
      test('alone', () => {});`);
    expect({ passed, failed }).toEqual({ passed: 2, failed: 1 });
    expect(cases.map(({ name, result, file }) => ({ name, result, file }))).toEqual([
      { name: 'a "group" & <more> > one > two', result: 'passed', file: 'a.test.ts' },
      { name: 'a "group" & <more> > breaks', result: 'failed', file: 'a.test.ts' },
      { name: 'later', result: 'skipped', file: 'a.test.ts' },
      { name: 'alone', result: 'passed', file: 'a.test.ts' },
    ]);
  });

  test('tells why a test failed, and where', () => {
    const { cases } = reportOn(`
      test('says', () => { throw new Error('<what> & why\\nin two lines'); });
      test('hangs', () => new Promise(() => {}), 1);
      test('fine', () => {});`);
    const [says, hangs, fine] = cases.map(({ why }) => why);
    expect(says).toMatch(/^Error: <what> & why\nin two lines\n\s+at .*a\.test\.ts:3:/);
    expect(hangs).toBe('test timed out');
    expect(fine).toBe('');
  });

  test('counts an error outside of any test as a failure', () => {
    const { passed, failed } = reportOn("test('fine', () => {});\nthrow new Error('outside');");
    expect(passed).toBe(0);
    expect(failed).toBeGreaterThan(0);
  });

  test.each([
    ['a crash, which leaves no report', "test('dies', () => process.kill(process.pid, 'SIGKILL'));"],
    ['an early exit', "test('fine', () => {});\ntest('leaves', () => process.exit(0));"],
    ['a file without a test', ''],
  ])('counts %s as a failure', (_name, text) => {
    expect(reportOn(text).failed).toBe(1);
  });
});
