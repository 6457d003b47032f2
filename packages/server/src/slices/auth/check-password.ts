import { checkWait } from '../../core/rate-limit.ts';
import { type AuthContext, wrongCredentials } from './context.ts';
import { findCredential, type Login } from './credentials.ts';
import { countAttempt, forgetAttempts } from './password-failures.ts';

export interface PasswordAttempt {
  login: Login;
  password: string;
  /** The network address. */
  address: string;
}

/**
 * Whose password this is. Who is unknown costs the same work, counts in the same way, and gets the same answer as a
 * wrong password. Throws `wrong_credentials` or `rate_limited`.
 */
export async function checkPassword(
  context: AuthContext,
  { login, password, address }: PasswordAttempt,
): Promise<string> {
  const { db, limits, passwords, now } = context;
  return await limits.guess(address, async () => {
    checkWait(await countAttempt(db, { app: login.app, identifier: login.identifier, now: now() }));
    const credential = await findCredential(db, login);
    const right = await passwords.verify(password, credential?.password);
    if (!right || credential === undefined) throw wrongCredentials();
    await forgetAttempts(db, login.app, login.identifier);
    return credential.user_id;
  });
}
