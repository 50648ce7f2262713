import { expect, test } from 'vitest';
import { byHour } from './hours.js';

test('hours are the house’s, without a gap', () => {
  const items = [
    { time: '2026-11-25T07:05:00Z', counted: true },
    { time: '2026-11-25T07:59:59Z', counted: false },
    { time: '2026-11-25T10:00:00Z', counted: true },
    { counted: true },
  ];
  expect(byHour(items)).toEqual([
    { hour: 9, counted: 1, all: 2 },
    { hour: 10, counted: 0, all: 0 },
    { hour: 11, counted: 0, all: 0 },
    { hour: 12, counted: 1, all: 1 },
  ]);
  expect(byHour([])).toEqual([]);
});
