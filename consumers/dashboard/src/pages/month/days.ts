import type { AbsenceKind, Away, Metric, MonthDay, MonthLine, MonthManager, State } from './answers.js';

/** What is counted by the day, in the order of the switch. */
export const kDaily = ['calls', 'email_offers', 'phone_offers', 'database'] as const satisfies readonly Metric[];
export type Daily = (typeof kDaily)[number];

export function lineOf(manager: MonthManager, metric: Metric): MonthLine | undefined {
  return manager.metrics.find((each) => each.metric === metric);
}

export type Kind = 'figure' | 'off' | 'absent' | 'unknown' | 'future' | 'none';

export interface Cell {
  date: string;
  kind: Kind;
  counted: number;
  target: number;
  state?: State;
  /** Why nothing, or less, is due. */
  excuse?: Excuse;
  reported?: MonthDay['reported'];
}

/** By which absence, or by what else: an outage, or what was left of a day was too little. */
export type Excuse = AbsenceKind | 'outage' | 'part';

function kindOf(day: MonthDay, today: string): Kind {
  if (day.date > today) return 'future';
  if (day.state === 'unknown') return 'unknown';
  if (day.state === 'excused') return 'absent';
  if (day.state === 'day_off') return 'off';
  return 'figure';
}

function excuseOf(day: MonthDay, away: Away | undefined): Excuse | undefined {
  const kind = away?.why === 'absence' ? away.absences?.[0]?.kind : undefined;
  if (day.state === 'excused') return !away ? 'outage' : away.worked_minutes > 0 ? 'part' : (kind ?? 'other');
  return kind;
}

/**
 * One cell a day. A day that has not come is blank, whatever is due on it; one on which the manager was
 * not employed is neither: nobody knows of it, and nothing was due.
 */
export function cellsOf(manager: MonthManager, metric: Metric, dates: readonly string[], today: string): Cell[] {
  const told = new Map((lineOf(manager, metric)?.days ?? []).map((each) => [each.date, each]));
  const away = new Map(manager.away.map((each) => [each.date, each]));
  return dates.map((date) => {
    const day = told.get(date);
    if (!day) return { date, kind: date > today ? 'future' : 'none', counted: 0, target: 0 };
    return { date, kind: kindOf(day, today), counted: day.counted, target: day.target, state: day.state, excuse: excuseOf(day, away.get(date)), reported: day.reported };
  });
}

/** What is printed in a cell; `letter` is that of an excused day. */
export function printed(cell: Cell, letter: string): string {
  switch (cell.kind) {
    case 'figure':
      return String(cell.counted);
    case 'unknown':
      return '?';
    case 'absent':
      return letter;
    case 'off':
      return cell.counted > 0 ? String(cell.counted) : '';
    default:
      return '';
  }
}

/** "22→24": what the report says and what is now; one number, where the norm alone is another. */
export function changeIn(now: number, before: number): string {
  return before === now ? String(now) : `${before}→${now}`;
}

export interface Sum {
  counted: number;
  target: number;
  daysMet: number;
  daysDue: number;
  daysUnknown: number;
}

export function sumOf(managers: readonly MonthManager[], metric: Metric): Sum {
  const sum: Sum = { counted: 0, target: 0, daysMet: 0, daysDue: 0, daysUnknown: 0 };
  for (const each of managers) {
    const line = lineOf(each, metric);
    if (!line) continue;
    sum.counted += line.counted;
    sum.target += line.target;
    sum.daysMet += line.days_met;
    sum.daysDue += line.days_due;
    sum.daysUnknown += line.days_unknown;
  }
  return sum;
}
