export interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  onValue(value: T): void;
}

/** A choice of a few, all of them seen. */
export function Segments<T extends string>({ label, value, choices, onValue }: SegmentsProps<T>) {
  return (
    <fieldset className="inlay-segments" aria-label={label}>
      {choices.map((choice) => (
        <button
          type="button"
          key={choice.value}
          aria-pressed={choice.value === value}
          onClick={() => onValue(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}
