import { useInlay } from '../context.ts';
import { useApp } from '../hooks/app.ts';
import { Avatar } from '../primitives/avatar.tsx';

/** Which app the account is of. */
export function OfApp() {
  const { t } = useInlay();
  const app = useApp();
  if (!app) return null;
  return (
    <div className="row">
      <Avatar id={app.id} name={app.name} picture={app.avatar} size="s" square />
      <span className="words">
        {app.name}
        <small>{t('me.app')}</small>
      </span>
    </div>
  );
}
