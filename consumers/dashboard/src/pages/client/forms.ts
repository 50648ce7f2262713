import { addDays, localDay, wallOf } from '../../format/dates.js';
import { minorToDecimal } from '../../format/numbers.js';
import { filled, momentOf, moneyOf, type Field, type Form, type Given, type Values } from '../../outbox/forms.js';
import { m } from '../../paraglide/messages.js';
import type { Debt, Entry, Person } from './answers.js';
import { titleOf, type RecordKind } from './record_kinds.js';

/** What the page knows already, so that nobody types it again. */
export interface Known {
  client: { id: string; name: string };
  /** Who did it: himself, or whom a head or an administrator records for. */
  manager: string;
  /** Whom he may record for; one or none: nobody is asked. */
  managers: readonly { manager_id: string; name: string }[];
  people: readonly Person[];
  debts: readonly Debt[];
  /** The answered calls of today, the latest first. */
  calls: readonly { call_id: string; label: string }[];
  now: Date;
}


const kComplaintKinds = ['quality', 'delivery', 'documents', 'service', 'price', 'other'] as const;

export function complaintWord(kind: string): string {
  const words: Record<(typeof kComplaintKinds)[number], () => string> = {
    quality: m.client_complaint_quality,
    delivery: m.client_complaint_delivery,
    documents: m.client_complaint_documents,
    service: m.client_complaint_service,
    price: m.client_complaint_price,
    other: m.client_complaint_other,
  };
  return kind in words ? words[kind as keyof typeof words]() : kind;
}

const kNobody = '';
const kComplaintDays = 5;
const kPromiseDays = 3;

function managerField(known: Known): Field[] {
  if (known.managers.length < 2) return [];
  const options = known.managers.map((each) => ({ value: each.manager_id, label: each.name }));
  return [{ name: 'manager', kind: 'choice', label: m.client_field_manager(), options }];
}

function currencyOf(known: Known): string {
  const owed = [...known.debts].sort((a, b) => (b.overdue_minor ?? 0) - (a.overdue_minor ?? 0));
  return owed[0]?.currency ?? 'UAH';
}

function fieldsOf(kind: RecordKind, known: Known): Field[] {
  const today = localDay(known.now);
  const currency = currencyOf(known);
  const people = known.people.map((each) => each.name);
  switch (kind) {
    case 'meeting.held':
      return [
        { name: 'topic', kind: 'text', label: m.client_field_topic(), missing: m.client_missing_topic() },
        { name: 'with', kind: 'text', label: m.client_field_with(), suggestions: people },
        { name: 'outcome', kind: 'long', label: m.client_field_outcome() },
        { name: 'when', kind: 'moment', label: m.client_field_when(), missing: m.client_missing_when() },
      ];
    case 'offer.phoned':
      return [
        { name: 'subject', kind: 'text', label: m.client_field_offered(), missing: m.client_missing_offered() },
        { name: 'amount', kind: 'money', label: m.client_field_amount(), currency: 'UAH' },
        {
          name: 'call',
          kind: 'choice',
          label: m.client_field_call(),
          help: m.client_help_call(),
          options: [...known.calls.map((each) => ({ value: each.call_id, label: each.label })), { value: kNobody, label: m.client_call_none() }],
        },
      ];
    case 'promise_to_pay.made':
      return [
        { name: 'amount', kind: 'money', label: m.client_field_promised(), missing: m.client_missing_amount(), currency },
        { name: 'due', kind: 'date', label: m.client_field_pay_by(), missing: m.client_missing_pay_by(), min: today },
        {
          name: 'person',
          kind: 'choice',
          label: m.client_field_promised_by(),
          options: [{ value: kNobody, label: m.client_person_none() }, ...known.people.map((each) => ({ value: each.person_id, label: each.name }))],
        },
      ];
    case 'complaint.opened':
      return [
        { name: 'text', kind: 'long', label: m.client_field_complaint(), missing: m.client_missing_complaint() },
        { name: 'kind', kind: 'choice', label: m.client_field_about(), options: kComplaintKinds.map((value) => ({ value, label: complaintWord(value) })) },
        { name: 'due', kind: 'date', label: m.client_field_answer_by(), missing: m.client_missing_answer_by(), min: today },
      ];
  }
}

function startOf(kind: RecordKind, known: Known): Record<string, string> {
  const today = localDay(known.now);
  const overdue = known.debts.find((each) => each.currency === currencyOf(known))?.overdue_minor ?? 0;
  const decides = known.people.find((each) => each.role === 'decision_maker') ?? known.people[0];
  const manager = { manager: known.manager };
  switch (kind) {
    case 'meeting.held':
      return { ...manager, topic: '', with: decides?.name ?? '', outcome: '', when: wallOf(known.now) };
    case 'offer.phoned':
      return { ...manager, subject: '', amount: '', call: known.calls[0]?.call_id ?? kNobody };
    case 'promise_to_pay.made': {
      const amount = overdue > 0 ? minorToDecimal(overdue) : '';
      return { ...manager, amount, due: addDays(today, kPromiseDays), person: decides?.person_id ?? kNobody };
    }
    case 'complaint.opened':
      return { ...manager, text: '', kind: 'quality', due: addDays(today, kComplaintDays) };
  }
}

/** The event's data. `before`: of what is corrected, whose other members stay as they were. */
function dataOf(kind: RecordKind, values: Values, known: Known, at: Given, before: Record<string, unknown> = {}): Record<string, unknown> {
  const said = (name: string) => values[name]?.trim() || undefined;
  const who = { client_id: known.client.id, manager_id: said('manager') ?? known.manager };
  const currency = (before.amount as { currency?: string } | undefined)?.currency ?? (kind === 'offer.phoned' ? 'UAH' : currencyOf(known));
  const amount = moneyOf(values.amount, currency);
  switch (kind) {
    case 'meeting.held': {
      const participants = said('with')?.split(/\s*;\s*/).filter((each) => each !== '');
      return filled({ ...before, ...who, topic: said('topic'), participants, outcome: said('outcome') });
    }
    case 'offer.phoned':
      return filled({ ...before, ...who, subject: said('subject'), amount, call_id: said('call') });
    case 'promise_to_pay.made':
      return filled({
        promise_id: `promise-${at.id}`,
        made_on: localDay(at.now),
        ...before,
        ...who,
        due_on: said('due'),
        amount,
        person_id: said('person'),
      });
    case 'complaint.opened':
      return filled({ complaint_id: `complaint-${at.id}`, ...before, ...who, kind: said('kind'), text: said('text'), due_on: said('due') });
  }
}

const subjectOf = (values: Values) => values.topic || values.subject || values.text || values.amount || '';

export function recordForm(kind: RecordKind, known: Known): Form {
  const start = startOf(kind, known);
  return {
    key: `${kind} ${known.client.id}`,
    title: m.client_record_title({ what: titleOf(kind), client: known.client.name }),
    lane: known.client.id,
    fields: [...fieldsOf(kind, known), ...managerField(known)],
    start,
    label: (values) => m.client_record_label({ what: titleOf(kind), subject: subjectOf(values), client: known.client.name }),
    make: (values, at) => [
      {
        type: kind,
        time: kind === 'meeting.held' ? momentOf(values, 'when', start, at.now) : at.now,
        data: dataOf(kind, values, known, at),
      },
    ],
  };
}

function valuesOf(kind: RecordKind, data: Record<string, unknown>): Record<string, string> {
  const text = (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : '');
  const amount = data.amount as { amount_minor?: number } | undefined;
  const money = amount?.amount_minor === undefined ? '' : minorToDecimal(amount.amount_minor);
  switch (kind) {
    case 'meeting.held':
      return { topic: text('topic'), with: ((data.participants as string[] | undefined) ?? []).join('; '), outcome: text('outcome') };
    case 'offer.phoned':
      return { subject: text('subject'), amount: money, call: text('call_id') };
    case 'promise_to_pay.made':
      return { amount: money, due: text('due_on'), person: text('person_id') };
    case 'complaint.opened':
      return { text: text('text'), kind: text('kind'), due: text('due_on') };
  }
}

/** What was recorded is to be read otherwise, and why: another event, beside the first. */
export function correctionForm(entry: Entry, kind: RecordKind, data: Record<string, unknown>, known: Known): Form {
  const manager = typeof data.manager_id === 'string' ? data.manager_id : known.manager;
  const was: Known = { ...known, manager, managers: [] };
  const call = typeof data.call_id === 'string' && !known.calls.some((each) => each.call_id === data.call_id) ? [{ call_id: data.call_id, label: data.call_id }] : [];
  const fields = fieldsOf(kind, { ...was, calls: [...known.calls, ...call] })
    .filter((each) => each.name !== 'when')
    .map(({ min, ...field }) => (void min, field));
  return {
    key: `event.corrected ${entry.source} ${entry.id}`,
    title: m.client_correct_title({ what: titleOf(kind) }),
    lane: known.client.id,
    fields: [...fields, { name: 'reason', kind: 'text', label: m.client_field_reason(), missing: m.client_missing_reason() }],
    start: { ...valuesOf(kind, data), reason: '' },
    label: (values) => m.client_correct_label({ what: titleOf(kind), subject: subjectOf(values) }),
    make: (values, at) => [
      {
        type: 'event.corrected',
        time: at.now,
        data: filled({
          target_source: entry.source,
          target_id: entry.id,
          reason: values.reason?.trim(),
          data: dataOf(kind, values, was, at, withoutSet(kind, data)),
          manager_id: known.manager,
        }),
      },
    ],
  };
}

// What a form clears is cleared: only members that it does not show stay as they were.
function withoutSet(kind: RecordKind, data: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<RecordKind, readonly string[]> = {
    'meeting.held': ['participants', 'outcome'],
    'offer.phoned': ['amount', 'call_id'],
    'promise_to_pay.made': ['person_id'],
    'complaint.opened': [],
  };
  return Object.fromEntries(Object.entries(data).filter(([name]) => !shown[kind].includes(name)));
}
