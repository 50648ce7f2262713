import { expect, test } from 'vitest';
import { kept } from './kept.js';

const board = () => ({ position: '7', managers: [{ id: 'a', metrics: [{ n: 1 }, { n: 2 }] }, { id: 'b', metrics: [{ n: 3 }] }] });

test('what says the same is the same', () => {
  const before = board();
  expect(kept(before, board())).toBe(before);
});

test('what changed is new as far up as it reaches, and nothing else is', () => {
  const before = board();
  const now = board();
  now.managers[0]!.metrics[1]!.n = 9;
  const shown = kept(before, now);
  expect(shown).toEqual(now);
  expect(shown).not.toBe(before);
  expect(shown.managers[0]).not.toBe(before.managers[0]);
  expect(shown.managers[0]!.metrics[0]).toBe(before.managers[0]!.metrics[0]);
  expect(shown.managers[1]).toBe(before.managers[1]);
});

test.each([
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: 1, b: 2 }, { a: 1 }],
  [{ a: 1 }, { b: 1 }],
  [{ a: undefined }, { b: undefined }],
  [[1, 2], [1]],
  [[1], [1, 2]],
  [[], {}],
  [{ 0: 'x' }, ['x']],
  [null, {}],
  [{ a: null }, { a: {} }],
  [undefined, [1]],
  ['1', 1],
])('%j is not %j', (before, now) => {
  const wanted = structuredClone(now);
  const shown = kept(before, now);
  expect(shown).toStrictEqual(wanted);
  expect(shown).not.toBe(before);
});
