/**
 * The rows from `from` on that say something in more letters than any row before them does. A table that has them is as
 * wide in each column as with all of its rows: nothing moves when those come, and no row is laid out twice.
 */
export function longest<Row>(rows: readonly Row[], from: number): Row[] {
  const most: Record<string, { length: number; at: number }> = {};
  rows.forEach((row, at) => {
    for (const name in row) {
      const value: unknown = row[name];
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const { length } = String(value);
      if (length > (most[name]?.length ?? 0)) most[name] = { length, at };
    }
  });
  const places = new Set(Object.values(most).map((each) => each.at));
  return rows.filter((_, at) => at >= from && places.has(at));
}
