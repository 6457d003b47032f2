import type { Bus, BusMessage } from '../../ports/bus.ts';

/** A hub for nodes in one process. `join` gives each node its own end; a node does not hear itself. */
export function createLocalHub(): { join(): Bus } {
  const ends = new Set<{ hear: ((m: BusMessage) => void) | null }>();
  return {
    join() {
      const end: { hear: ((m: BusMessage) => void) | null } = { hear: null };
      ends.add(end);
      return {
        publish(message) {
          for (const other of ends) if (other !== end) other.hear?.(message);
        },
        subscribe(handler) {
          end.hear = handler;
          return () => {
            end.hear = null;
          };
        },
      };
    },
  };
}
