import type { ButtonHTMLAttributes } from 'react';
import { Icon } from './icon.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'primary' | 'plain' | 'danger' | 'primary danger' | '';
  readonly icon?: string;
  readonly wide?: boolean;
}

export function Button({ look = '', icon, wide = false, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={`inlay-button ${look}${wide ? ' wide' : ''}`}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface RoundButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: string;
  /** What it does: read out, and shown when the pointer rests on it. */
  readonly label: string;
}

/** A button of an icon alone. */
export function RoundButton({
  icon,
  label,
  type = 'button',
  className = '',
  children,
  ...rest
}: RoundButtonProps) {
  return (
    <button {...rest} type={type} className={`inlay-round ${className}`} aria-label={label} title={label}>
      <Icon name={icon} />
      {children}
    </button>
  );
}
