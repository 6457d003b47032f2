import { z } from 'zod';
import { Name, Time } from '../entities/common.ts';
import { Device, User } from '../entities/user.ts';
import { LIMITS } from '../limits.ts';
import { operation } from './operation.ts';

const nothing = z.strictObject({});
const AppId = z.string().min(1).max(64).describe('The app; absent: the default one.');
const DeviceName = z.string().trim().min(1).max(LIMITS.deviceName);
/** Lower-cased before it is looked up. */
export const Username = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,31}$/, {
  error: 'expected 2 to 32 letters, digits, dots, hyphens or underscores, the first a letter or digit',
});
const NewPassword = z.string().min(LIMITS.passwordMin).max(LIMITS.password);
/** E.164: a plus sign and 7 to 15 digits. */
const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/, { error: 'expected a phone number as +4912345678' });
const Email = z.email().max(254);
/** Where a one-time code goes. */
export const CodeAddress = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('phone'), phone: Phone }),
  z.strictObject({ channel: z.literal('email'), email: Email }),
]);
const Code = z.string().regex(/^\d{6}$/, { error: 'expected six digits' });
const Ticket = z.string().min(1).max(100);

const where = { app: AppId.optional(), device: DeviceName.optional() };

/** What every sign-in gives. The refresh token works once; each refresh gives the next. */
export const Tokens = z
  .strictObject({
    accessToken: z.string(),
    expiresAt: Time,
    refreshToken: z.string(),
    refreshExpiresAt: Time,
    device: z.uuid(),
    user: User,
  })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof Tokens>;

const signIn = { access: 'public', errors: ['wrong_credentials'] } as const;

export const authOperations = {
  'auth.signInWithToken': operation(
    "Signs in with a JWT that the host app's backend signed: `sub` is the user id, `name` and `avatar` are taken over, `exp` is required and at most 24 hours ahead. The user comes into being on first use.",
    { input: z.strictObject({ token: z.string().min(1).max(4096), ...where }), output: Tokens },
    { access: 'public', errors: ['wrong_credentials', 'conflict'] },
  ),
  'auth.signUp': operation(
    'Makes an account with user name and password.',
    {
      input: z.strictObject({ username: Username, password: NewPassword, name: Name.optional(), ...where }),
      output: Tokens,
    },
    { access: 'public', errors: ['conflict', 'forbidden'] },
  ),
  'auth.signInWithPassword': operation(
    'Signs in with user name and password.',
    {
      input: z.strictObject({
        username: Username,
        password: z.string().min(1).max(LIMITS.password),
        ...where,
      }),
      output: Tokens,
    },
    signIn,
  ),
  'auth.requestCode': operation(
    'Sends a one-time code to a phone or an e-mail address. The answer is the same whether or not an account exists.',
    {
      input: z.strictObject({
        app: AppId.optional(),
        to: CodeAddress,
        locale: z.enum(['en', 'zh-CN']).default('en'),
      }),
      output: z.strictObject({ ticket: Ticket, expiresAt: Time, resendAt: Time }),
    },
    { access: 'public', errors: ['forbidden'] },
  ),
  'auth.signInWithCode': operation(
    'Signs in with a one-time code; an account comes into being on first use.',
    {
      input: z.strictObject({ ticket: Ticket, code: Code, name: Name.optional(), ...where }),
      output: Tokens,
    },
    { access: 'public', errors: ['wrong_credentials', 'forbidden'] },
  ),
  'auth.signInAsGuest': operation(
    'Makes an anonymous visitor.',
    { input: z.strictObject({ name: Name.optional(), ...where }), output: Tokens },
    { access: 'public', errors: ['forbidden'] },
  ),
  'auth.upgradeWithPassword': operation(
    'Turns the signed-in guest into an account with user name and password, keeping everything.',
    {
      input: z.strictObject({ username: Username, password: NewPassword, name: Name.optional() }),
      output: z.strictObject({ user: User }),
    },
    { errors: ['conflict', 'forbidden'] },
  ),
  'auth.upgradeWithCode': operation(
    'Turns the signed-in guest into an account of the phone or e-mail address to which the code went.',
    {
      input: z.strictObject({ ticket: Ticket, code: Code, name: Name.optional() }),
      output: z.strictObject({ user: User }),
    },
    { errors: ['conflict', 'forbidden', 'wrong_credentials'] },
  ),
  'auth.changePassword': operation(
    'Changes the password and signs out all other devices.',
    {
      input: z.strictObject({ password: z.string().min(1).max(LIMITS.password), newPassword: NewPassword }),
      output: nothing,
    },
    { errors: ['wrong_credentials', 'forbidden'] },
  ),
  'auth.refresh': operation(
    'Trades a refresh token for fresh tokens. A refresh token that was used before signs its device out, as it may be stolen; repeating the very last one within 30 seconds is forgiven, as its answer may have been lost.',
    { input: z.strictObject({ refreshToken: z.string().min(1).max(200) }), output: Tokens },
    { access: 'public', errors: ['wrong_credentials', 'signed_out'] },
  ),
  'auth.signOut': operation('Signs this device out.', { input: nothing, output: nothing }),
  'devices.list': operation('My signed-in devices.', {
    input: nothing,
    output: z.strictObject({ devices: z.array(Device) }),
  }),
  'devices.rename': operation('Names the device that asks.', {
    input: z.strictObject({ name: DeviceName }),
    output: nothing,
  }),
  'devices.signOut': operation(
    'Signs a device of mine out; its connections close at once.',
    { input: z.strictObject({ device: z.uuid() }), output: nothing },
    { errors: ['not_found'] },
  ),
};
