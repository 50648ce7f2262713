import { expect, test } from 'vitest';
import { longest } from './longest.js';

const rows = [
  { id: 'a', name: 'Ромашка', n: 7, lines: ['one'] },
  { id: 'b', name: 'Калина', n: 12, lines: [] },
  { id: 'c', name: 'Барвінок і сини', n: 3, lines: [] },
  { id: 'd', name: 'Мак', n: 12345, lines: ['a long one'] },
  { id: 'e', name: 'Барвінок і доньки', n: -5, lines: [] },
];
const ids = (from: number) => longest(rows, from).map((each) => each.id);

test('each that is the longest in something, in their order', () => expect(ids(2)).toEqual(['d', 'e']));
test('only those that come later', () => expect(ids(4)).toEqual(['e']));
test('none where all is shown', () => expect(ids(5)).toEqual([]));
test('of equals the first', () => expect(longest([{ a: 'x' }, { a: 'abc' }, { a: 'xyz' }], 1)).toEqual([{ a: 'abc' }]));
test('what is missing is no length', () => expect(longest([{ a: null }, { a: undefined }, { a: 'xy' }], 1)).toEqual([{ a: 'xy' }]));
