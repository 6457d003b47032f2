import { LIMITS } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import { randomId } from '../../core/random-id.ts';
import { checkWait } from '../../core/rate-limit.ts';
import { codeLogin, RESEND, waitForCode } from './codes.ts';
import { type AuthContext, checkOpen } from './context.ts';
import { lockLogin } from './credentials.ts';
import { DELIVER_CODE, type DeliverCode } from './jobs.ts';

/** With graphile-worker's growing pauses the last attempt comes within four minutes; a code lives for ten. */
const DELIVERY_ATTEMPTS = 6;

/** Nothing here looks for an account, so that nothing can tell whether there is one. */
export const requestCode =
  (context: AuthContext): Handler<'auth.requestCode'> =>
  async (caller, input) => {
    const { db, apps, limits, jobs, now, randomBytes } = context;
    const app = await apps.named(input.app);
    checkOpen(app.settings.codes, 'people sign in with one-time codes');
    limits.take('codes', caller.address);
    const login = codeLogin(app.pk, input.to);
    const at = now();
    const expiresAt = at + LIMITS.code;
    const ticket = randomId(randomBytes);
    await db.transaction().execute(async (trx) => {
      await lockLogin(trx, login);
      checkWait(await waitForCode(trx, login, at));
      await trx
        .insertInto('codes')
        .values({
          id: ticket,
          app: app.pk,
          channel: input.to.channel,
          address: login.identifier,
          locale: input.locale,
          created_at: new Date(at),
          expires_at: new Date(expiresAt),
        })
        .execute();
      await jobs.add(trx, DELIVER_CODE, {
        payload: { ticket } satisfies DeliverCode,
        attempts: DELIVERY_ATTEMPTS,
      });
    });
    return { ticket, expiresAt, resendAt: at + RESEND };
  };
