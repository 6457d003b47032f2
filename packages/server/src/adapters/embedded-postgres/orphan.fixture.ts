/** A node in miniature for `faults.test.ts`: starts PostgreSQL, says where, and waits to be killed. */
import { startEmbeddedPostgres } from './index.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
  const { socketDir, port, database, username, pid } = await startEmbeddedPostgres({
    dataDir,
    log: () => {},
  });
  console.log(JSON.stringify({ socketDir, port, database, username, pid }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
}
