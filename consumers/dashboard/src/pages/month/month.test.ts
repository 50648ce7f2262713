import { describe, expect, test } from 'vitest';
import type { Figure } from '../quotas/answers.js';
import type { Away, MonthDay, MonthManager } from './answers.js';
import { daysOf, isMonth, lastDay, monthAfter } from '../../format/months.js';
import { cellsOf, changeIn, printed, sumOf } from './days.js';
import { moved } from './grid.js';
import { cellTitle, letterOf } from './words.js';

const day = (date: string, counted: number, state: MonthDay['state'] = 'met', target = 30): MonthDay => ({ date, counted, target, state });
const once = { counted: 0, target: 0, state: 'met' } as Figure;
const manager = (days: MonthDay[], away: Away[] = []): MonthManager => ({
  manager_id: 'm-1',
  name: 'Олена',
  away,
  contracts: once,
  reconciliations: once,
  metrics: [{ metric: 'calls', duty_id: 'calls.daily', counted: 52, target: 60, days_due: 2, days_met: 1, days_unknown: 1, days }],
});

test('a month is its days, over the turn of a year and in a leap year', () => {
  expect(daysOf('2026-11')).toHaveLength(30);
  expect(lastDay('2028-02')).toBe('2028-02-29');
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
  expect([isMonth('2026-11'), isMonth('2026-13'), isMonth(undefined)]).toEqual([true, false, false]);
});

describe('a cell', () => {
  const of = (state: MonthDay['state'], counted = 5) => cellsOf(manager([day('2026-11-03', counted, state)]), 'calls', ['2026-11-03'], '2026-11-10')[0]!;
  test.each([
    ['met', 'figure', '5'],
    ['short', 'figure', '5'],
    ['running', 'figure', '5'],
    ['unknown', 'unknown', '?'],
    ['excused', 'absent', 'В'],
    ['day_off', 'off', '5'],
  ] as const)('of a day %s is %s', (state, kind, text) => {
    expect(of(state).kind).toBe(kind);
    expect(printed(of(state), 'В')).toBe(text);
  });
  test('of none is a nought, of a day off blank', () => {
    expect(printed(of('short', 0), 'В')).toBe('0');
    expect(printed(of('day_off', 0), 'В')).toBe('');
  });
  test('of what has not come is blank, of who was not there apart', () => {
    const cells = cellsOf(manager([day('2026-11-12', 0, 'short')]), 'calls', ['2026-11-09', '2026-11-12'], '2026-11-10');
    expect(cells.map((each) => each.kind)).toEqual(['none', 'future']);
    expect(printed(cells[1]!, 'В')).toBe('');
  });
});

describe('a day that is no whole one', () => {
  const date = '2026-11-03';
  const away = (kind: 'vacation' | 'sick_leave', worked_minutes = 0, minutes?: number): Away[] => [
    { date, why: 'absence', worked_minutes, scheduled_minutes: 480, absences: [{ absence_id: 'a-1', kind, minutes }] },
  ];
  const of = (state: MonthDay['state'], told: Away[]) => cellsOf(manager([day(date, 3, state, 15)], told), 'calls', [date], '2026-11-10')[0]!;
  test.each([
    ['excused', away('vacation'), 'vacation', 'В'],
    ['excused', away('sick_leave'), 'sick_leave', 'Л'],
    ['excused', away('sick_leave', 30, 450), 'part', 'Н'],
    ['excused', [], 'outage', 'З'],
  ] as const)('%s, away %j: %s', (state, told, excuse, letter) => {
    const cell = of(state, [...told]);
    expect(cell.excuse).toBe(excuse);
    expect(printed(cell, letterOf(cell.excuse!))).toBe(letter);
  });
  test('keeps its figure, and says why its norm is less', () => {
    expect(of('short', away('sick_leave', 240, 240)).kind).toBe('figure');
    expect(cellTitle('Олена', of('short', away('sick_leave', 240, 240)))).toMatch(/3 з 15, бракує 12, частину дня: лікарняний$/);
  });
  test('by the calendar is a day off and has no letter', () => {
    const cell = of('day_off', [{ date, why: 'day_off', worked_minutes: 0, scheduled_minutes: 0 }]);
    expect([cell.kind, cell.excuse]).toEqual(['off', undefined]);
  });
});

test('what changed after the report says what it was, be it the norm alone', () => {
  expect(changeIn(24, 22)).toBe('22→24');
  expect(changeIn(24, 24)).toBe('24');
  const cell = (target: number) => cellsOf(manager([{ ...day('2026-11-03', 24), reported: { counted: 22, target, events: [] } }]), 'calls', ['2026-11-03'], '2026-11-10')[0]!;
  expect(cellTitle('Олена', cell(30))).toMatch(/у звіті було 22, тепер 24$/);
  expect(cellTitle('Олена', cell(20))).toMatch(/у звіті було 22 з 20, тепер 24 з 30$/);
});

test('totals are of all managers', () => {
  expect(sumOf([manager([]), manager([])], 'calls')).toEqual({ counted: 104, target: 120, daysMet: 2, daysDue: 4, daysUnknown: 2 });
  expect(sumOf([manager([])], 'report').counted).toBe(0);
});

describe('the keys of the grid', () => {
  const go = (code: string, ctrlKey = false) => moved({ row: 2, column: 3 }, { code, ctrlKey, metaKey: false }, 16, 31);
  test.each([
    ['ArrowUp', false, 1, 3],
    ['ArrowDown', false, 3, 3],
    ['ArrowLeft', false, 2, 2],
    ['ArrowRight', false, 2, 4],
    ['Home', false, 2, 0],
    ['End', false, 2, 30],
    ['Home', true, 0, 0],
    ['End', true, 15, 30],
    ['PageDown', false, 12, 3],
    ['PageUp', false, 0, 3],
  ] as const)('%s, Ctrl %s', (code, ctrl, row, column) => expect(go(code, ctrl)).toEqual({ row, column }));
  test('end at its edges, and are no others', () => {
    expect(moved({ row: 0, column: 0 }, { code: 'ArrowUp', ctrlKey: false, metaKey: false }, 3, 3)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 2, column: 2 }, { code: 'ArrowRight', ctrlKey: false, metaKey: false }, 3, 3)).toEqual({ row: 2, column: 2 });
    expect(go('KeyJ')).toBeNull();
    expect(go('Enter')).toBeNull();
  });
});
