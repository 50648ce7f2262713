import { beforeEach, describe, expect, test } from 'vitest';
import { speak } from '../../format/locale.js';
import type { Reason, Row } from './answers.js';
import { concerns, heaviest, linesOf, reasonWords, stakes, telLink, whoseWords } from './plan.js';

beforeEach(() => speak(() => 'uk'));
const plain = (text: string) => text.replace(/\u00a0/g, ' ');
const reason = (more: Partial<Reason>): Reason => ({
  tier: 0,
  why: 'promise_broken',
  why_uk: 'клієнт не заплатив, як обіцяв',
  why_en: 'did not pay as promised',
  duty_id: 'receivables.collected',
  days: 1,
  overdue_days: 1,
  on: '2026-11-24',
  ...more,
});
const row = (reasons: Reason[]): Row => ({ client_id: 'c-1', tier: 0, payment_only: false, paid_12_months_minor: 0, reasons });

test('a reason says what, how much, since when and for how long', () => {
  const broken = reason({ amounts: [{ amount_minor: 4_500_000, currency: 'UAH' }] });
  expect(plain(reasonWords(broken))).toBe('клієнт не заплатив, як обіцяв · 45 000,00 ₴ · строк 24.11.2026, минув 1 день');
  expect(reasonWords(reason({ why: 'silence', why_uk: 'давно не спілкувалися', days: 47 }))).toBe(
    'давно не спілкувалися · востаннє 24.11.2026, 47 днів тому',
  );
  expect(reasonWords(reason({ why: 'birthday', why_uk: 'день народження', overdue_days: 0 }))).toBe('день народження · 24.11.2026');
});

test('three reasons at most, in the server’s order', () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => reason({ id }));
  expect(heaviest(all).first.map((each) => each.id)).toEqual(['a', 'b', 'c']);
  expect(heaviest(all).left).toBe(2);
  expect(heaviest(all.slice(0, 1)).left).toBe(0);
});

test('one debt that two reasons name is at stake once; currencies are never added', () => {
  const uah = (amount_minor: number) => reason({ amounts: [{ amount_minor, currency: 'UAH' }] });
  expect(stakes(row([uah(100), uah(300), reason({ amounts: [{ amount_minor: 50, currency: 'EUR' }] })]))).toEqual([
    { amount_minor: 300, currency: 'UAH' },
    { amount_minor: 50, currency: 'EUR' },
  ]);
});

describe('whom to ring', () => {
  const person = (name: string, role: string, more = {}) => ({ person_id: name, name, role, phones: [`+38050${name}`], may_be_reached: true, ...more });
  test('first who decides, the company last', () => {
    const lines = linesOf({ people: [person('1', 'user'), person('2', 'decision_maker', { hours: '09:00-12:00' })], phones: ['+3804400', '+380501'] });
    expect(lines).toEqual([
      { phone: '+380502', name: '2', hours: '09:00-12:00' },
      { phone: '+380501', name: '1', hours: undefined },
      { phone: '+3804400' },
    ]);
  });
  test('never who asked not to be called', () => {
    expect(linesOf({ people: [person('1', 'user', { may_be_reached: false }), person('2', 'user', { forbidden_ways: ['phone'] })] })).toEqual([]);
  });
  test('it is said whose the number is', () => {
    expect(whoseWords({ number: '+380501', name: 'Ірина Бондар', spoken_to: true })).toBe('Ірина Бондар, остання розмова');
    expect(whoseWords({ number: '****4567', masked: true, spoken_to: false })).toBe('номер клієнта');
  });
  test('an extension is dialled after the number', () => expect(telLink('+380 44 123-45-67;ext=12')).toBe('tel:+380441234567;ext=12'));
});

test('what concerns the list is the manager’s own, or of a client that is on it', () => {
  const on = new Set(['c-1']);
  expect(concerns({ client_id: 'c-1', manager_id: 'm-2' }, 'm-1', on)).toBe(true);
  expect(concerns({ client_id: 'c-2', manager_id: 'm-1' }, 'm-1', on)).toBe(true);
  expect(concerns({ client_id: 'c-2', manager_id: null }, 'm-1', on)).toBe(false);
});
