/** Ends the program with words instead of a stack: what is wrong, and what to do. */
export class CliError extends Error {
  override name = 'CliError';
}

export const print = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

/** Rows as aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (w, row) => row.map((cell, i) => Math.max(w[i] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
