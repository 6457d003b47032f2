import { useId } from 'react';
import { Icon } from './icon.tsx';

export interface SelectProps<T extends string> {
  readonly label: string;
  /** An icon instead of the label, which is then only read out. */
  readonly icon?: string;
  readonly value: T;
  /** `lang`: the language of the label, where it is not that of the page. */
  readonly choices: readonly { readonly value: T; readonly label: string; readonly lang?: string }[];
  onValue(value: T): void;
}

/** A choice of many, in the system's own list. */
export function Select<T extends string>({ label, icon, value, choices, onValue }: SelectProps<T>) {
  const id = useId();
  return (
    <div className="inlay-select">
      {icon !== undefined && <Icon name={icon} />}
      <label htmlFor={id} className={icon === undefined ? undefined : 'inlay-unseen'}>
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value as T)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} lang={choice.lang}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="next" />
    </div>
  );
}
