import type { ConversationKind, History, Posting, Role, Standing } from '@inlay-im/protocol';
import { LRUCache } from 'lru-cache';
import type { Db } from '../db/database.ts';

/** What a decision needs to know of a conversation, and what seldom changes. */
export interface ConversationFacts {
  /** Its key in the database. */
  key: string;
  id: string;
  app: number;
  kind: ConversationKind;
  history: History;
  posting: Posting;
  personA: string | null;
  personB: string | null;
  memberCount: number;
}

const CONVERSATIONS = 50_000;
const ROLES = 200_000;

/** Loads once for all who ask at the same time, and keeps nothing that became old while it was loaded. */
class Loads<T> {
  readonly #running = new Map<string, Promise<T>>();

  run(key: string, load: () => Promise<T>, keep: (value: T) => void): Promise<T> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const mine: Promise<T> = load().then(
      (value) => {
        if (this.#running.get(key) === mine) {
          this.#running.delete(key);
          keep(value);
        }
        return value;
      },
      (error: unknown) => {
        if (this.#running.get(key) === mine) this.#running.delete(key);
        throw error;
      },
    );
    this.#running.set(key, mine);
    return mine;
  }

  forget(key: string): void {
    this.#running.delete(key);
  }

  forgetAll(): void {
    this.#running.clear();
  }
}

/**
 * Who may do what where, from memory. It may be old for a moment on another node; the transaction checks again what
 * must not be wrong: that a sender is a member.
 */
export class Directory {
  readonly #db: Db;
  /** By key, the name under which the facts are kept: for as long as they are, as else they could not be forgotten. */
  readonly #nameOf = new Map<string, string>();
  readonly #facts = new LRUCache<string, ConversationFacts>({
    max: CONVERSATIONS,
    dispose: ({ key }) => this.#nameOf.delete(key),
  });
  readonly #roles = new LRUCache<string, Role | 'none'>({ max: ROLES });
  readonly #factLoads = new Loads<ConversationFacts | null>();
  readonly #roleLoads = new Loads<Role | 'none'>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** What is known without asking the database. */
  peek(app: number, id: string): ConversationFacts | undefined {
    return this.#facts.get(name(app, id));
  }

  peekRole(key: string, user: string): Role | null | undefined {
    const role = this.#roles.get(`${key} ${user}`);
    return role === 'none' ? null : role;
  }

  /** A conversation of the app by its id, or null. */
  async find(app: number, id: string): Promise<ConversationFacts | null> {
    const key = name(app, id);
    return (
      this.#facts.get(key) ??
      (await this.#factLoads.run(
        key,
        () => this.#load(app, id),
        (f) => this.#keep(key, f),
      ))
    );
  }

  /** The role of a member, or null for someone who is none. */
  async role(key: string, user: string): Promise<Role | null> {
    const at = `${key} ${user}`;
    const known = this.#roles.get(at);
    const role =
      known ??
      (await this.#roleLoads.run(
        at,
        () => this.#loadRole(key, user),
        (r) => this.#roles.set(at, r),
      ));
    return role === 'none' ? null : role;
  }

  async standing(facts: ConversationFacts, user: string): Promise<Standing> {
    return { kind: facts.kind, posting: facts.posting, role: await this.role(facts.key, user) };
  }

  /** Forgets a conversation's facts, or one member's role. */
  forget(key: string, user?: string): void {
    if (user !== undefined) {
      this.#roles.delete(`${key} ${user}`);
      this.#roleLoads.forget(`${key} ${user}`);
      return;
    }
    const at = this.#nameOf.get(key);
    if (at !== undefined) this.#facts.delete(at);
    // Which load would bring this key is not known before it ends.
    this.#factLoads.forgetAll();
  }

  #keep(at: string, facts: ConversationFacts | null): void {
    // What does not exist may come into being on any node, so it is not remembered.
    if (facts === null) return;
    this.#facts.set(at, facts);
    this.#nameOf.set(facts.key, at);
  }

  async #load(app: number, id: string): Promise<ConversationFacts | null> {
    const row = await this.#db
      .selectFrom('conversations')
      .select([
        'pk as key',
        'id',
        'app',
        'kind',
        'history',
        'posting',
        'person_a as personA',
        'person_b as personB',
      ])
      .select('member_count as memberCount')
      .where('app', '=', app)
      .where('id', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }

  async #loadRole(key: string, user: string): Promise<Role | 'none'> {
    const row = await this.#db
      .selectFrom('members')
      .select('role')
      .where('conversation', '=', key)
      .where('user_id', '=', user)
      .where('left_at', 'is', null)
      .executeTakeFirst();
    return row?.role ?? 'none';
  }
}

const name = (app: number, id: string): string => `${app} ${id}`;
