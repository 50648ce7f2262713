import { dateInText, weekdayShort } from '../../format/dates.js';
import { m } from '../../paraglide/messages.js';
import type { Progress } from './answers.js';
import type { Cell, Excuse } from './days.js';

/** As a sheet of working time has them: "В" of a vacation, "Л" of a sick leave. */
export function letterOf(excuse: Excuse): string {
  const letters: Record<Excuse, () => string> = {
    vacation: m.month_letter_vacation,
    sick_leave: m.month_letter_sick_leave,
    business_trip: m.month_letter_business_trip,
    unpaid_leave: m.month_letter_unpaid_leave,
    other: m.month_letter_other,
    outage: m.month_letter_outage,
    part: m.month_letter_part,
  };
  return letters[excuse]();
}

export function excuseWord(excuse: Excuse): string {
  const words: Record<Excuse, () => string> = {
    vacation: m.month_excuse_vacation,
    sick_leave: m.month_excuse_sick_leave,
    business_trip: m.month_excuse_business_trip,
    unpaid_leave: m.month_excuse_unpaid_leave,
    other: m.month_excuse_other,
    outage: m.month_excuse_outage,
    part: m.month_excuse_part,
  };
  return words[excuse]();
}

export function progressWord(progress: Progress): string {
  const words = {
    due: m.month_report_due,
    submitted: m.month_report_submitted,
    returned: m.month_report_returned,
    accepted: m.month_report_accepted,
    not_owed: m.month_report_not_owed,
  };
  return words[progress]();
}

function stateOf(cell: Cell): string {
  switch (cell.kind) {
    case 'off':
      return m.quotas_state_off();
    case 'absent':
      return excuseWord(cell.excuse ?? 'other');
    case 'unknown':
      return m.quotas_state_unknown();
    case 'future':
      return m.month_future();
    case 'none':
      return m.month_not_employed();
    default:
      if (cell.counted >= cell.target) return m.quotas_state_met();
      return cell.state === 'running' ? m.month_running() : m.quotas_state_short({ n: cell.target - cell.counted });
  }
}

/** What the report says of a day, or of a month, beside what is now. */
export function reportedWords(now: { counted: number; target: number }, reported: { counted: number; target: number }): string {
  const { counted: before, target } = reported;
  if (target === now.target) return m.month_was({ before, now: now.counted });
  return m.month_was_norm({ before, target, now: now.counted, norm: now.target });
}

/** "Олена Коваль, ср, 4 листопада 2026 р.: 22 з 30, бракує 8, у звіті було 24, тепер 22" */
export function cellTitle(name: string, cell: Cell): string {
  const day = `${weekdayShort(cell.date)}, ${dateInText(cell.date)}`;
  const isFigure = cell.kind === 'figure' || cell.kind === 'unknown' || cell.counted > 0;
  const parts = [
    ...(isFigure ? [m.month_of({ counted: cell.counted, target: cell.target })] : []),
    stateOf(cell),
    ...(cell.kind === 'figure' && cell.excuse ? [m.month_part_of_day({ why: excuseWord(cell.excuse) })] : []),
    ...(cell.reported ? [reportedWords(cell, cell.reported)] : []),
  ];
  return `${name}, ${day}: ${parts.join(', ')}`;
}
