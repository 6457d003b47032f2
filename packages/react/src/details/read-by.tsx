import type { Receipt } from '@inlay-im/protocol';
import { useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { useConversation } from '../hooks/conversations.ts';
import { nameOf, useUser } from '../hooks/people.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';

export interface ReadByProps {
  readonly id: string;
  readonly n: number;
  onClose(): void;
}

function Reader({ user }: { user: string }) {
  const profile = useUser(user);
  const name = nameOf(profile, user);
  return (
    <li>
      <Avatar id={user} name={name} picture={profile?.avatar} size="s" />
      <bdi>{name}</bdi>
    </li>
  );
}

function Group({ title, receipts }: { title: string; receipts: readonly Receipt[] }) {
  if (receipts.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {receipts.map(({ user }) => (
          <Reader key={user} user={user} />
        ))}
      </ul>
    </section>
  );
}

/**
 * Those who received a message, read or not: whoever reads it has received it. Asked for again when the marks of the
 * others rise.
 */
function useReceipts(id: string, n: number) {
  const { client, attempt } = useInlay();
  const { info } = useConversation(id);
  const [page, setPage] = useState<{ receipts: readonly Receipt[]; next: string | null }>();
  const load = async (next?: string) => {
    const asked = { conversation: id, deliveredN: n, limit: 100, ...(next === undefined ? {} : { next }) };
    const got = await client.call('receipts.list', asked);
    setPage((held) => ({
      next: got.next,
      receipts: [...(next === undefined ? [] : (held?.receipts ?? [])), ...got.receipts],
    }));
  };
  const marks = `${info?.others.readN} ${info?.others.deliveredN}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: loaded anew for another message, and as marks rise.
  useEffect(() => {
    void attempt(load());
  }, [id, n, marks]);
  const next = page?.next;
  const more = next == null ? undefined : () => void attempt(load(next));
  return { receipts: page?.receipts, more, others: Math.max(0, (info?.memberCount ?? 1) - 1) };
}

/** Who has read a message, and who has received it. */
export function ReadBy({ id, n, onClose }: ReadByProps) {
  const { t } = useInlay();
  const { receipts, more, others } = useReceipts(id, n);
  const read = receipts?.filter(({ readN }) => readN >= n) ?? [];
  const received = receipts?.filter(({ readN }) => readN < n) ?? [];
  const missing = more === undefined && receipts !== undefined ? others - receipts.length : 0;
  return (
    <Dialog title={t('details.readers')} onClose={onClose}>
      <div className="inlay-readers">
        {receipts === undefined && <p role="status">{t('app.loading')}</p>}
        <Group title={t('details.read', { count: read.length })} receipts={read} />
        <Group title={t('details.received', { count: received.length })} receipts={received} />
        {missing > 0 && <p className="note">{t('details.missing', { count: missing })}</p>}
      </div>
      {more !== undefined && (
        <Button look="plain" onClick={more}>
          {t('info.moreMembers')}
        </Button>
      )}
    </Dialog>
  );
}
