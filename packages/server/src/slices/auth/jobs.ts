import { LIMITS } from '@inlay-im/protocol';
import { z } from 'zod';
import type { Recurring, Task } from '../../core/jobs.ts';
import { type Logger, reason } from '../../core/log.ts';
import type { Db } from '../../db/database.ts';
import { CodeDeliveryError, type CodeSender } from '../../ports/codes.ts';
import type { AppDirectory } from '../apps/index.ts';
import { deleteExpired } from '../devices/index.ts';
import { deleteAbandonedGuests } from '../users/index.ts';
import { codeOf, deleteOldTickets, readTicket, type Ticket } from './codes.ts';
import { deleteOldAttempts } from './password-failures.ts';

export const DELIVER_CODE = 'auth.deliverCode';
export const SWEEP = 'auth.sweep';

const DeliverCode = z.object({ ticket: z.string() });
export type DeliverCode = z.infer<typeof DeliverCode>;

/** The adapters that bring codes to people, by channel. */
export interface CodeSenders {
  email: CodeSender;
  sms: CodeSender;
}

export interface AuthJobsDeps {
  db: Db;
  now: () => number;
  logger: Logger;
  tokenSecret: string;
  apps: AppDirectory;
  senders: CodeSenders;
}

/** Whole minutes for which a ticket is still good; 0 once it is not worth sending. */
function minutesLeft(ticket: Ticket, now: number): number {
  const left = Math.floor((ticket.expires_at.getTime() - now) / 60_000);
  return ticket.used ? 0 : Math.min(LIMITS.code / 60_000, Math.max(0, left));
}

/** Sends a ticket's code. Throws what may go better later; what will not is logged and left. */
async function deliver(deps: AuthJobsDeps, id: string, last: boolean): Promise<void> {
  const ticket = await readTicket(deps.db, id);
  const app = ticket && (await deps.apps.byPk(ticket.app));
  const minutes = ticket === undefined ? 0 : minutesLeft(ticket, deps.now());
  if (ticket === undefined || app === undefined || minutes === 0) return;
  const sender = ticket.channel === 'email' ? deps.senders.email : deps.senders.sms;
  const code = codeOf(deps.tokenSecret, ticket.id);
  try {
    await sender.send({ to: ticket.address, code, app: app.name, locale: ticket.locale, minutes });
    deps.logger.info('one-time code sent', { app: app.id, channel: ticket.channel, sender: sender.name });
  } catch (error) {
    const final = last || (error instanceof CodeDeliveryError && !error.retryable);
    deps.logger[final ? 'error' : 'warn'](final ? 'one-time code not sent' : 'one-time code not sent yet', {
      app: app.id,
      channel: ticket.channel,
      sender: sender.name,
      reason: reason(error),
    });
    if (!final) throw error;
  }
}

/** Removes what is over: codes, counters, devices that were not used for long, and guests who left nothing. */
async function sweep({ db, now, logger }: AuthJobsDeps): Promise<void> {
  const at = now();
  await deleteOldTickets(db, at);
  await deleteOldAttempts(db, at);
  const devices = await deleteExpired(db, new Date(at));
  const guests = await deleteAbandonedGuests(db);
  logger.debug('swept', { devices, guests });
}

/** The tasks of signing in, and when they run by themselves. */
export function authJobs(deps: AuthJobsDeps): { tasks: Record<string, Task>; recurring: Recurring[] } {
  return {
    tasks: {
      [DELIVER_CODE]: async (payload, attempt) =>
        deliver(deps, DeliverCode.parse(payload).ticket, attempt.last),
      [SWEEP]: () => sweep(deps),
    },
    recurring: [{ task: SWEEP, at: '17 * * * *' }],
  };
}
