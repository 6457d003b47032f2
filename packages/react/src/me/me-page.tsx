import { useId } from 'react';
import { useInlay } from '../context.ts';
import { useNavigation } from '../navigation.ts';
import { RoundButton } from '../primitives/button.tsx';
import { AccountRows } from './account.tsx';
import { Attention } from './attention.tsx';
import { Devices } from './devices.tsx';
import { Keyboard } from './keyboard.tsx';
import { Looks } from './looks.tsx';
import { PresenceChoice } from './presence.tsx';
import { Profile } from './profile.tsx';
import { Upgrade } from './upgrade.tsx';
import { useDevices } from './use-devices.ts';
import { usePageFocus } from './use-page-focus.ts';

export interface MePageProps {
  /** Installs the app; shown where it is given. */
  readonly install?: (() => void) | undefined;
}

/** My profile, and everything that I can set. */
export function MePage({ install }: MePageProps) {
  const { t } = useInlay();
  const { show } = useNavigation();
  const view = useDevices();
  const id = useId();
  const page = usePageFocus();
  return (
    <section className="inlay-pane inlay-me" aria-labelledby={id} ref={page}>
      <header>
        <RoundButton icon="back" label={t('app.back')} onClick={() => show(undefined)} />
        <h2 id={id}>{t('me.title')}</h2>
      </header>
      <div className="scroll">
        <Profile />
        <Upgrade />
        <Attention />
        <PresenceChoice />
        <Looks />
        <Keyboard />
        <Devices view={view} />
        <AccountRows install={install} onSignedOut={() => void view.load()} />
      </div>
    </section>
  );
}
