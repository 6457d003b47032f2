import { z } from 'zod';
import { Custom, Name, PictureUrl, UserId } from '../entities/common.ts';
import { Me, Presence, PresenceVisibility, User } from '../entities/user.ts';
import { LIMITS } from '../limits.ts';
import { operation } from './operation.ts';

const nothing = z.strictObject({});
const UserIds = z.array(UserId).min(1).max(LIMITS.idsPerCall);

export const userOperations = {
  'users.get': operation(
    'Profiles of people of the app by id; unknown ids are left out.',
    { input: z.strictObject({ users: UserIds }), output: z.strictObject({ users: z.array(User) }) },
    { scope: 'users:read' },
  ),
  'users.me': operation('My own profile and settings.', {
    input: nothing,
    output: z.strictObject({ me: Me }),
  }),
  'users.update': operation(
    'Changes my profile or settings; what is absent stays, null clears.',
    {
      input: z.strictObject({
        name: Name.nullable().optional(),
        avatar: PictureUrl.nullable().optional(),
        custom: Custom.nullable().optional(),
        presenceVisibility: PresenceVisibility.optional(),
      }),
      output: z.strictObject({ me: Me }),
    },
    { scope: 'users:write' },
  ),
  'users.upsert': operation(
    'Makes or updates people of the host app; what is absent stays.',
    {
      input: z.strictObject({
        users: z
          .array(
            z.strictObject({
              id: UserId,
              name: Name.nullable().optional(),
              avatar: PictureUrl.nullable().optional(),
              custom: Custom.nullable().optional(),
            }),
          )
          .min(1)
          .max(LIMITS.idsPerCall),
      }),
      output: z.strictObject({ users: z.array(User) }),
    },
    { access: 'server', scope: 'users:write', errors: ['conflict'] },
  ),
  'presence.get': operation('Whether people are here, now.', {
    input: z.strictObject({ users: UserIds }),
    output: z.strictObject({ presence: z.array(Presence) }),
  }),
  'presence.subscribe': operation(
    'Follows presence and profile of people; gives their state now.',
    { input: z.strictObject({ users: UserIds }), output: z.strictObject({ presence: z.array(Presence) }) },
    { over: 'socket', errors: ['limit_reached'] },
  ),
  'presence.unsubscribe': operation(
    'Stops following.',
    { input: z.strictObject({ users: UserIds }), output: nothing },
    { over: 'socket' },
  ),
};
