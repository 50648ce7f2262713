import { describe, expect, test } from 'vitest';
import { faultsOf, filled, idsOf, momentOf, moneyOf, type Field } from './forms.js';

const say = { amount: 'amount', past: 'past', date: 'date' };
const fields: Field[] = [
  { name: 'what', kind: 'text', label: 'What', missing: 'missing' },
  { name: 'amount', kind: 'money', label: 'Amount', currency: 'UAH' },
  { name: 'due', kind: 'date', label: 'Due', min: '2026-11-27' },
  { name: 'when', kind: 'moment', label: 'When' },
];
const faults = (values: Record<string, string>) => faultsOf(fields, values, say).map((each) => [each.field, each.text]);

describe('what is wrong with a form', () => {
  test('what has to be there and is not', () => expect(faults({ what: '  ' })).toEqual([['what', 'missing']]));
  test('nothing, where the rest is left empty', () => expect(faults({ what: 'папір' })).toEqual([]));
  test.each(['45 000', '45000,50', '45 000,5'])('%s is an amount', (amount) => {
    expect(faults({ what: 'x', amount })).toEqual([]);
  });
  test.each(['0', '-5', 'багато', '1,234', '99999999999999999999'])('%s is none', (amount) => {
    expect(faults({ what: 'x', amount })).toEqual([['amount', 'amount']]);
  });
  test('a day before the first', () => expect(faults({ what: 'x', due: '2026-11-26' })).toEqual([['due', 'past']]));
  test('no day, no time', () =>
    expect(faults({ what: 'x', due: 'завтра', when: '9:00' })).toEqual([['due', 'date'], ['when', 'date']]));
});

test('an amount is whole minor units, never a float', () => {
  expect(moneyOf('45 000,10', 'UAH')).toEqual({ amount_minor: 4_500_010, currency: 'UAH' });
  expect(moneyOf('', 'UAH')).toBeUndefined();
});

test('a time that nobody touched is the moment of pressing, one that was is of the house', () => {
  const now = new Date('2026-11-27T09:00:31Z');
  expect(momentOf({ when: '2026-11-27T10:59' }, 'when', { when: '2026-11-27T10:59' }, now)).toBe(now);
  expect(momentOf({ when: '2026-11-27T09:30' }, 'when', { when: '2026-11-27T10:59' }, now).toISOString()).toBe(
    '2026-11-27T07:30:00.000Z',
  );
});

test('the same form makes the same ids, in the order of their recording', () => {
  expect(idsOf('a', 3)).toEqual(['a', 'a.2', 'a.3']);
  expect([...idsOf('a', 3)].sort()).toEqual(idsOf('a', 3));
});

test('what was left empty is left out', () => {
  expect(filled({ a: '', b: undefined, c: 0, d: false, e: 'x' })).toEqual({ c: 0, d: false, e: 'x' });
});
