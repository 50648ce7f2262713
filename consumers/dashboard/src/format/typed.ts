import { m } from '../paraglide/messages.js';
import { addDays, dateInTable, monthAlone, wallOf } from './dates.js';
import { daysOf, isMonth, lastDay, monthAfter } from './months.js';

// Days, months and moments as people write them. Inside they are ISO text: "2026-11-25", "2026-11", and
// "2026-11-25T09:05" of the house's wall clock.
export type Kind = 'day' | 'month' | 'moment';

/** `shape`: not to be read as one. `absent`: read, and no calendar has it. */
export type Read = { value: string; fault?: undefined } | { value?: undefined; fault: 'shape' | 'absent' };

const kShape = { fault: 'shape' } as const;
// The first three letters of a month tell it, in either language, in any case of the word.
const kMonths = ['січ', 'лют', 'бер', 'кві', 'тра', 'чер', 'лип', 'сер', 'вер', 'жов', 'лис', 'гру'];
const kMonthsEn = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthNumber(word: string): number {
  if (/^\d{1,2}$/.test(word)) return Number(word);
  const start = word.slice(0, 3).toLowerCase();
  return Math.max(kMonths.indexOf(start), kMonthsEn.indexOf(start)) + 1;
}

const yearOf = (text: string) => (text.length === 2 ? `20${text}` : text);

function monthOf(year: string, month: number): Read {
  if (month === 0) return kShape;
  const value = `${yearOf(year)}-${String(month).padStart(2, '0')}`;
  return isMonth(value) ? { value } : { fault: 'absent' };
}

function dayOf(year: string, month: number, day: number): Read {
  const within = monthOf(year, month);
  if (within.fault) return within;
  return day >= 1 && day <= Number(lastDay(within.value).slice(8)) ? { value: `${within.value}-${String(day).padStart(2, '0')}` } : { fault: 'absent' };
}

const spaced = (text: string) => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
// What stands around a day in running text: "25 листопада 2026 р.", "Wed, 25 Nov 2026".
const bare = (text: string) => text.replace(/ ?р(оку|\.)?,?$/i, '').replace(/^\p{L}{2,}\.?,? (?=\d)/u, '');

/** Day first, as the house writes; the year first only where it has four digits. Without a year: today's. */
function readDay(said: string, today: string): Read {
  const text = bare(said);
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text);
  if (iso) return dayOf(iso[1]!, Number(iso[2]), Number(iso[3]));
  const glued = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (glued) return dayOf(glued[3]!, Number(glued[2]), Number(glued[1]));
  const parts = /^(\d{1,2})[-./ ]+(\d{1,2}|\p{L}{3,})(?:[-./ ]+(\d{4}|\d{2}))?[.]?$/u.exec(text);
  return parts ? dayOf(parts[3] ?? today.slice(0, 4), monthNumber(parts[2]!), Number(parts[1])) : kShape;
}

function readMonth(text: string, today: string): Read {
  const iso = /^(\d{4})[-./ ]+(\d{1,2})(?:[-./]\d{1,2})?$/.exec(text);
  if (iso) return monthOf(iso[1]!, Number(iso[2]));
  const parts = /^(\d{1,2}|\p{L}{3,})(?:[-./ ]+(\d{4}|\d{2}))?$/u.exec(text) ?? /^\d{1,2}[-./ ](\d{1,2}|\p{L}{3,})[-./ ](\d{4})$/u.exec(text);
  return parts ? monthOf(parts[2] ?? today.slice(0, 4), monthNumber(parts[1]!)) : kShape;
}

function readMoment(text: string, today: string): Read {
  // With an offset it is an instant of the world: what the house's wall clock showed then.
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    const instant = new Date(text.replace(' ', 'T'));
    return Number.isNaN(instant.getTime()) ? { fault: 'absent' } : { value: wallOf(instant) };
  }
  const parts = /^(.*?)[T, ]+(\d{1,2})[:.](\d{2})(?::\d{2})?$/.exec(text);
  if (!parts) return kShape;
  const day = readDay(parts[1]!.trim(), today);
  if (day.fault) return day;
  const [hour, minute] = [Number(parts[2]), Number(parts[3])];
  if (hour > 23 || minute > 59) return { fault: 'absent' };
  return { value: `${day.value}T${String(hour).padStart(2, '0')}:${parts[3]}` };
}

/** What a person typed or pasted. `today` is the house's. */
export function readTyped(kind: Kind, text: string, today: string): Read {
  const said = spaced(text);
  return kind === 'day' ? readDay(said, today) : kind === 'month' ? readMonth(said, today) : readMoment(said, today);
}

/** As the house writes it; what is none is left as it came. */
export function shownTyped(kind: Kind, value: string): string {
  try {
    if (kind === 'day') return dateInTable(value);
    if (kind === 'month') return m.month_named({ month: monthAlone(value), year: value.slice(0, 4) });
    return value === '' ? '' : `${dateInTable(value.slice(0, 10))} ${value.slice(11)}`;
  } catch {
    return value;
  }
}

function dayStepped(day: string, code: string): string | undefined {
  if (code === 'ArrowUp') return addDays(day, 1);
  if (code === 'ArrowDown') return addDays(day, -1);
  if (code !== 'PageUp' && code !== 'PageDown') return undefined;
  const month = monthAfter(day.slice(0, 7), code === 'PageUp' ? 1 : -1);
  const last = lastDay(month);
  return `${month}${day.slice(7) > last.slice(7) ? last.slice(7) : day.slice(7)}`;
}

/** The next day or month by ↑, the one before by ↓; Page Up and Page Down: a month, a year. Any other key: nothing. */
export function stepped(kind: Kind, value: string, code: string): string | undefined {
  if (kind !== 'month') {
    const day = dayStepped(value.slice(0, 10), code);
    return day && `${day}${value.slice(10)}`;
  }
  const months = { ArrowUp: 1, ArrowDown: -1, PageUp: 12, PageDown: -12 }[code];
  return months === undefined ? undefined : monthAfter(value, months);
}

/** The weeks of a month, from Monday on; days of its neighbours are blank. */
export function weeksOf(month: string): (string | undefined)[][] {
  const before = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells = [...Array.from({ length: before }, () => undefined), ...daysOf(month)];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => Array.from({ length: 7 }, (_, day) => cells[week * 7 + day]));
}
