// Type-checks the whole with tsconfig.json, then each part against the world it runs in.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const parts = ['packages', 'apps'].flatMap((group) => readdirSync(group).map((name) => `${group}/${name}`));
const projects = ['.', ...parts.filter((part) => existsSync(`${part}/tsconfig.json`))];

const wrong = projects.filter((project) => {
  console.log(`tsc -p ${project}`);
  const { status, error } = spawnSync('tsc', ['-p', project, '--pretty', 'false'], { stdio: 'inherit' });
  if (error) console.error(`tsc could not be started: ${error.message}`);
  return status !== 0;
});
if (wrong.length > 0) console.error(`Types are wrong in: ${wrong.join(', ')}`);
process.exitCode = wrong.length > 0 ? 1 : 0;
