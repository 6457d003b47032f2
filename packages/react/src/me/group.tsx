import { type ReactNode, useId } from 'react';
import { Icon } from '../primitives/icon.tsx';

export interface GroupProps {
  /** Its heading. */
  readonly title: string;
  /** Stands below it, for what has to be said of the whole group. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** Settings that belong together, on one card. */
export function Group({ title, note, children }: GroupProps) {
  const id = useId();
  return (
    <section className="group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <div className="card">{children}</div>
      {note !== undefined && <p className="note">{note}</p>}
    </section>
  );
}

export interface PressRowProps {
  readonly icon: string;
  readonly label: string;
  readonly hint?: string;
  readonly danger?: boolean;
  onPress(): void;
}

/** A row that leads somewhere or does something. */
export function PressRow({ icon, label, hint, danger = false, onPress }: PressRowProps) {
  return (
    <button type="button" className={`row${danger ? ' danger' : ''}`} onClick={onPress}>
      <Icon name={icon} />
      <span className="words">
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      {!danger && <Icon name="next" />}
    </button>
  );
}
