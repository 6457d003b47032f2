import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** Says that nothing is here, and what to do about it. */
export function Empty({ icon, title, children }: { icon: string; title: string; children?: ReactNode }) {
  return (
    <div className="inlay-empty">
      <Icon name={icon} />
      <strong>{title}</strong>
      {children}
    </div>
  );
}
