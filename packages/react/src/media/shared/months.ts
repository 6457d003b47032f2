/** What was sent in one month; `at` is its first moment. */
export interface Month<T> {
  readonly at: number;
  readonly items: readonly T[];
}

/** Things by the month they were sent in, in their order. */
export function byMonth<T>(items: readonly T[], timeOf: (item: T) => number): readonly Month<T>[] {
  const months = new Map<number, T[]>();
  for (const item of items) {
    const sent = new Date(timeOf(item));
    const at = new Date(sent.getFullYear(), sent.getMonth()).getTime();
    const month = months.get(at);
    if (month) month.push(item);
    else months.set(at, [item]);
  }
  return [...months].map(([at, all]) => ({ at, items: all }));
}
