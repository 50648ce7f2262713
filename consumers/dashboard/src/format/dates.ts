import { kZone, perLocale } from './locale.js';

const tableDate = perLocale((intl, locale) =>
  locale === 'uk'
    ? new Intl.DateTimeFormat(intl, { timeZone: 'UTC', day: '2-digit', month: '2-digit', year: 'numeric' })
    : new Intl.DateTimeFormat(intl, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }),
);
// Rows of a page have few days between them.
const tableDates = perLocale(() => new Map<string, string>());
const textDate = perLocale((intl) => new Intl.DateTimeFormat(intl, { timeZone: 'UTC', dateStyle: 'long' }));
const month = perLocale((intl) => new Intl.DateTimeFormat(intl, { timeZone: 'UTC', month: 'long' }));
const weekday = perLocale((intl) => new Intl.DateTimeFormat(intl, { timeZone: 'UTC', weekday: 'short' }));
const longWeekday = perLocale((intl) => new Intl.DateTimeFormat(intl, { timeZone: 'UTC', weekday: 'long' }));
const hours = perLocale(
  (intl) => new Intl.DateTimeFormat(intl, { timeZone: kZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const seconds = perLocale(
  (intl) =>
    new Intl.DateTimeFormat(intl, {
      timeZone: kZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }),
);
const relativeTo = perLocale((intl) => new Intl.RelativeTimeFormat(intl, { numeric: 'auto' }));
const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: kZone, year: 'numeric', month: '2-digit', day: '2-digit' });
const offset = new Intl.DateTimeFormat('en-GB', { timeZone: kZone, timeZoneName: 'longOffset' });

const wallHours = new Intl.DateTimeFormat('en-GB', { timeZone: kZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const kDay = 86_400_000;

// A date without a time is kept as the midnight of UTC, only to be formatted in UTC again.
function plain(day: string): Date {
  const date = new Date(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(date.getTime())) {
    throw new RangeError(`'${day}' is not a date`);
  }
  return date;
}

function instant(time: string | Date): Date {
  return typeof time === 'string' ? new Date(time) : time;
}

/** "25.11.2026", "25 Nov 2026": of "2026-11-25". */
export function dateInTable(day: string): string {
  const made = tableDates();
  const found = made.get(day);
  if (found !== undefined) return found;
  const text = tableDate().format(plain(day));
  made.set(day, text);
  return text;
}

/** "25 листопада 2026 р.", "25 November 2026". */
export function dateInText(day: string): string {
  return textDate().format(plain(day));
}

/** "листопад": of "2026-11" or a day of it. */
export function monthAlone(day: string): string {
  return month().format(plain(`${day.slice(0, 7)}-01`));
}

/** "ср" */
export function weekdayShort(day: string): string {
  return weekday().format(plain(day));
}

/** "середа" */
export function weekdayLong(day: string): string {
  return longWeekday().format(plain(day));
}

/** The house's day at an instant, as the server stamps it. */
export function localDay(time: string | Date): string {
  return isoDay.format(instant(time));
}

/** "09:05" in the house's zone. */
export function timeOfDay(time: string | Date): string {
  return hours().format(instant(time));
}

/** "09:05:07": of the freshness line and of the audit. */
export function timeWithSeconds(time: string | Date): string {
  return seconds().format(instant(time));
}

/** "+02:00": the house's offset at that instant. */
export function offsetAt(time: string | Date): string {
  const part = offset.formatToParts(instant(time)).find((each) => each.type === 'timeZoneName');
  return (part?.value ?? 'GMT').replace('GMT', '') || '+00:00';
}

/** "25.11.2026 09:05:07 +02:00" */
export function auditTime(time: string | Date): string {
  return `${dateInTable(localDay(time))} ${timeWithSeconds(time)} ${offsetAt(time)}`;
}

/** What a pointer that rests on a time is told. */
export function utcTitle(time: string | Date): string {
  return `${instant(time).toISOString().replace('T', ' ').replace(/\.\d+Z$/, '')} UTC`;
}

/** Days from one date to another; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((plain(to).getTime() - plain(from).getTime()) / kDay);
}

export function addDays(day: string, days: number): string {
  return new Date(plain(day).getTime() + days * kDay).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export function weekdayIndex(day: string): number {
  return (plain(day).getUTCDay() + 6) % 7;
}

/**
 * "5 хвилин тому", "учора"; empty when more than seven days apart: then the absolute time says it
 * alone. "Yesterday" is the house's yesterday.
 */
export function relative(time: string | Date, now: Date): string {
  const then = instant(time);
  const apart = (now.getTime() - then.getTime()) / 1000;
  const days = daysBetween(localDay(then), localDay(now));
  if (Math.abs(days) > 7) return '';
  if (days !== 0) return relativeTo().format(-days, 'day');
  if (Math.abs(apart) < 60) return relativeTo().format(0, 'second');
  if (Math.abs(apart) < 3600) return relativeTo().format(-Math.round(apart / 60), 'minute');
  return relativeTo().format(-Math.round(apart / 3600), 'hour');
}

/**
 * The instant of a wall clock of the house, "2026-11-25T09:05", as ISO text. An hour that does not
 * exist is taken an hour later, one that happens twice the first time.
 */
export function instantOf(wall: string): string {
  const guess = new Date(`${wall}:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(guess.getTime())) {
    throw new RangeError(`'${wall}' is no time`);
  }
  const offsets = [offsetAt(new Date(guess.getTime() - kDay / 2)), offsetAt(new Date(guess.getTime() + kDay / 2))];
  const found = offsets.map((each) => new Date(`${wall}:00${each}`)).find((each) => wallOf(each) === wall);
  return (found ?? new Date(`${wall}:00${offsets[0]}`)).toISOString().replace('.000Z', 'Z');
}

/** "2026-11-25T09:05": an instant on the house's wall clock, as an input field has it. */
export function wallOf(time: string | Date): string {
  return `${localDay(time)}T${wallHours.format(instant(time))}`;
}
