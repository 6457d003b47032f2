import { useInlay } from '../context.ts';
import { useApp } from '../hooks/app.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Mark } from './mark.tsx';

/** Where one signs in to: the app by its picture and name, or the product where nobody gave it any of its own. */
export function AppHead() {
  const { t } = useInlay();
  const app = useApp();
  const own = app && (app.avatar !== null || app.name !== t('app.name')) ? app : undefined;
  return (
    <header className={app === undefined ? 'asking' : ''}>
      {own ? <Avatar id={own.id} name={own.name} picture={own.avatar} size="l" square /> : <Mark />}
      <h1>{own?.name ?? t('app.name')}</h1>
      <p>{t('signIn.intro')}</p>
    </header>
  );
}
