/** @jsxImportSource preact */
import { useId } from 'preact/hooks';

export interface FieldProps {
  label: string;
  value: string;
  onValue(value: string): void;
  hint?: string | undefined;
  type?: 'text' | 'password';
  autocomplete?:
    | 'username'
    | 'current-password'
    | 'new-password'
    | 'name'
    | 'email'
    | 'one-time-code'
    | 'off';
  inputMode?: 'numeric';
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  required?: boolean;
}

/** A text field with its label and a hint that is read out with it. */
export function Field({
  label,
  value,
  onValue,
  hint,
  type = 'text',
  autocomplete = 'off',
  ...rest
}: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type as 'text'}
        {...rest}
        value={value}
        autocomplete={autocomplete}
        autocapitalize="off"
        spellcheck={false}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}
