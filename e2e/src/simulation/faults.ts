import { quietly } from './acting.ts';
import type { Device } from './device.ts';
import type { Cut } from './line.ts';
import type { World } from './world.ts';

/** Something that goes wrong on a device, or is put right again. */
export interface Fault {
  readonly name: string;
  readonly weight: number;
  run(world: World, device: Device): void | Promise<void>;
}

const PLACES: readonly Cut['where'][] = ['before', 'between', 'during', 'after'];

const place = ({ dice }: World): Cut['where'] => dice.pick(PLACES) as Cut['where'];

/** Cuts what there is, so that the next connection meets the cut in the middle of its opening or its sync. */
const cutAt = (name: string, op: string): Fault => ({
  name,
  weight: 3,
  run(world, { line }) {
    line.cutting = { where: place(world), op };
    line.cut();
  },
});

/** Everything that may go wrong between a device and its node. */
export const FAULTS: readonly Fault[] = [
  { name: 'cut the connection', weight: 6, run: (_, { line }) => line.cut() },
  {
    name: 'cut at the next request',
    weight: 8,
    run(world, { line }) {
      line.cutting = { where: place(world) };
    },
  },
  {
    name: 'cut at the next send',
    weight: 5,
    run(world, { line }) {
      line.cutting = { where: place(world), op: 'messages.send' };
    },
  },
  cutAt('cut while opening', 'session.open'),
  cutAt('cut while syncing', 'sync.page'),
  { name: 'go offline', weight: 6, run: (_, { line }) => line.setUp(false) },
  {
    name: 'go online',
    weight: 7,
    run(_, { line }) {
      // Much was missed meanwhile, so that a sync of several pages begins, and often is cut between two of them.
      if (!line.up && line.options.dice.chance(0.6)) line.cutting = { where: 'between', op: 'sync.page' };
      line.setUp(true);
    },
  },
  { name: 'delay what comes', weight: 4, run: (_, { line }) => line.hold({ in: true }) },
  { name: 'delay what goes', weight: 3, run: (_, { line }) => line.hold({ out: true }) },
  { name: 'release what was delayed', weight: 8, run: (_, { line }) => line.release() },
  {
    name: 'deliver twice',
    weight: 3,
    run(world, { line }) {
      line.twice = world.dice.pick([0, 0.3, 1]) as number;
    },
  },
  {
    name: 'deliver again after a reconnect',
    weight: 3,
    run(world, { line }) {
      line.again = world.dice.below(6);
    },
  },
  {
    name: 'crash and start',
    weight: 5,
    async run(_, device) {
      device.crash();
      await device.start();
    },
  },
  {
    name: 'close and start',
    weight: 2,
    async run(_, device) {
      await device.client.disconnect();
      device.crash();
      await device.start();
    },
  },
  {
    name: 'start afresh',
    weight: 2,
    async run(_, device) {
      // What waits to be sent would be lost with the device, and nobody could say what became of it.
      if (!(await device.sent())) return;
      device.renew();
      await device.start();
    },
  },
  {
    name: 'a new device',
    weight: 1,
    async run(world, device) {
      if (world.devices.length < 9) await world.device(device.user);
    },
  },
  { name: 'ask for a reader', weight: 1, run: (_, { client }) => quietly(client.call('users.me', {})) },
];
