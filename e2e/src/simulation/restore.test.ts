import { afterEach, expect, test } from 'bun:test';
import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEpoch, startTestNode, type TestNode } from 'inlay/testing';
import { chaos, expectInStep, settle } from './simulate.ts';
import type { World } from './world.ts';

const cleaning: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const clean of cleaning.splice(0).toReversed()) await clean();
});

/** A node with a database of its own, which is copied and put back while the node is stopped. */
async function restorable() {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-restore-'));
  chmodSync(folder, 0o711);
  cleaning.push(() => rmSync(folder, { recursive: true, force: true }));
  const place = { now: join(folder, 'now'), copy: join(folder, 'copy'), lost: join(folder, 'lost') };
  const nodes: TestNode[] = [];
  const start = async (port: string) => {
    const env = { INLAY_DATA: place.now, INLAY_PORT: port, INLAY_CONNECTIONS_PER_ADDRESS: '10000' };
    nodes[0] = await startTestNode({ env });
    return nodes[0];
  };
  const { port } = new URL((await start('0')).url);
  cleaning.push(async () => await nodes[0]?.stop());
  /** Stops the node, does something with the stopped database, and starts it again at the same address. */
  const restarted = async (meanwhile: () => unknown) => {
    await nodes[0]?.stop();
    meanwhile();
    await start(port);
  };
  return {
    nodes,
    // The database belongs to a user of its own where the tests run as root; -a keeps that.
    copy: () => restarted(() => expect(Bun.spawnSync(['cp', '-a', place.now, place.copy]).exitCode).toBe(0)),
    restore: () =>
      restarted(() => {
        renameSync(place.now, place.lost);
        renameSync(place.copy, place.now);
      }),
    restart: () => restarted(() => {}),
  };
}

async function opened(nodes: readonly TestNode[], seed: number): Promise<World> {
  const world = await settle(nodes, seed);
  cleaning.push(() => world.close());
  return world;
}

const epochOf = async ({ node }: World): Promise<string> =>
  (await node.db.selectFrom('node_state').select('epoch').executeTakeFirstOrThrow()).epoch;

test('[L10] a restored database that was declared as such makes every device begin anew', async () => {
  const { nodes, copy, restore, restart } = await restorable();
  const world = await opened(nodes, 2);
  await chaos(world, 30);
  await world.rest();
  const before = await epochOf(world);
  await copy();
  await chaos(world, 30);
  await world.rest();
  for (const { line } of world.devices) line.setUp(false);
  await restore();
  const epoch = await newEpoch(world.node.db, () => crypto.randomUUID());
  expect(epoch).not.toBe(before);
  await restart();
  await expectInStep(world);
  for (const device of world.devices) {
    const standings = (await device.witness.all('meta')) as { epoch?: string }[];
    expect(standings.find((one) => one.epoch !== undefined)?.epoch).toBe(epoch);
  }
}, 60_000);

test('[L10] a restored database that nobody declared is told by cursors from beyond its end', async () => {
  const { nodes, copy, restore } = await restorable();
  const world = await opened(nodes, 3);
  await chaos(world, 30);
  await world.rest();
  await copy();
  // Far more happens than what the devices do when they come back.
  await chaos(world, 60);
  await world.rest();
  for (const { line } of world.devices) line.cut();
  await world.rest();
  await restore();
  await expectInStep(world);
}, 60_000);

test('[L5] [L7] a restart alone keeps the epoch, and devices go on from their cursors', async () => {
  const { nodes, restart } = await restorable();
  const world = await opened(nodes, 4);
  await chaos(world, 30);
  const before = await epochOf(world);
  await restart();
  await chaos(world, 30);
  await expectInStep(world);
  expect(await epochOf(world)).toBe(before);
  for (const device of world.devices) expect(device.witness.wrong).toEqual([]);
}, 60_000);
