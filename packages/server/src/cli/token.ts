import { isUserId } from '@inlay-im/protocol';
import { SignJWT } from 'jose';
import { DEFAULT_APP } from '../slices/apps/index.ts';
import { namedApp } from './named-app.ts';
import { CliError, print } from './output.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

export interface TokenOptions {
  app?: string;
  name?: string;
  hours: string;
}

/** Prints a token as the host app's backend would sign it. */
export async function token(user: string, { app = DEFAULT_APP, name, hours }: TokenOptions): Promise<void> {
  if (!isUserId(user))
    throw new CliError(`"${user}" is no user id: 1 to 64 letters, digits and . _ : @ | + = ~ -`);
  const validity = Number(hours);
  if (!(validity > 0 && validity <= 24))
    throw new CliError('--hours: expected a number above 0 and up to 24.');
  const secret = await withDatabase(settings(), async ({ db }) => (await namedApp(db, app)).secret);
  const signed = await new SignJWT(name === undefined ? {} : { name })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(user)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000 + validity * 3600))
    .sign(new TextEncoder().encode(secret));
  print(signed);
}
