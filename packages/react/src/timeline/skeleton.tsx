const WIDTHS = [42, 58, 30, 64, 38, 52, 26, 48];

/** Stands where messages will be. */
export function Skeleton({ label }: { label: string }) {
  return (
    <div className="inlay-timeline-skeleton" role="status" aria-label={label}>
      {WIDTHS.map((width, i) => (
        <span
          key={width}
          className={`inlay-skeleton${i % 3 === 2 ? ' own' : ''}`}
          style={{ width: `${width}%` }}
        />
      ))}
    </div>
  );
}
