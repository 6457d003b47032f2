import { useState } from 'react';
import { useInlay } from '../context.ts';
import { useMe } from '../hooks/people.ts';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { Segments } from '../primitives/segments.tsx';
import { AccountForm } from '../sign-in/account-form.tsx';
import { CodeForm } from '../sign-in/code-form.tsx';

type Way = 'password' | 'code';

function UpgradeDialog({ withName, onClose }: { withName: boolean; onClose(): void }) {
  const { t, client, toast } = useInlay();
  const [way, setWay] = useState<Way>('password');
  const run = async (account: Parameters<typeof client.upgrade>[0]) => {
    await client.upgrade(account);
    toast({ text: t('me.upgraded') });
    onClose();
  };
  const form = {
    label: t('signIn.signUp'),
    refused: t('signIn.refusedSignUp'),
    run,
    focusFirst: true,
    withName,
  };
  return (
    <Dialog title={t('signIn.signUp')} onClose={onClose}>
      <p className="inlay-hint">{t('me.upgradeHint')}</p>
      <Segments<Way>
        label={t('signIn.ways')}
        value={way}
        choices={[
          { value: 'password', label: t('signIn.password') },
          { value: 'code', label: t('signIn.code') },
        ]}
        onValue={setWay}
      />
      {way === 'password' ? <AccountForm {...form} /> : <CodeForm {...form} focusFirst={false} />}
    </Dialog>
  );
}

/** For guests: the way to an account of their own. */
export function Upgrade() {
  const { t } = useInlay();
  const me = useMe();
  const [open, setOpen] = useState(false);
  if (me?.kind !== 'guest') return null;
  return (
    <>
      <div className="guest">
        <strong>{t('me.guest')}</strong>
        <p>{t('me.guestHint')}</p>
        <Button look="primary" onClick={() => setOpen(true)}>
          {t('signIn.signUp')}
        </Button>
      </div>
      {open && <UpgradeDialog withName={me.name === null} onClose={() => setOpen(false)} />}
    </>
  );
}
