import { m } from '../../paraglide/messages.js';
import { kindWords } from './kind_words.js';

export type Group = 'call' | 'letter' | 'meeting' | 'money' | 'goods' | 'paper' | 'person' | 'complaint' | 'plan' | 'system';

// By the head of a kind; the longest that fits.
const kGroups: readonly (readonly [string, Group])[] = [
  ['call', 'call'],
  ['offer_phoned', 'call'],
  ['offer', 'letter'],
  ['letter', 'letter'],
  ['inquiry', 'letter'],
  ['dunning', 'letter'],
  ['survey', 'letter'],
  ['meeting', 'meeting'],
  ['exhibition', 'meeting'],
  ['payment', 'money'],
  ['promise_to_pay', 'money'],
  ['invoice', 'money'],
  ['credit', 'money'],
  ['collection', 'money'],
  ['offset', 'money'],
  ['fx', 'money'],
  ['financials', 'money'],
  ['order', 'goods'],
  ['delivery', 'goods'],
  ['shipment', 'goods'],
  ['stock', 'goods'],
  ['supply', 'goods'],
  ['assortment', 'goods'],
  ['analogue', 'goods'],
  ['contract', 'paper'],
  ['document', 'paper'],
  ['reconciliation', 'paper'],
  ['tender', 'paper'],
  ['approval', 'paper'],
  ['application', 'paper'],
  ['complaint', 'complaint'],
  ['dispute', 'complaint'],
  ['objection', 'complaint'],
  ['follow_up', 'plan'],
  ['project', 'plan'],
  ['scheme', 'plan'],
  ['registered', 'person'],
  ['updated', 'person'],
  ['assigned', 'person'],
  ['client', 'person'],
  ['contact_person', 'person'],
  ['greeting', 'person'],
  ['need', 'person'],
  ['service', 'system'],
];

export function groupOf(kind: string): Group {
  const fits = kGroups.filter(([head]) => kind === head || kind.startsWith(head) && !/[a-z]/.test(kind[head.length] ?? ''));
  return fits.sort((a, b) => b[0].length - a[0].length)[0]?.[1] ?? 'system';
}

/** What an entry is called; a kind that came later is called by its own name. */
export function kindWord(kind: string): string {
  return kindWords[kind]?.() ?? kind;
}

/** Where it is known from: a machine saw it, or somebody said so. */
export function sourceWord(kind: string, source: string): string {
  if (source.startsWith('people/')) return m.client_source_words();
  if (source.startsWith('ledger/')) return m.client_source_ledger();
  if (source.startsWith('mail/') || kind === 'offer_emailed' || kind === 'offer.answered') return m.client_source_mail();
  if (kind === 'call') return m.client_source_telephony();
  if (source.startsWith('bank/') || kind === 'payment') return m.client_source_bank();
  if (source.includes('accounting')) return m.client_source_accounting();
  if (source.includes('warehouse')) return m.client_source_warehouse();
  if (source.includes('crm')) return m.client_source_crm();
  return source;
}

/** Whether it is a person's word alone. */
export const isSaid = (source: string) => source.startsWith('people/');
