import { dateInTable } from '../../format/dates.js';
import { locale } from '../../format/locale.js';
import { moneyInText } from '../../format/numbers.js';
import { m } from '../../paraglide/messages.js';
import type { Dial, Reach, Reason, Row } from './answers.js';

export interface Amount {
  amount_minor: number;
  currency: string;
}

/** A reason in words: what, of what, since when, by how much. */
export function reasonWords(reason: Reason): string {
  const parts = [locale() === 'uk' ? reason.why_uk : reason.why_en];
  if (reason.text) parts.push(reason.text);
  if (reason.amounts?.length) parts.push(reason.amounts.map((each) => moneyInText(each.amount_minor, each.currency)).join(', '));
  parts.push(whenWords(reason));
  return parts.filter((each) => each !== '').join(' · ');
}

function whenWords(reason: Reason): string {
  if (!reason.on) return '';
  const date = dateInTable(reason.on);
  if (reason.why === 'silence') return m.contacts_silent_since({ date, n: reason.days });
  if (reason.why === 'act_missing') return m.contacts_due_by({ date });
  return reason.overdue_days > 0 ? m.contacts_late_since({ date, n: reason.overdue_days }) : m.contacts_on({ date });
}

/** The three heaviest, as the server ranked them, and how many are left. */
export function heaviest(reasons: readonly Reason[]): { first: Reason[]; left: number } {
  return { first: reasons.slice(0, 3), left: Math.max(0, reasons.length - 3) };
}

/** What is at stake, by currency: one debt is named by more than one reason, so the largest of each counts. */
export function stakes(row: Row): Amount[] {
  const most = new Map<string, number>();
  for (const reason of row.reasons) {
    for (const each of reason.amounts ?? []) most.set(each.currency, Math.max(most.get(each.currency) ?? 0, each.amount_minor));
  }
  return [...most].map(([currency, amount_minor]) => ({ amount_minor, currency })).sort((a, b) => b.amount_minor - a.amount_minor);
}

export interface Line {
  phone: string;
  name?: string;
  hours?: string;
}

const kRank = ['decision_maker', 'influencer', 'accountant', 'user', 'other'];

/** Whom to ring first: who decides, of those who may be called; the company's own number last. */
export function linesOf(reach: Reach): Line[] {
  const callable = reach.people.filter((each) => each.may_be_reached && !each.forbidden_ways?.some((way) => way === 'phone' || way === 'all'));
  const people = [...callable].sort((a, b) => kRank.indexOf(a.role) - kRank.indexOf(b.role));
  const lines = people.flatMap((each) => (each.phones ?? []).map((phone) => ({ phone, name: each.name, hours: each.hours })));
  const known = new Set(lines.map((each) => each.phone));
  return [...lines, ...(reach.phones ?? []).filter((phone) => !known.has(phone)).map((phone) => ({ phone }))];
}

/** Whose the number is, and that one talked by it last; in the row a name alone is told. */
export function whoseWords(dial: Dial): string {
  const whose = dial.name ?? m.contacts_phone_own();
  return dial.spoken_to ? m.contacts_phone_spoken({ whose }) : whose;
}

/** "tel:+380501234567;ext=12" */
export function telLink(phone: string): string {
  const [number = '', extension] = phone.split(';ext=');
  const bare = number.replace(/[^\d+]/g, '');
  return extension ? `tel:${bare};ext=${extension}` : `tel:${bare}`;
}

/** Changes that came since the list was made and may concern it. */
export function concerns(event: { client_id: string | null; manager_id: string | null }, manager: string, clients: ReadonlySet<string>): boolean {
  return event.manager_id === manager || (event.client_id !== null && clients.has(event.client_id));
}
