import { addDays, dateInTable, daysBetween } from '../../format/dates.js';
import { locale } from '../../format/locale.js';
import { moneyInText } from '../../format/numbers.js';
import type { Cell } from '../../format/csv.js';
import { m } from '../../paraglide/messages.js';
import type { Due, Kind, Obligation } from './answers.js';

export const kDues: readonly Due[] = ['late', 'today', 'week', 'later', 'undated'];

const kWeekDays = 7;

/** When it is due, as a day's work is looked at: days, never instants. The server counts by the same. */
export function dueOf(one: Pick<Obligation, 'due_on'>, day: string): Due {
  if (!one.due_on) return 'undated';
  if (one.due_on < day) return 'late';
  if (one.due_on === day) return 'today';
  return daysBetween(day, one.due_on) <= kWeekDays ? 'week' : 'later';
}

export function dueWord(due: Due): string {
  const words: Record<Due, () => string> = {
    late: m.obligations_due_late,
    today: m.obligations_due_today,
    week: m.obligations_due_week,
    later: m.obligations_due_later,
    undated: m.obligations_due_undated,
  };
  return words[due]();
}

export function kindWord(kind: Kind): string {
  const words: Record<Kind, () => string> = {
    complaint: m.obligations_kind_complaint,
    arrival: m.obligations_kind_arrival,
    supply: m.obligations_kind_supply,
    consultation: m.obligations_kind_consultation,
    errand: m.obligations_kind_errand,
    information: m.obligations_kind_information,
    notice: m.obligations_kind_notice,
    follow_up: m.obligations_kind_follow_up,
    call_result: m.obligations_kind_call_result,
    calls_without_result: m.obligations_kind_calls_without_result,
    inquiry: m.obligations_kind_inquiry,
    meeting: m.obligations_kind_meeting,
    tender: m.obligations_kind_tender,
    terms: m.obligations_kind_terms,
    document: m.obligations_kind_document,
    collection: m.obligations_kind_collection,
    greeting: m.obligations_kind_greeting,
    reconciliation: m.obligations_kind_reconciliation,
    report: m.obligations_kind_report,
    attestation: m.obligations_kind_attestation,
    explanation: m.obligations_kind_explanation,
    approval: m.obligations_kind_approval,
    dispute: m.obligations_kind_dispute,
    requisites: m.obligations_kind_requisites,
    paper: m.obligations_kind_paper,
  };
  return words[kind]?.() ?? kind;
}

/** What exactly, in a line. */
export function textOf(one: Obligation): string {
  const own = (locale() === 'uk' ? one.text_uk : one.text_en) ?? one.text;
  const sums = (one.amounts ?? []).map((each) => moneyInText(each.amount_minor, each.currency)).join(', ');
  const many = one.count === undefined ? '' : m.obligations_count({ n: one.count });
  return [own, sums, many].filter(Boolean).join(' · ');
}

export const progressOf = (one: Obligation) => (locale() === 'uk' ? one.progress_uk : one.progress_en) ?? one.progress ?? '';

export function stateWords(one: Obligation): string {
  if (one.state === 'done') return one.done_on ? m.obligations_done_on({ date: dateInTable(one.done_on) }) : m.obligations_done();
  if (one.state === 'overdue') return m.obligations_days_late({ n: one.days_late });
  return progressOf(one) || m.obligations_open();
}

export const behalfOf = (one: Obligation) => (one.on_behalf_of ?? []).map((each) => each.name ?? each.manager_id).join(', ');

/** Of one table, CSV and print: the same cells. */
export function cellsOf(one: Obligation): Cell[] {
  return [
    one.due_on ?? '',
    kindWord(one.kind),
    textOf(one),
    one.client_id ?? '',
    one.client_name ?? one.client_id ?? (one.restricted ? m.obligations_restricted() : ''),
    one.manager_name ?? one.manager_id ?? '',
    behalfOf(one),
    one.duty_id,
    stateWords(one),
    one.position ?? '',
  ];
}

export function headOf(): Cell[] {
  return [
    m.obligations_due(),
    m.obligations_what(),
    m.obligations_text(),
    m.receivables_code(),
    m.nav_client(),
    m.obligations_who(),
    m.obligations_behalf(),
    m.obligations_duty(),
    m.obligations_state(),
    m.obligations_event(),
  ];
}

/** Excel as Ukrainians have it reads dd.mm.yyyy; programs read ISO 8601. */
export function rowFor(kind: 'excel' | 'programs', one: Obligation): Cell[] {
  const [due, ...rest] = cellsOf(one);
  return [kind === 'excel' && due ? String(due).split('-').reverse().join('.') : (due ?? ''), ...rest];
}

/** The first day of the month of a date: what a list of breaches begins with. */
export const monthStart = (day: string) => `${day.slice(0, 7)}-01`;
export const previousMonth = (day: string) => monthStart(addDays(monthStart(day), -1));
