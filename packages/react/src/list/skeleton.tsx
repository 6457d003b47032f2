const ROWS = [62, 48, 70, 55, 66, 44];

/** Stands where conversations will be. */
export function ListSkeleton({ label }: { label: string }) {
  return (
    <div className="inlay-list-skeleton" role="status" aria-label={label}>
      {ROWS.map((width) => (
        <div key={width}>
          <span className="inlay-skeleton round" />
          <span className="inlay-skeleton" style={{ width: `${width * 0.6}%` }} />
          <span className="inlay-skeleton" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
