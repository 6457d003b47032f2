import { codeOf, isCode, takeTry } from './codes.ts';
import { type AuthContext, wrongCredentials } from './context.ts';
import type { Login } from './credentials.ts';

export interface CodeAttempt {
  app: number;
  ticket: string;
  code: string;
  /** The network address. */
  address: string;
}

/**
 * The phone or e-mail address that the code was sent to. A try is taken before the code is looked at. The ticket is to
 * be used up by the transaction that acts on it. Throws `wrong_credentials` or `rate_limited`.
 */
export async function checkCode(
  context: AuthContext,
  { app, ticket, code, address }: CodeAttempt,
): Promise<Login> {
  const { db, limits, now, tokenSecret } = context;
  return await limits.guess(address, async () => {
    const row = await takeTry(db, { app, ticket, now: now() });
    if (row === undefined || !isCode(code, codeOf(tokenSecret, ticket))) throw wrongCredentials();
    return { app, kind: row.channel, identifier: row.address };
  });
}
