// Runs every check and every test, whatever fails on the way; plain Node, because it is the first thing to run.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browser, howToGetABrowser } from './testing/browser.mjs';
import { tally } from './testing/junit.mjs';
import { run, stopWithUs } from './testing/run.mjs';

const CHECKS = [
  { title: 'Types', script: 'types' },
  { title: 'Lint', script: 'lint' },
  { title: 'Import rules', script: 'imports' },
  { title: 'Unused code', script: 'unused' },
  { title: 'Size budgets', script: 'size' },
];
const CHECK_SECONDS = 300;
const SUITE_SECONDS = 1800;
/** For one test; a real node with a real PostgreSQL starts in some of them. */
const TEST_MS = 60_000;
const SLOWEST = 10;
/** So many lines of an error are told again at the end. */
const LINES = 15;

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'inlay-tests-'));
/** @type {import('./testing/junit.mjs').Case[]} */
const cases = [];
/** @type {string[]} */
const failures = [];
let passed = 0;
let failed = 0;

/** @param {string} title */
function heading(title) {
  console.log(`\n━━━ ${title} ${'━'.repeat(Math.max(3, 70 - title.length))}`);
}

/** @param {string} title @param {number} wrong @param {number} seconds */
function conclude(title, wrong, seconds) {
  if (wrong > 0) failures.push(title);
  console.log(`${wrong > 0 ? '✗' : '✓'} ${title} (${seconds.toFixed(1)} s)`);
}

/** @param {{ title: string, script: string }} check */
async function check({ title, script }) {
  heading(title);
  const { code, seconds } = await run(['npm', 'run', '--silent', script], { seconds: CHECK_SECONDS });
  if (code === 0) passed += 1;
  else failed += 1;
  conclude(title, code === 0 ? 0 : 1, seconds);
}

/**
 * @param {string} title
 * @param {string[]} folders
 * @param {{ env?: NodeJS.ProcessEnv, flags?: string[] }} [options]
 */
async function suite(title, folders, { env = {}, flags = [] } = {}) {
  const report = join(reports, `${folders.join('-')}.xml`);
  const told = ['--reporter=junit', `--reporter-outfile=${report}`, `--timeout=${TEST_MS}`, ...flags];
  const command = ['bun', 'test', ...told, ...folders.map((folder) => `./${folder}/`)];
  const { code, seconds } = await run(command, { seconds: SUITE_SECONDS, env });
  const result = tally(existsSync(report) ? readFileSync(report, 'utf8') : undefined, code);
  passed += result.passed;
  failed += result.failed;
  cases.push(...result.cases);
  conclude(title, result.failed, seconds);
}

async function browserTests() {
  const title = 'Browser tests';
  heading(title);
  const path = await browser(process.env);
  // Two at a time, as each of them mostly waits for a page.
  const flags = ['--parallel=2'];
  if (path !== undefined) return suite(title, ['e2e'], { env: { CHROMIUM_PATH: path }, flags });
  failed += 1;
  console.error(howToGetABrowser(process.env));
  conclude(title, 1, 0);
}

function summary() {
  heading('Slowest tests');
  const slowest = cases.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  for (const { seconds, name, file } of slowest)
    console.log(`${seconds.toFixed(2).padStart(7)} s  ${name} (${file})`);
  const broken = cases.filter((each) => each.result === 'failed');
  if (failures.length > 0) heading('What went wrong');
  for (const title of failures) console.log(`✗ ${title}`);
  for (const { name, file, why } of broken) {
    console.log(`  ${name} (${file})`);
    for (const line of why.split('\n').slice(0, LINES)) console.log(`    ${line}`);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
}

stopWithUs();
process.chdir(root);
// So that this also works as `node scripts/test.mjs`, without npm in front.
process.env.PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
try {
  for (const each of CHECKS) await check(each);
  heading('Unit and integration tests');
  await suite('Unit and integration tests', ['packages', 'apps', 'scripts']);
  await browserTests();
} finally {
  rmSync(reports, { recursive: true, force: true });
}
summary();
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
