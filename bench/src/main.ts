import { parseArgs } from 'node:util';
import { BENCHES } from './benches/index.ts';
import { machine, report, rounded } from './lib/result.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string' }, json: { type: 'boolean', default: false } },
});

const names = positionals.length === 0 ? BENCHES.map((b) => b.name) : positionals;
const unknown = names.filter((name) => !BENCHES.some((b) => b.name === name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are:`);
  for (const bench of BENCHES) console.error(`  ${bench.name.padEnd(14)} ${bench.about}`);
  process.exit(1);
}

for (const name of names) {
  const bench = BENCHES.find((b) => b.name === name);
  if (bench === undefined) continue;
  const seconds = values.seconds === undefined ? bench.seconds : Number(values.seconds);
  const { figures, targets } = await bench.run({ seconds });
  const result = { bench: name, figures: rounded(figures), targets };
  console.log(report(result));
  if (values.json) console.log(JSON.stringify(result));
  else console.log(`  ${machine()}, Bun ${Bun.version}, ${new Date().toISOString().slice(0, 10)}\n`);
}
// Sockets of the load generator would keep the process alive.
process.exit(0);
