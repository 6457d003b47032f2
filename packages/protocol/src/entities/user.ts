import { z } from 'zod';
import { Custom, Name, PictureUrl, Revision, Time, UserId } from './common.ts';

/** How someone came to be: named by the host app, signed up here, or an anonymous visitor. */
export const UserKind = z.enum(['host', 'own', 'guest']);
export type UserKind = z.infer<typeof UserKind>;

/** What everyone of the app may see of a person. */
export const User = z
  .strictObject({
    id: UserId,
    kind: UserKind,
    name: Name.nullable(),
    avatar: PictureUrl.nullable(),
    custom: Custom.nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

export const PresenceVisibility = z.enum(['everyone', 'contacts', 'nobody']);
export type PresenceVisibility = z.infer<typeof PresenceVisibility>;

/** A person's own view of themselves. */
export const Me = z
  .strictObject({
    ...User.shape,
    /** Who sees whether I am here. Contacts are the people I share a direct conversation with. */
    presenceVisibility: PresenceVisibility,
    rev: Revision,
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const PresenceState = z.enum(['online', 'away', 'offline']);
export type PresenceState = z.infer<typeof PresenceState>;

/** Whether someone is here. Hidden presence reads as offline without a time. */
export const Presence = z
  .strictObject({ user: UserId, state: PresenceState, lastSeenAt: Time.nullable() })
  .meta({ id: 'Presence' });
export type Presence = z.infer<typeof Presence>;

/** One signed-in device of mine. */
export const Device = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    createdAt: Time,
    lastSeenAt: Time,
    /** Whether the request came from this one. */
    current: z.boolean(),
  })
  .meta({ id: 'Device' });
export type Device = z.infer<typeof Device>;
