import type { FileAddress } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import { place } from '../../log/index.ts';
import { expiryAt, signAddress } from './addresses.ts';
import { carriedFor } from './attachable.ts';
import type { FilesContext } from './context.ts';
import { STEPS } from './images.ts';

interface Found {
  id: string;
  kind: string;
  width: number | null;
}

const list = (files: readonly string[]) => sql`(select unnest(${`{${files.join(',')}}`}::uuid[]))`;

/** What may be had, and by way of which conversation: its key. */
interface Having {
  found: Found[];
  by: string | null;
}

async function own({ db }: FilesContext, caller: UserCaller, files: readonly string[]): Promise<Having> {
  const { rows } = await sql<Found>`
    select id, kind, width from files
    where app = ${caller.app.pk} and owner = ${caller.user} and state = 'ready' and id in ${list(files)}`.execute(
    db,
  );
  return { found: rows, by: null };
}

/** Those that a message carries which the caller sees in the conversation; the check is part of the read. (L9) */
async function carried(
  { db, log }: FilesContext,
  caller: UserCaller,
  o: { conversation: string; files: readonly string[] },
): Promise<Having> {
  const { facts } = await place(log, caller, o.conversation);
  const asking = { app: caller.app.pk, user: caller.user };
  const { rows } = await sql<Found>`
    select id, kind, width from files
    where app = ${caller.app.pk} and state = 'ready' and id in ${list(o.files)}
      and ${carriedFor(asking, facts.key)}`.execute(db);
  return { found: rows, by: facts.key };
}

export const urls =
  (context: FilesContext): Handler<'files.urls'> =>
  async (caller, { conversation, files }) => {
    const { found, by } =
      conversation === undefined
        ? await own(context, caller, files)
        : await carried(context, caller, { conversation, files });
    const expiresAt = expiryAt(context.now());
    const address = ({ id, kind, width: whole }: Found): FileAddress => {
      const to = (width?: number) =>
        context.origin +
        signAddress(context.key, { app: caller.app.pk, file: id, width, conversation: by }, expiresAt);
      const steps = kind === 'image' ? STEPS.filter((step) => step < (whole ?? 0)) : [];
      return { file: id, url: to(), steps: steps.map((width) => ({ width, url: to(width) })), expiresAt };
    };
    return { addresses: found.map(address) };
  };
