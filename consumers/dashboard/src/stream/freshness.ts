// How old what is on screen may be. Three ages, never mixed: of the link (since the last beat), of the
// views (how far they are behind the log), of sources (the page Sources).
export interface Beat {
  /** The frontier that the views show. */
  applied: string;
  head: string;
  lagEvents: number;
  /** null where the server does not tell it. */
  lagSeconds: number | null;
  serverTime: string;
}

export type LinkState = 'connecting' | 'live' | 'late' | 'stale';

export const kLateAfterMs = 15_000;
export const kStaleAfterMs = 60_000;

/**
 * By the monotonic clock of this machine since the beat came, never by comparing clocks. `wokenAtMs`:
 * when the machine last woke; until a beat comes after it, nothing is known.
 */
export function linkState(nowMs: number, beatAtMs: number | null, wokenAtMs: number): LinkState {
  if (beatAtMs === null) return nowMs - wokenAtMs > kStaleAfterMs ? 'stale' : 'connecting';
  if (wokenAtMs > beatAtMs) return 'stale';
  const age = nowMs - beatAtMs;
  if (age <= kLateAfterMs) return 'live';
  return age <= kStaleAfterMs ? 'late' : 'stale';
}

/** A lag in words of colour: over five seconds amber, over a minute red. */
export function lagLevel(beat: Beat): 'ok' | 'warn' | 'bad' {
  if (beat.lagSeconds === null) return beat.lagEvents === 0 ? 'ok' : 'warn';
  if (beat.lagSeconds > 60) return 'bad';
  return beat.lagSeconds > 5 ? 'warn' : 'ok';
}

/** 1, 2, 4 … 30 s, each shortened by chance, so that a hundred browsers do not come back at once. */
export function reconnectMs(attempt: number, chance: number): number {
  const most = Math.min(30_000, 1000 * 2 ** attempt);
  return most / 2 + (most / 2) * chance;
}

/** "12 345 · 0 · 7" is the sum for people: how many events the views have seen. */
export function eventsSeen(frontier: string): number {
  return frontier.split(',').reduce((sum, each) => sum + (Number(each) || 0), 0);
}
