import type { Log } from '../../log/index.ts';
import { add } from './add.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { list } from './list.ts';
import { remove } from './remove.ts';
import { setRole } from './set-role.ts';
import { transferOwnership } from './transfer-ownership.ts';
import { updateSelf } from './update-self.ts';

export { admit } from './people.ts';
export { roleIn } from './roles.ts';
export {
  addMembers,
  bumpUserRevs,
  type Joining,
  pgArray,
  systemBody,
  tellJoined,
  tellJoinedHere,
  tellSystem,
} from './roster.ts';

/** Who is in a conversation, in which role, and each one's own side of it. */
export const memberHandlers = (log: Log) => ({
  'members.list': list(log),
  'members.add': add(log),
  'members.remove': remove(log),
  'members.join': join(log),
  'members.leave': leave(log),
  'members.setRole': setRole(log),
  'members.transferOwnership': transferOwnership(log),
  'members.updateSelf': updateSelf(log),
});
