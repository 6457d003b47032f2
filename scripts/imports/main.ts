import { fileURLToPath } from 'node:url';
import { checkImports } from './check.ts';

const { files, imports, mistakes } = checkImports(fileURLToPath(new URL('../..', import.meta.url)));
for (const mistake of mistakes) console.error(mistake);
if (files === 0) console.error('No sources were found, so nothing was checked.');
console.log(`${imports} imports in ${files} files, ${mistakes.length} against the rules.`);
process.exitCode = mistakes.length > 0 || files === 0 ? 1 : 0;
