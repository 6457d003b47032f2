import type { TestNode } from 'inlay/testing';
import { DEEDS } from './deeds.ts';
import { FAULTS } from './faults.ts';
import { expectInvariants } from './invariants.ts';
import { expectSame } from './same.ts';
import { type Truth, truthOf } from './truth.ts';
import { World } from './world.ts';

const NAMES = ['ann', 'bob', 'cid', 'dan', 'eve'];
/** Steps that are printed of a seed that failed. */
const TOLD = 30;

export interface Plan {
  readonly seed: number;
  readonly steps: number;
  /** Whether everyone connects anew at the end: what a bus loses last is only missed then. */
  readonly reconnect?: boolean;
}

/** A seed that ended wrongly, with what happened last. */
class BadSeed extends Error {
  constructor({ seed, steps }: Plan, told: readonly string[], cause: unknown) {
    const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    super(
      `seed ${seed} (${steps} steps) fails: ${reason}\nThe last steps:\n  ${told.slice(-TOLD).join('\n  ')}`,
      { cause },
    );
  }
}

let runs = 0;

async function act(world: World): Promise<void> {
  const { dice, ledger } = world;
  const device = world.devices[dice.below(world.devices.length)];
  if (device === undefined) return;
  const what = dice.weighted(dice.chance(0.78) ? DEEDS : FAULTS);
  ledger.steps.push(`${device.name}: ${what.name}`);
  await what.run(world, device);
}

/** Lets nothing, a little, all, or time go by between two steps. */
async function between(world: World): Promise<void> {
  const { dice, ledger } = world;
  const how = dice.roll();
  if (how < 0.35) return await world.turns(dice.below(4));
  if (how < 0.75) return await world.quiet();
  const ms = dice.below(dice.chance(0.1) ? 20_000 : 2500);
  ledger.steps.push(`${ms} ms go by`);
  await world.pass(ms);
}

/** So many steps of everyone doing something while things go wrong. */
export async function chaos(world: World, steps: number): Promise<void> {
  for (let i = 0; i < steps; i += 1) {
    await act(world);
    await between(world);
  }
}

/** Whoever is away comes back, and is cut off between two pages of the sync that tells what was missed. */
async function comeBack(world: World): Promise<void> {
  for (const { line } of world.devices) {
    if (line.up) continue;
    line.cutting = { where: 'between', op: 'sync.page' };
    line.setUp(true);
  }
  await world.quiet();
}

async function compare(world: World): Promise<Map<string, Truth>> {
  const truths = new Map<string, Truth>();
  for (const user of world.people) truths.set(user, await truthOf(world, user));
  for (const device of world.devices) {
    world.ledger.steps.push(`compare ${device.name}`);
    expectSame(device, truths.get(device.user) as Truth);
  }
  return truths;
}

/** [L7] Every device equals a fresh fetch, as it is and once everything is looked at; so does a brand-new one. */
export async function expectInStep(world: World): Promise<Map<string, Truth>> {
  await world.rest();
  const fresh = await Promise.all(world.people.map((user) => world.device(user)));
  await world.quiet();
  for (const device of fresh) for (const id of device.known) device.show(id);
  await world.rest();
  const truths = await compare(world);
  // Hidden ones too, which are in no list.
  for (const device of world.devices)
    for (const id of truths.get(device.user)?.rooms.keys() ?? []) device.showEnd(id);
  await world.rest();
  return await compare(world);
}

/** A tenant with so many people, as the seed says, who share a room. */
export async function settle(nodes: readonly TestNode[], seed: number): Promise<World> {
  runs += 1;
  const people = NAMES.slice(0, 2 + (seed % 4));
  const world = await World.open({ nodes, seed, tag: `sim-${seed}-${runs}`, people, devices: 2 });
  const room = { id: 'room', kind: 'group' as const, members: [...people], title: 'Room' };
  await world.devices[0]?.client.call('conversations.create', room);
  await world.quiet();
  return world;
}

/** Plays one seed: chaos, then rest, then every device must equal a fresh fetch. Throws `BadSeed`. */
export async function simulate(nodes: readonly TestNode[], plan: Plan): Promise<void> {
  const world = await settle(nodes, plan.seed);
  try {
    await chaos(world, plan.steps);
    await comeBack(world);
    world.ledger.steps.push('rest');
    for (let again = plan.reconnect ? 3 : 0; again > 0; again -= 1) {
      // What is sent after a reconnect may be lost too, until nobody has anything left to send.
      await world.rest();
      for (const { line } of world.devices) line.cut();
    }
    await expectInvariants(world, await expectInStep(world));
  } catch (error) {
    throw new BadSeed(plan, world.ledger.steps, error);
  } finally {
    world.close();
  }
}
