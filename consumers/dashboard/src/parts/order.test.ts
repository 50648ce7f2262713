import { expect, test } from 'vitest';
import { arrange, formatSort, parseSort } from './order.js';

test('at first everything is where it belongs', () => {
  expect(arrange(null, ['b', 'a'])).toEqual({ shown: ['b', 'a'], changes: 0 });
});

test('rows stay where they are, and what would move is counted', () => {
  expect(arrange(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'])).toEqual({ shown: ['a', 'b', 'c', 'd'], changes: 1 });
  expect(arrange(['a', 'b', 'c'], ['c', 'b', 'a'])).toEqual({ shown: ['a', 'b', 'c'], changes: 2 });
  expect(arrange(['a', 'b'], ['a', 'b']).changes).toBe(0);
});

test('what is new waits, what is gone goes', () => {
  expect(arrange(['a', 'b'], ['n', 'b'])).toEqual({ shown: ['b'], changes: 1 });
});

test('sort is a word of the URL', () => {
  const fallback = { column: 'name', descending: false };
  expect(parseSort('-calls', ['name', 'calls'], fallback)).toEqual({ column: 'calls', descending: true });
  expect(parseSort('nonsense', ['name'], fallback)).toBe(fallback);
  expect(parseSort(undefined, ['name'], fallback)).toBe(fallback);
  expect(formatSort({ column: 'calls', descending: true })).toBe('-calls');
});
