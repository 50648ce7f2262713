import type { Held, Source, Speaking } from './answers.js';

export type State = Speaking | 'broken';

/** What the quarantine calls a sender: the family of its source. */
export const senderOf = (source: string): string => source.split('/')[0]!;

/** What of the quarantine is a source's, the newest first. */
export function heldOf(source: string, held: readonly Held[]): Held[] {
  return held.filter((each) => each.sender === senderOf(source) && !each.released).sort((a, b) => (a.received < b.received ? 1 : -1));
}

/** Senders whose every record lies in the quarantine: no source of the list is theirs. */
export function unheardOf(sources: readonly Source[], held: readonly Held[]): string[] {
  const heard = new Set(sources.map((each) => senderOf(each.source)));
  return [...new Set(held.filter((each) => !each.released && !heard.has(each.sender)).map((each) => each.sender))].sort();
}

/** Broken: the last that it sent could not be recorded. It speaks, so the server finds it well. */
export function stateOf(source: Source, held: readonly Held[]): State {
  const newest = heldOf(source.source, held)[0];
  return newest && newest.received > source.last.recorded_at ? 'broken' : source.state;
}

const kGravity: readonly State[] = ['broken', 'silent', 'gone', 'rare', 'speaking', 'own'];

/** What needs somebody comes first. */
export function byGravity(a: State, b: State): number {
  return kGravity.indexOf(a) - kGravity.indexOf(b);
}

/** Events on a usual day: the mean of the six days before today; unknown until it was heard on two. */
export function usualOf(source: Source): number | undefined {
  return source.days_heard < 2 ? undefined : Math.round((source.last_7_days - source.today) / 6);
}

/** From what happened to when it was recorded, in seconds, of its last event. */
export function delayOf(source: Source): number {
  return Math.max(0, (Date.parse(source.last.recorded_at) - Date.parse(source.last_time)) / 1000);
}

export type Span = { unit: 'seconds' | 'minutes' | 'hours' | 'days'; n: number };

/** A span in its largest fitting unit. */
export function spanOf(seconds: number): Span {
  if (seconds < 90) return { unit: 'seconds', n: Math.round(seconds) };
  if (seconds < 90 * 60) return { unit: 'minutes', n: Math.round(seconds / 60) };
  if (seconds < 36 * 3600) return { unit: 'hours', n: Math.round(seconds / 3600) };
  return { unit: 'days', n: Math.round(seconds / 86_400) };
}

/** One measure of how far the views are behind the log. */
export interface Sample {
  atMs: number;
  events: number;
  seconds: number | null;
}

const kSamples = 3000;

/** With one more measure; the oldest go, so that a page that is open all day does not grow. */
export function withSample(samples: readonly Sample[], sample: Sample, most = kSamples): Sample[] {
  return [...samples.slice(Math.max(0, samples.length + 1 - most)), sample];
}

/** At most `count` of them for the table, evenly, the newest always. */
export function thinned(samples: readonly Sample[], count: number): Sample[] {
  if (samples.length <= count) return [...samples].reverse();
  const step = (samples.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => samples[samples.length - 1 - Math.round(index * step)]!);
}
