import { localDay } from '../../format/dates.js';
import { filled, type Field, type Form, type Given, type Values } from '../../outbox/forms.js';
import { m } from '../../paraglide/messages.js';
import type { PageName } from '../../url/place.js';
import type { Kind, Obligation, Recorded } from './answers.js';
import { kindWord, textOf } from './owed.js';

interface Way {
  type: string;
  /** What the manager says of it; required where the event has no sense without. */
  words: 'required' | 'optional';
  /** What the house gives in is the head's word (consumers/access/recordable.cpp). */
  byHead?: true;
  /** Of which words one is said, where not in his own. */
  choices?: () => { value: string; label: string }[];
  data: (one: Obligation, who: Who, words: string | undefined, at: Given) => Record<string, unknown>;
}

interface Who {
  client_id: string | undefined;
  manager_id: string | undefined;
}

// The event that settles each kind, as the catalogue has it. What a document, money or a figure
// settles is done on its own page.
const kWays: Partial<Record<Kind, Way>> = {
  complaint: { type: 'complaint.resolved', words: 'required', data: (one, who, words) => ({ complaint_id: one.id, ...who, resolution: words }) },
  arrival: { type: 'stock_promise.kept', words: 'optional', data: (one, who, words) => ({ case_id: one.id, ...who, note: words }) },
  consultation: { type: 'consultation.answered', words: 'required', data: (one, { client_id }, words) => ({ consultation_id: one.id, client_id, answer: words }) },
  errand: { type: 'task.done', words: 'optional', data: (one, { manager_id }, words) => ({ task_id: one.id, manager_id, note: words }) },
  information: { type: 'information.supplied', words: 'optional', data: (one, { manager_id }, words) => ({ request_id: one.id, manager_id, note: words }) },
  notice: { type: 'service.acknowledged', words: 'required', data: (one, { client_id }, words) => ({ notice_id: one.id, client_id, acknowledged_by: words }) },
  follow_up: { type: 'follow_up.done', words: 'optional', data: (one, who, words) => ({ follow_up_id: one.id, ...who, note: words }) },
  inquiry: { type: 'inquiry.answered', words: 'optional', data: (one, who, words) => ({ inquiry_id: one.id, ...who, note: words }) },
  meeting: { type: 'meeting.held', words: 'optional', data: (one, who, words) => ({ meeting_id: one.id, ...who, topic: one.text ?? kindWord('meeting'), outcome: words }) },
  tender: { type: 'tender.bid_submitted', words: 'optional', data: (one, who) => ({ tender_id: one.id, ...who }) },
  document: { type: 'document.returned', words: 'optional', data: (one, { client_id }, _words, at) => ({ document_id: one.id, client_id, returned_on: localDay(at.now) }) },
  collection: { type: 'collection.action_taken', words: 'optional', data: (_one, who, words) => ({ ...who, action: 'call', note: words }) },
  dispute: {
    type: 'dispute.closed',
    words: 'required',
    byHead: true,
    choices: () => [
      { value: 'upheld', label: m.audit_word_upheld() },
      { value: 'rejected', label: m.audit_word_rejected() },
      { value: 'withdrawn', label: m.audit_word_withdrawn() },
    ],
    data: (one, { client_id }, outcome, at) => ({ dispute_id: one.id, client_id, closed_on: localDay(at.now), outcome }),
  },
  explanation: { type: 'explanation.given', words: 'required', data: (one, { manager_id }, words) => ({ breach_id: one.id, manager_id, text: words }) },
};

const kSilent: readonly Kind[] = ['tender', 'document'];

/** Where a kind is settled that no word settles. */
const kPlaces: Partial<Record<Kind, PageName>> = {
  reconciliation: 'receivables',
  terms: 'client',
  supply: 'client',
  approval: 'client',
  requisites: 'client',
  paper: 'client',
  greeting: 'client',
  call_result: 'contacts',
  calls_without_result: 'contacts',
  report: 'month',
  attestation: 'month',
};

export const placeOf = (kind: Kind): PageName | undefined => kPlaces[kind];
/** `role`: of who is signed in; absent: nobody is, and nothing is refused. */
export function canSettle(one: Obligation, role?: string): boolean {
  const way = kWays[one.kind];
  return one.state !== 'done' && way !== undefined && !(way.byHead && role === 'manager');
}

/** The word on the button: a breach is explained, all else is done. */
export const settleWord = (kind: Kind) => (kind === 'explanation' ? m.obligations_explain() : m.obligations_settle());

function wordsField(one: Obligation, way: Way): Field[] {
  if (kSilent.includes(one.kind)) return [];
  if (way.choices) return [{ name: 'words', kind: 'choice', label: m.obligations_field_outcome(), options: way.choices(), missing: m.obligations_missing_outcome() }];
  const label = one.kind === 'explanation' ? m.obligations_field_explanation() : one.kind === 'notice' ? m.obligations_field_by() : m.obligations_field_words();
  return [{ name: 'words', kind: one.kind === 'notice' ? 'text' : 'long', label, ...(way.words === 'required' ? { missing: m.obligations_missing_words() } : {}) }];
}

// As it reads: of a choice its label.
function saidIn(way: Way, values: Values): string | undefined {
  return way.choices?.().find((each) => each.value === values.words)?.label ?? values.words?.trim();
}

/** `manager`: who records it, where it is known; else who answers for it. */
export function settleForm(one: Obligation, manager: string | undefined): Form {
  const way = kWays[one.kind];
  if (!way) throw new RangeError(`nothing that a person says settles a ${one.kind}`);
  const who: Who = { client_id: one.client_id, manager_id: manager ?? one.manager_id };
  return {
    key: `${way.type} ${one.id}`,
    title: `${kindWord(one.kind)}${textOf(one) ? `: ${textOf(one)}` : ''}`,
    lane: one.client_id ?? one.manager_id ?? one.id,
    fields: wordsField(one, way),
    start: { words: '' },
    label: (values: Values) => m.obligations_settle_label({ what: kindWord(one.kind), text: saidIn(way, values) || textOf(one) }),
    make: (values, at) => [{ type: way.type, time: at.now, data: filled(way.data(one, who, values.words?.trim() || undefined, at)) }],
  };
}

/** A breach of the register, as what is owed for it. */
export function owedFor(breach: Recorded): Obligation {
  return { duty_id: breach.duty_id, kind: 'explanation', id: breach.breach_id, state: 'open', days_late: 0, text: breach.text, manager_id: breach.manager_id };
}
