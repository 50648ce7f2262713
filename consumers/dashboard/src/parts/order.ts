/** An order that does not move by itself: rows stay where they are until a person asks. */
export interface Arrangement {
  /** The keys in the order to show. */
  shown: string[];
  /** How many rows would stand elsewhere, or come in, if it were applied. */
  changes: number;
}

/** `before`: as it is shown; `wanted`: as it would be now. What is gone goes at once, what is new waits. */
export function arrange(before: readonly string[] | null, wanted: readonly string[]): Arrangement {
  if (before === null) return { shown: [...wanted], changes: 0 };
  const now = new Set(wanted);
  const had = new Set(before);
  const shown = before.filter((key) => now.has(key));
  const stayed = wanted.filter((key) => had.has(key));
  const moved = shown.length - longestInOrder(stayed.map((key) => shown.indexOf(key)));
  return { shown, changes: moved + (wanted.length - stayed.length) };
}

// The fewest rows that have to be moved are those outside of the longest that are in order already.
function longestInOrder(places: readonly number[]): number {
  const tails: number[] = [];
  for (const place of places) {
    const at = tails.findIndex((tail) => tail >= place);
    tails[at < 0 ? tails.length : at] = place;
  }
  return tails.length;
}

export interface Sort {
  column: string;
  descending: boolean;
}

/** "-calls" of the URL; absent or unknown: the fallback. */
export function parseSort(text: string | undefined, columns: readonly string[], fallback: Sort): Sort {
  const descending = text?.startsWith('-') ?? false;
  const column = descending ? text!.slice(1) : text;
  return column && columns.includes(column) ? { column, descending } : fallback;
}

export function formatSort(sort: Sort): string {
  return `${sort.descending ? '-' : ''}${sort.column}`;
}
