// Each package keeps its own budgets in packages/<name>/.size-limit.json, with paths from there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export default readdirSync('packages').flatMap((name) => {
  const file = `packages/${name}/.size-limit.json`;
  if (!existsSync(file)) return [];
  return JSON.parse(readFileSync(file, 'utf8')).map((budget) => ({
    ...budget,
    path: `packages/${name}/${budget.path}`,
  }));
});
