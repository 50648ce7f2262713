import { expect, test } from 'vitest';
import type { Figure, Manager } from './answers.js';
import { departmentsOf, lagOf, lagOfManager, overdueOf, standsInFor, totalOf, weightOf, wordOf } from './figures.js';

const figure = (more: Partial<Figure> = {}): Figure => ({
  metric: 'calls',
  duty_id: 'calls.daily',
  counted: 17,
  target: 30,
  state: 'running',
  attempts: 25,
  answered: 20,
  unique_clients: 15,
  unmatched: 0,
  ...more,
});
const manager = (id: string, metrics: Figure[], department?: string): Manager => ({
  manager_id: id,
  name: id,
  stage: 'open',
  metrics,
  department,
});

test.each([
  [{ state: 'met', counted: 30 }, { kind: 'met' }],
  [{ state: 'running', counted: 31 }, { kind: 'met' }],
  [{ expected_by_now: 17 }, { kind: 'pace' }],
  [{ expected_by_now: 21 }, { kind: 'behind', by: 4 }],
  [{}, { kind: 'pace' }],
  [{ state: 'short', short_by: 13 }, { kind: 'short', by: 13 }],
  [{ state: 'excused', target: 0 }, { kind: 'excused' }],
  [{ state: 'day_off', target: 0 }, { kind: 'off' }],
  [{ state: 'unknown', short_by: 13 }, { kind: 'unknown' }],
] as const)('%j is %j', (more, word) => expect(wordOf(figure(more as Partial<Figure>))).toEqual(word));

test('a silent sender makes nobody late', () => {
  expect(lagOf(figure({ state: 'unknown', short_by: 30 }))).toBe(0);
  expect(lagOfManager(manager('a', [figure({ state: 'short', short_by: 15 })]))).toBe(0.5);
});

test('a total adds up, and is unknown where one of its parts is', () => {
  const a = manager('a', [figure({ expected_by_now: 20 })]);
  const b = manager('b', [figure({ state: 'met', counted: 30, attempts: 30 })]);
  expect(totalOf([a, b], 'calls')).toMatchObject({ counted: 47, target: 60, attempts: 55, expected: 50, state: 'running', unknown: 0 });
  const c = manager('c', [figure({ state: 'unknown', counted: 0 })]);
  expect(totalOf([a, c], 'calls')).toMatchObject({ state: 'unknown', unknown: 1 });
  expect(totalOf([], 'calls')).toMatchObject({ counted: 0, state: 'day_off' });
});

test('what is overdue adds up of those of whom it is counted', () => {
  const of = (id: string, overdue_obligations?: number) => ({ ...manager(id, []), overdue_obligations });
  expect(overdueOf([of('a', 3), of('b', 0), of('c')])).toBe(3);
  expect(overdueOf([of('a')])).toBeUndefined();
});

test('a column is sorted by what it shows; who did nothing is first', () => {
  const one = { ...manager('a', [figure({ counted: 4 })]), overdue_obligations: 2, last_action: { time: '2026-11-25T07:00:00Z', kind: 'call.completed', position: '0:1' } };
  expect(['calls', 'overdue', 'last'].map((each) => weightOf(one, each))).toEqual([4, 2, Date.parse('2026-11-25T07:00:00Z')]);
  expect(['overdue', 'last'].map((each) => weightOf(manager('b', []), each))).toEqual([-1, 0]);
});

test('for whom he stands in is told by name', () => {
  expect(standsInFor({ ...manager('a', []), stands_in_for: [{ manager_id: 'm-2', name: 'Петро Шевчук' }, { manager_id: 'm-3' }] })).toBe('Петро Шевчук, m-3');
  expect(standsInFor(manager('a', []))).toBe('');
});

test('departments are named once', () => {
  expect(departmentsOf([manager('a', [], 'роздріб'), manager('b', [], 'гурт'), manager('c', [], 'гурт'), manager('d', [])], (x, y) => x.localeCompare(y, 'uk'))).toEqual(['гурт', 'роздріб']);
});
