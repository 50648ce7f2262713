import { addDays } from './dates.js';

/** "2026-11" */
export const isMonth = (text: string | undefined): text is string => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '');

export function monthAfter(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const all = year * 12 + number - 1 + months;
  return `${String(Math.floor(all / 12)).padStart(4, '0')}-${String((all % 12) + 1).padStart(2, '0')}`;
}

export function lastDay(month: string): string {
  return addDays(`${monthAfter(month, 1)}-01`, -1);
}

/** Every day of "2026-11". */
export function daysOf(month: string): string[] {
  return Array.from({ length: Number(lastDay(month).slice(8)) }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}
