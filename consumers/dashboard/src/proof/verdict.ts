/** What this browser was told of the bytes at a position before, and when. */
export interface Told {
  hash: string;
  /** `receipt`: by the server, when the event was recorded from here. `seen`: hashed here, when it was looked at. */
  how: 'receipt' | 'seen';
  at: string;
}

/**
 * checked: what came now hashes to what was told before. claim: nothing was told before to compare with.
 * mismatch: it hashes to something else. masked: the server says itself that it left something out.
 */
export type Verdict =
  | { kind: 'checked'; told: Told[] }
  | { kind: 'claim' }
  | { kind: 'mismatch'; told: Told; now: string }
  | { kind: 'masked' };

/** One that differs outweighs any that agree. */
export function verdictOf(now: string, told: readonly Told[], isMasked: boolean): Verdict {
  if (isMasked) return { kind: 'masked' };
  const other = told.find((each) => each.hash !== now);
  if (other) return { kind: 'mismatch', told: other, now };
  return told.length > 0 ? { kind: 'checked', told: [...told] } : { kind: 'claim' };
}

/**
 * What is kept once more is told: the first that was seen, and the receipt, each as it was told first.
 * Nothing told later replaces it, or a server could make one forget.
 */
export function keptWith(told: readonly Told[], more: Told): Told[] {
  return told.some((each) => each.how === more.how) ? [...told] : [...told, more];
}

/** Only the line as it is stored is an event of the log; a masked one has another type. */
export function isStoredLine(contentType: string): boolean {
  return contentType.startsWith('application/cloudevents+json');
}
