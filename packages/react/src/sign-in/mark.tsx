/** The mark of the product, in the accent colour. */
export function Mark() {
  return (
    <svg className="inlay-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="ground" width="32" height="32" rx="9" />
      <path
        className="figure"
        d="M8 10.5A3.5 3.5 0 0 1 11.5 7h9a3.5 3.5 0 0 1 3.5 3.5v6a3.5 3.5 0 0 1-3.5 3.5H15l-4.6 4.1c-.5.5-1.4.1-1.4-.6V19.5a3.5 3.5 0 0 1-1-3z"
      />
      <rect className="ground" x="12" y="11.2" width="8" height="1.9" rx=".95" />
      <rect className="ground" x="12" y="14.7" width="5" height="1.9" rx=".95" />
    </svg>
  );
}
