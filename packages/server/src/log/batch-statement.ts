/** The revision that a retry is told: that of the first time, or, once the message changed, one that is surely older. */
export const FIRST_REV = 'case when m.changed then m.n else m.rev end';

/**
 * What a batch does beside, if one of its sends names files; `o` says which:
 * - `held` takes them in the order of their ids and finds them as they are by then, so that none is swept before the
 *   message that keeps it is there: a sweep takes the same rows for update, and looks for messages only after that;
 * - a send of which a file is gone, or of another app, is not written.
 */
const HOLD = `wanted as materialized (
  select x.o, x.i, locked.app, x.f as file, x.k as kind
  from json_to_recordset($2::text::json) as x(o int, i int, f uuid, k text)
  join input on input.o = x.o join locked on locked.pk = input.c
), held as materialized (
  select f.app, f.id from (select distinct app, file from wanted) w
  join files f on f.app = w.app and f.id = w.file and f.state = 'ready'
  order by f.app, f.id for key share of f
), lost as materialized (
  select array_agg(o) as all from wanted w
  where not exists (select from held where held.app = w.app and held.id = w.file)
), `;

const ATTACH = `, attached as (
  insert into message_files (conversation, n, i, app, file, kind)
  select fresh.c, fresh.n, w.i, w.app, w.file, w.kind from fresh join wanted w on w.o = fresh.o
)`;

/**
 * One statement, hence one transaction and one round trip, for a whole batch:
 * - `locked` takes the counters of the conversations in key order, so that two nodes never deadlock;
 * - `known` finds retries: the same id, told apart from another message by sender and fingerprint. The revision of what
 *   changed since is that of its last change, which the retrying client does not know of; its number is never above
 *   its first revision, so that the change is still news to that client;
 * - `senders` are those who are members at this moment: locked, as what the statement saw when it began may be old by
 *   the time another node lets go of the conversation;
 * - `fresh` numbers the rest densely;
 * - a reply goes to a number that is taken; numbers are dense, so that needs no look-up;
 * - a sender's own last number is kept with their membership, as what one wrote is not unread.
 * Two nodes that write the same id at once: one of them violates the unique index, and the batch is written again.
 */
const statement = (files: boolean): string => `
with input as materialized (
  select * from json_to_recordset($1::text::json) as x(
    o int, c bigint, id uuid, s text, b json, f bigint, r int, m text[], p text, q boolean, t float8)
), locked as materialized (
  select pk, app, last_n, rev from conversations where pk in (select c from input) order by pk for no key update
), known as materialized (
  select i.o, m.n, ${FIRST_REV} as rev, m.at, m.sender is not distinct from i.s and (m.fingerprint is null or m.fingerprint = i.f) as same
  from input i join messages m on m.conversation = i.c and m.id = i.id
), senders as materialized (
  select m.conversation, m.user_id from locked
  join (select distinct c, s from input) i on i.c = locked.pk
  join members m on m.conversation = i.c and m.user_id = i.s
  where m.left_at is null for no key update of m
), ${files ? HOLD : ''}fresh as materialized (
  select i.*, locked.last_n + row_number() over w as n, locked.rev + row_number() over w as rev,
    to_timestamp(i.t / 1000) as at
  from input i
  join locked on locked.pk = i.c
  join senders on senders.conversation = i.c and senders.user_id = i.s
  where not exists (select from known where known.o = i.o) and (i.r is null or i.r <= locked.last_n)
    ${files ? "and i.o <> all (coalesce((select lost.all from lost), '{}'))" : ''}
  window w as (partition by i.c order by i.o)
), written as (
  insert into messages (conversation, n, rev, id, sender, at, body, fingerprint, reply_to, mentions, priority, silent)
  select c, n, rev, id, s, at, b, f, r, m, p, q from fresh
), counted as (
  update conversations set last_n = x.n, rev = x.rev, active_at = x.at, xid = pg_current_xact_id()
  from (select c, max(n) n, max(rev) rev, max(at) at from fresh group by c) x where pk = x.c
), own as (
  update members set own_n = x.n from (select c, s, max(n) n from fresh group by c, s) x
  where members.conversation = x.c and members.user_id = x.s
)${files ? ATTACH : ''}
select o, n::int, rev::int, t as at, true as first, true as same from fresh
union all
select o, n, rev, round(extract(epoch from at) * 1000)::float8, false, same from known`;

/** For batches without files, which most are: they pay nothing for what they do not have. */
export const PLAIN = statement(false);
export const WITH_FILES = statement(true);
