import { daysBetween, localDay } from '../../format/dates.js';
import type { Entry } from './answers.js';

/** A day of the history, and how long nothing had happened before it. */
export interface Day {
  day: string;
  entries: Entry[];
  /** Days without any, to the older day below it; 0: the next day, or the end of what is loaded. */
  quietDays: number;
  /** How often each kind, the most frequent first. */
  kinds: { kind: string; count: number }[];
}

/** A version of an event: a corrected one stands beside what it was. */
export const keyOf = (entry: Entry) => `${entry.position} ${entry.recorded_time}`;

/** Entries as the server orders them, newest first; each day once. */
export function byDay(entries: readonly Entry[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = localDay(entry.time);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry], quietDays: 0, kinds: [] });
  }
  for (const [at, each] of days.entries()) {
    each.kinds = countsOf(each.entries);
    const older = days[at + 1];
    if (older) each.quietDays = Math.max(0, daysBetween(older.day, each.day) - 1);
  }
  return days;
}

function countsOf(entries: readonly Entry[]): Day['kinds'] {
  const counts = new Map<string, number>();
  for (const entry of entries) if (!entry.taken_back_time) counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

export type Fate = 'holds' | 'corrected' | 'voided';

/** Taken back and told anew, or taken back for good. */
export function fateOf(entry: Entry): Fate {
  if (entry.replaced) return 'corrected';
  return entry.voided || entry.taken_back_time ? 'voided' : 'holds';
}

export interface Filter {
  kind: string;
  count: number;
}

/** The filters, the most frequent first; the chosen one is always among them. */
export function filtersOf(counters: Readonly<Record<string, number>>, chosen: string | undefined): Filter[] {
  const all = Object.entries(counters).map(([kind, count]) => ({ kind, count }));
  if (chosen && !(chosen in counters)) all.push({ kind: chosen, count: 0 });
  return all.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

const kQuiet = 7;

/** A pause that is worth a line. */
export const isQuiet = (day: Day) => day.quietDays >= kQuiet;
