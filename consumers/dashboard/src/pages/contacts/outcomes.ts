import { addDays, localDay } from '../../format/dates.js';
import { filled, type Field, type Form, type Given, type Made, type Values } from '../../outbox/forms.js';
import { m } from '../../paraglide/messages.js';
import type { Reason, Row } from './answers.js';
import { reasonWords } from './plan.js';

export interface Known {
  manager: string;
  now: Date;
}

export interface Call {
  call_id: string;
  label: string;
}

export const kResults = ['interested', 'offer_requested', 'callback', 'deal', 'no_need', 'refused', 'other'] as const;
export type Result = (typeof kResults)[number];

export function resultWord(result: Result): string {
  const words: Record<Result, () => string> = {
    interested: m.contacts_result_interested,
    offer_requested: m.contacts_result_offer,
    callback: m.contacts_result_callback,
    deal: m.contacts_result_deal,
    no_need: m.contacts_result_no_need,
    refused: m.contacts_result_refused,
    other: m.contacts_result_other,
  };
  return words[result]();
}

const nameOf = (row: Row) => row.name ?? row.client_id;

/** What a call came to. One press records it; the rest may be filled in before. */
export function resultForm(row: Row, calls: readonly Call[], known: Known): Form {
  return {
    key: `call.result_recorded ${row.client_id}`,
    title: m.contacts_result_title({ client: nameOf(row) }),
    lane: row.client_id,
    fields: [
      { name: 'call', kind: 'choice', label: m.contacts_field_call(), missing: m.contacts_missing_call(), options: calls.map((each) => ({ value: each.call_id, label: each.label })) },
      { name: 'next', kind: 'text', label: m.contacts_field_next() },
      { name: 'on', kind: 'date', label: m.contacts_field_next_on(), min: localDay(known.now) },
      { name: 'result', kind: 'choice', label: m.contacts_field_result(), missing: m.contacts_missing_result() },
    ],
    start: { call: calls[0]?.call_id ?? '', next: '', on: '', result: '' },
    label: (values) => m.contacts_result_label({ result: resultWord((values.result || 'other') as Result), client: nameOf(row) }),
    make: (values, at) => [
      {
        type: 'call.result_recorded',
        time: at.now,
        data: filled({
          client_id: row.client_id,
          manager_id: known.manager,
          call_id: values.call,
          result: values.result,
          next_step: values.next?.trim(),
          next_on: values.on,
        }),
      },
    ],
  };
}

const isPlanned = (reason: Reason) => (reason.why === 'follow_up' || reason.why === 'callback') && Boolean(reason.id);

/** Whether the row leaves the list by being put off: what has a day of its own keeps it. */
export function staysAfterSnooze(row: Row): Reason[] {
  const kFirstToGo = 7;
  return row.reasons.filter((each) => each.tier < kFirstToGo && !isPlanned(each));
}

/** To another day, and why: the contact that is planned, or a new plan that is put off at once. */
export function snoozeForm(row: Row, known: Known): Form {
  const today = localDay(known.now);
  const planned = row.reasons.find(isPlanned);
  return {
    key: `follow_up.postponed ${row.client_id}`,
    title: m.contacts_snooze_title({ client: nameOf(row) }),
    lane: row.client_id,
    fields: [
      { name: 'due', kind: 'date', label: m.contacts_field_until(), missing: m.contacts_missing_until(), min: addDays(today, 1) },
      { name: 'reason', kind: 'text', label: m.contacts_field_why(), missing: m.contacts_missing_why(), suggestions: [m.contacts_why_asked(), m.contacts_why_away(), m.contacts_why_waiting()] },
    ],
    start: { due: addDays(today, 3), reason: '' },
    label: (values) => m.contacts_snooze_label({ client: nameOf(row), reason: values.reason ?? '' }),
    make: (values, at) => snoozed(row, known, values, at, planned),
  };
}

function snoozed(row: Row, known: Known, values: Values, at: Given, planned: Reason | undefined): Made[] {
  const who = { client_id: row.client_id, manager_id: known.manager };
  const id = planned?.id ?? `follow-${at.id}`;
  const reason = values.reason?.trim();
  const moved: Made = { type: 'follow_up.postponed', time: at.now, data: filled({ follow_up_id: id, ...who, due_on: values.due, reason }) };
  if (planned) return [moved];
  const made: Made = {
    type: 'follow_up.set',
    time: at.now,
    data: filled({ follow_up_id: id, ...who, due_on: localDay(at.now), kind: 'other', subject: reason }),
  };
  return [made, moved];
}

/** How each reason is settled by a word of the manager; those that a document or money settles are not here. */
function settledBy(reason: Reason): ((who: object, id: string, why: string) => { type: string; data: Record<string, unknown> }) | undefined {
  switch (reason.why) {
    case 'callback':
    case 'follow_up':
      return (who, id, why) => ({ type: 'follow_up.done', data: { follow_up_id: id, ...who, note: why } });
    case 'inquiry':
      return (who, id, why) => ({ type: 'inquiry.answered', data: { inquiry_id: id, ...who, note: why } });
    case 'arrival':
      return (who, id, why) => ({ type: 'stock_promise.kept', data: { case_id: id, ...who, note: why } });
    case 'meeting':
      return (who, id, why) => ({ type: 'meeting.missed', data: { meeting_id: id, ...who, reason: why } });
    case 'complaint_late':
      return (who, id, why) => ({ type: 'complaint.rejected', data: { complaint_id: id, ...who, reason: why } });
    default:
      return undefined;
  }
}

const kLost = 'lost';

/** What of a row is not wanted any more, and why; the client himself may be gone. */
export function dropForm(row: Row, known: Known): Form {
  const settled = row.reasons.flatMap((reason, at) => (reason.id && settledBy(reason) ? [{ value: String(at), label: reasonWords(reason) }] : []));
  const fields: Field[] = [
    { name: 'what', kind: 'choice', label: m.contacts_field_what(), help: m.contacts_drop_help(), options: [...settled, { value: kLost, label: m.contacts_lost() }] },
    { name: 'reason', kind: 'text', label: m.contacts_field_why(), missing: m.contacts_missing_why() },
  ];
  return {
    key: `contacts.drop ${row.client_id}`,
    title: m.contacts_drop_title({ client: nameOf(row) }),
    lane: row.client_id,
    fields,
    start: { what: settled[0]?.value ?? kLost, reason: '' },
    label: (values) => m.contacts_drop_label({ client: nameOf(row), reason: values.reason ?? '' }),
    make: (values, at) => {
      const who = { client_id: row.client_id, manager_id: known.manager };
      const why = values.reason?.trim() ?? '';
      const reason = values.what === kLost ? undefined : row.reasons[Number(values.what)];
      const settle = reason && settledBy(reason);
      if (!settle || !reason.id) return [{ type: 'client.lost', time: at.now, data: { ...who, reason: why } }];
      return [{ ...settle(who, reason.id, why), time: at.now }];
    },
  };
}
