import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  onValue(value: string): void;
  readonly hint?: ReactNode;
  /** What is wrong with it, read out with it. */
  readonly problem?: string;
}

/** A text field with its label, and a hint or a problem that is read out with it. */
export function Field({
  label,
  value,
  onValue,
  hint,
  problem = '',
  autoComplete = 'off',
  ...rest
}: FieldProps) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, problem !== '' && `${id}-problem`].filter(Boolean);
  return (
    <div className="inlay-field">
      <label htmlFor={id}>{label}</label>
      <input
        autoCapitalize="off"
        spellCheck={false}
        {...rest}
        id={id}
        className="inlay-input"
        value={value}
        autoComplete={autoComplete}
        aria-invalid={problem !== ''}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
      {problem !== '' && (
        <small id={`${id}-problem`} className="inlay-problem" role="alert">
          {problem}
        </small>
      )}
    </div>
  );
}

export interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  onChange(on: boolean): void;
}

/** Something that is on or off. */
export function Switch({ label, hint, on, disabled = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="inlay-switch-row">
      <span>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={on}
        className="inlay-switch"
        checked={on}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  );
}
