import { InlayError } from '@inlay-im/protocol';
import type { HandlersOf } from '../core/handler.ts';
import { type OpenDeps, openSession } from './open-session.ts';
import { SocketSession } from './session.ts';

function socketOf(session: unknown): SocketSession {
  if (!(session instanceof SocketSession)) throw new Error('a session operation without a socket');
  return session;
}

const alreadyOpen = (): InlayError =>
  new InlayError('invalid_input', 'This session is open already.', { field: 'op' });

type Names = 'session.open' | 'session.refresh' | 'session.ping' | 'session.activity';

/** The operations that are about the socket itself. */
export function sessionHandlers(deps: OpenDeps): HandlersOf<Names> {
  return {
    'session.open': async (caller, input) => {
      const session = socketOf((caller as { session: unknown }).session);
      if (session.opening) throw alreadyOpen();
      session.opening = true;
      const output = await openSession(deps, session, input);
      session.open = true;
      const person = { app: session.signedIn?.caller.app.pk ?? 0, user: output.me.id };
      // A socket that closed while it was being opened was never here.
      if (session.ws.readyState === WebSocket.OPEN) {
        deps.presence.connected(person, { active: input.active, visibility: output.me.presenceVisibility });
        session.present = true;
      }
      return output;
    },
    'session.refresh': async (caller: { session: unknown }, input) => {
      const { signedIn } = socketOf(caller.session);
      const { user, device, app, expiresAt } = await deps.verify(input.token);
      const mine = signedIn?.caller;
      if (signedIn === null || mine?.user !== user || mine.device !== device || mine.app.pk !== app.pk) {
        throw new InlayError(
          'wrong_credentials',
          'This token is of another device; give one of this device.',
          { field: 'token' },
        );
      }
      signedIn.expiresAt = expiresAt;
      return { expiresAt };
    },
    'session.ping': async () => ({ serverTime: deps.log.now() }),
    'session.activity': async (caller: { session: unknown }, input) => {
      const { signedIn, present } = socketOf(caller.session);
      if (signedIn !== null && present && signedIn.active !== input.active) {
        signedIn.active = input.active;
        deps.presence.activity({ app: signedIn.caller.app.pk, user: signedIn.caller.user }, input.active);
      }
      return {};
    },
  };
}
