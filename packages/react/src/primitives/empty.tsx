import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export interface EmptyProps {
  /** The name of an icon, or a picture of whose place is empty. */
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
}

/** Says that nothing is here, and what to do about it. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className="inlay-empty">
      {typeof icon === 'string' ? <Icon name={icon} /> : icon}
      <strong>{title}</strong>
      {children}
    </div>
  );
}
