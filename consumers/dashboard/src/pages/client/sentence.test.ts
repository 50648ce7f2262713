import { beforeEach, expect, test } from 'vitest';
import { speak } from '../../format/locale.js';
import type { Entry } from './answers.js';
import { groupOf, kindWord, sourceWord } from './kinds.js';
import { sentenceOf } from './sentence.js';

beforeEach(() => speak(() => 'uk'));

const entry = (more: Partial<Entry>): Entry => ({
  position: '0:1',
  kind: 'call',
  time: '2026-11-27T09:00:00Z',
  recorded_time: '2026-11-27T09:00:00Z',
  source: 'asterisk/main',
  id: 'e-1',
  ...more,
});
const name = (id: string) => ({ 'm-1': 'Олена Коваль' })[id] ?? id;
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

test('a call says which way, what came of it and how long', () => {
  const call = entry({ text: 'outbound', text_uk: 'вихідний', detail: 'answered', detail_uk: 'відповіли', talk_s: 80 });
  expect(plain(sentenceOf(call, name))).toBe('вихідний · відповіли · розмова 1 хв 20 с');
  speak(() => 'en');
  expect(sentenceOf(call, name)).toBe('outbound · answered · talked 1 min 20 s');
});

test('an invoice says its number, its day and its amount', () => {
  const invoice = entry({ kind: 'invoice', text: 'РФ-1', detail: '2027-01-04', amount: { amount_minor: 123_450, currency: 'UAH' } });
  expect(plain(sentenceOf(invoice, name))).toBe('РФ-1 · строк 04.01.2027 · 1 234,50 ₴');
});

test('a manager is called by name, a code by its word, a machine’s id not at all', () => {
  expect(sentenceOf(entry({ kind: 'assigned', text: 'm-1', detail: 'звільнення' }), name)).toBe('Олена Коваль · звільнення');
  expect(sentenceOf(entry({ kind: 'document.issued', text: 'ВН-1', detail: 'delivery_note' }), name)).toBe('ВН-1 · видаткова накладна');
  expect(sentenceOf(entry({ kind: 'payment', text: 'Оплата', detail: '2026-08-21/bank-02' }), name)).toBe('Оплата');
});

// The words of the catalogue that a timeline tells by themselves (events/types, names(…)).
test('no code of the catalogue is shown as it is, and no rule’s name', () => {
  const codes = [
    ...['call', 'letter', 'visit', 'claim', 'email', 'web', 'cold_call', 'mail', 'exhibition', 'referral', 'advertising', 'other'],
    ...['upheld', 'rejected', 'withdrawn', 'price', 'quality', 'timing', 'competitor', 'trust', 'satisfied', 'dissatisfied', 'suggestion'],
    ...['bad_debt', 'small_difference', 'forgiveness', 'courier', 'portal', 'costs', 'interest', 'penalty'],
  ];
  for (const detail of codes) expect(sentenceOf(entry({ kind: 'collection.action_taken', detail }), name)).toMatch(/^[^a-z_]+$/);
  expect(sentenceOf(entry({ kind: 'reconciliation.drafted', detail: 'act.v2' }), name)).toBe('');
});

test('each kind has its word and its group, and one that came later its own name', () => {
  expect([groupOf('offer_phoned'), groupOf('offer_emailed'), groupOf('call.result_recorded'), groupOf('calls_new')]).toEqual([
    'call',
    'letter',
    'call',
    'system',
  ]);
  expect(kindWord('meeting')).toBe('Зустріч');
  expect(kindWord('weather.changed')).toBe('weather.changed');
});

test('a machine saw it, or somebody said so', () => {
  expect(sourceWord('call', 'asterisk/main')).toBe('з телефонії');
  expect(sourceWord('offer_phoned', 'people/o.koval')).toBe('зі слів');
  expect(sourceWord('payment.allocated', 'ledger/allocation')).toBe('за правилом');
});
