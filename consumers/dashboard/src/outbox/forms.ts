import { minorOfInput } from '../format/numbers.js';
import { instantOf } from '../format/dates.js';
import type { Recorded } from './event.js';

// What a person records: a few fields, and the events that they make. Pure: `parts/RecordPanel` shows
// it, the outbox sends what it makes.
export type FieldKind = 'text' | 'long' | 'date' | 'moment' | 'money' | 'choice';

export interface Field {
  name: string;
  kind: FieldKind;
  label: string;
  /** Said at the field and in the summary where it is left empty; absent: it may be. */
  missing?: string;
  help?: string;
  options?: readonly { value: string; label: string }[];
  /** Of a text: what it likely is. */
  suggestions?: readonly string[];
  /** Of money. */
  currency?: string;
  /** Of a date: no day before it. */
  min?: string;
}

export type Values = Readonly<Record<string, string>>;

export interface Fault {
  field: string;
  text: string;
}

/** One event that a form makes; the first has the form's own id. */
export type Made = Omit<Recorded, 'principal' | 'id'>;

export interface Form {
  /** Which draft it is: "meeting.held c-1". */
  key: string;
  title: string;
  /** A client: what is recorded of one keeps its order. */
  lane: string;
  fields: readonly Field[];
  start: Values;
  /** One line of what is recorded, for whoever waits for the ledger's word. */
  label: (values: Values) => string;
  make: (values: Values, at: Given) => Made[];
}

export interface Given {
  id: string;
  /** The moment of pressing. */
  now: Date;
}

export interface Sentences {
  amount: string;
  past: string;
  date: string;
}

/** What is wrong, in the order of the fields; empty: it can be recorded. */
export function faultsOf(fields: readonly Field[], values: Values, say: Sentences): Fault[] {
  return fields.flatMap((field) => {
    const value = (values[field.name] ?? '').trim();
    if (value === '') return field.missing ? [{ field: field.name, text: field.missing }] : [];
    if (field.kind === 'money' && !isAmount(value)) return [{ field: field.name, text: say.amount }];
    if (field.kind === 'date' && !isDay(value)) return [{ field: field.name, text: say.date }];
    if (field.kind === 'date' && field.min && value < field.min) return [{ field: field.name, text: say.past }];
    if (field.kind === 'moment' && !isMoment(value)) return [{ field: field.name, text: say.date }];
    return [];
  });
}

function isAmount(text: string): boolean {
  const minor = minorOfInput(text);
  return minor !== null && minor !== '0' && !minor.startsWith('-') && Number.isSafeInteger(Number(minor));
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

function isMoment(text: string): boolean {
  try {
    instantOf(text);
    return true;
  } catch {
    return false;
  }
}

/** What was filled in, without what was left empty. */
export function filled(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined && value !== ''));
}

/** An amount as events have it; the field was judged before. */
export function moneyOf(text: string | undefined, currency: string): { amount_minor: number; currency: string } | undefined {
  const minor = text?.trim() ? minorOfInput(text) : null;
  return minor === null ? undefined : { amount_minor: Number(minor), currency };
}

/** The instant that a `moment` field says; untouched it is the moment of pressing. */
export function momentOf(values: Values, name: string, start: Values, now: Date): Date {
  const said = values[name];
  return !said || said === start[name] ? now : new Date(instantOf(said));
}

/** The ids of all that a form makes, in their order: the same form always the same ones. */
export function idsOf(id: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => (at === 0 ? id : `${id}.${at + 1}`));
}
