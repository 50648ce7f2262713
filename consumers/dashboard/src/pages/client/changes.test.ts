import { expect, test } from 'vitest';
import { speak } from '../../format/locale.js';
import { memberWord, valueWords } from './changes.js';

speak(() => 'uk');
const plain = (text: string) => text.replace(/\s/g, ' ');

test('a value is told as tables tell it', () => {
  expect(plain(valueWords({ amount_minor: 123_450, currency: 'UAH' }))).toBe('1 234,50 ₴');
  expect(valueWords('2026-11-25')).toBe('25.11.2026');
  expect([valueWords(null), valueWords(undefined), valueWords('')]).toEqual(['—', '—', '—']);
  expect(valueWords(['а', 2])).toBe('а, 2');
  expect(valueWords({ a: 1 })).toBe('{"a":1}');
});

test('a member that has no words is called by its own name', () => {
  expect(memberWord('nobody_knows')).toBe('nobody_knows');
  expect(memberWord('amount')).not.toBe('amount');
});
