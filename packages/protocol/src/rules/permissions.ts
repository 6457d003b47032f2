import type { ConversationKind, Posting, Role } from '../entities/conversation.ts';

const RANK: Record<Role, number> = { member: 1, admin: 2, owner: 3 };

/** Everything about a conversation and a person that a permission may depend on. `role` is null for someone who is no member. */
export interface Standing {
  kind: ConversationKind;
  posting: Posting;
  role: Role | null;
}

/** Members read; anyone of the app reads a channel. */
export const mayRead = (s: Standing): boolean => s.role !== null || s.kind === 'channel';

/** Members post; where posting is for admins, only admins and the owner. */
export const mayPost = (s: Standing): boolean =>
  s.role !== null && (s.posting === 'everyone' || RANK[s.role] >= RANK.admin);

/** Title, avatar, settings and members are changed by admins and the owner; a direct conversation has neither. */
export const mayManage = (s: Standing): boolean =>
  s.kind !== 'direct' && s.role !== null && RANK[s.role] >= RANK.admin;

/** Whoever removes someone or takes a role away must stand above that one. */
export const mayActOn = (s: Standing, target: Role): boolean =>
  mayManage(s) && s.role !== null && RANK[s.role] > RANK[target];

/** Roles are given by the owner alone. */
export const maySetRole = (s: Standing): boolean => s.kind !== 'direct' && s.role === 'owner';

/** A message is recalled by its sender, or in a group or channel by someone who may manage it. */
export const mayRecall = (s: Standing, own: boolean): boolean => own || mayManage(s);
