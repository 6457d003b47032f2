import { z } from 'zod';

/** What an app may switch; stored as JSON, absent means the default. */
export const AppSettings = z.strictObject({
  /** Whether anonymous visitors may sign in. */
  guests: z.boolean().default(true),
  /** Whether people may make accounts of their own, and how. */
  signUp: z.boolean().default(true),
  codes: z.boolean().default(true),
  /**
   * Whether a person whom the host app vouched for may write to, or add, an id that has not been seen yet, which then
   * comes into being. Guests and people with own accounts never may, as they could claim other people's ids.
   */
  openUsers: z.boolean().default(true),
});
export type AppSettings = z.infer<typeof AppSettings>;
