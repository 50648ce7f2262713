import { describe, expect, test } from 'vitest';
import { speak } from '../../format/locale.js';
import { addsUp, bucketOf, itemsOf, managerOf, mismatchOf, nameOf, overdueOf, sharesOf, sortAsked, totalOf } from './ageing.js';
import { kBuckets, type Item, type Line } from './answers.js';

speak(() => 'uk');

const item = (days: number, open = 100): Item => ({
  kind: 'invoice',
  invoice_id: `inv-${days}`,
  number: `№ ${days}`,
  issued_on: '2026-10-01',
  due_on: '2026-10-15',
  due_by: 'invoice',
  amount_minor: open,
  open_minor: open,
  disputed_minor: 0,
  proposed_minor: 0,
  days_past_due: days,
  days_since_issue: days + 14,
  position: '0:1',
});

// A client of whom the server tells: debts by their age, and money that pays none of them yet.
function account(id: string, items: Item[], unallocated = 0, currency = 'UAH', more: Partial<Line> = {}): Line {
  const buckets_minor = { not_due: 0, days_1_30: 0, days_31_60: 0, days_61_90: 0, days_over_90: 0 };
  for (const each of items) buckets_minor[bucketOf(each)] += each.open_minor;
  const due_7_days_minor = items.filter((each) => each.days_past_due <= 0 && each.days_past_due >= -7).reduce((sum, each) => sum + each.open_minor, 0);
  const debts = items.reduce((sum, each) => sum + each.open_minor, 0);
  const days = Math.max(0, ...items.map((each) => each.days_past_due));
  const told = { overdue_minor: debts - buckets_minor.not_due, oldest_overdue_days: days, stopped: false, stop_reasons: [] };
  return { client_id: id, currency, balance_minor: debts - unallocated, unallocated_minor: unallocated, disputed_minor: 0, due_7_days_minor, buckets_minor, open_items: items, unallocated: [], ...told, ...more };
}

// The same numbers at every run.
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

test.each([
  [-3, 'not_due'],
  [0, 'not_due'],
  [1, 'days_1_30'],
  [30, 'days_1_30'],
  [31, 'days_31_60'],
  [60, 'days_31_60'],
  [61, 'days_61_90'],
  [90, 'days_61_90'],
  [91, 'days_over_90'],
] as const)('%i days past due is %s', (days, bucket) => expect(bucketOf(item(days))).toBe(bucket));

test('of 1,000 ledgers each total is what its lines and its ages come to, to the kopiika', () => {
  const next = numbers(7);
  for (let ledger = 0; ledger < 1000; ++ledger) {
    const accounts = Array.from({ length: 1 + Math.floor(next() * 8) }, (_, index) =>
      account(`c-${index}`, Array.from({ length: Math.floor(next() * 6) }, () => item(Math.floor(next() * 200) - 60, Math.floor(next() * 1e9))), Math.floor(next() * 1e8)),
    );
    const total = totalOf(accounts, 'UAH');
    expect(addsUp(total, accounts)).toBe(true);
    expect(mismatchOf(total)).toBe(0);
    const cells = accounts.flatMap((each) => kBuckets.flatMap((bucket) => itemsOf(each, bucket)));
    expect(cells.reduce((sum, each) => sum + each.open_minor, 0) - total.unallocated_minor).toBe(total.balance_minor);
  }
});

describe('a wrong table', () => {
  const one = account('c-1', [item(5, 1000)], 200);
  test('is told by what it lacks', () => expect(mismatchOf({ ...one, balance_minor: 799 })).toBe(1));
  test('is told by its lines', () => {
    expect(addsUp({ ...one, balance_minor: 801 }, [one])).toBe(false);
    expect(addsUp({ ...one, buckets_minor: { ...one.buckets_minor, not_due: 1 } }, [one])).toBe(false);
  });
});

const lines: Line[] = [
  account('c-1', [item(40, 123456789), item(3, 100)], 50, 'UAH', { client_name: '=ТОВ «Ромашка; Трейд»', manager_id: 'm-1', manager_name: 'Олена Коваль' }),
  account('c-2', [item(-1, 7)]),
  account('c-3', [], 5, 'USD', { manager_id: 'm-2' }),
];

test('a line says who it is of, and who answers; by the ids where there are no names', () => {
  expect(lines.map((each) => [nameOf(each), managerOf(each)])).toEqual([['=ТОВ «Ромашка; Трейд»', 'Олена Коваль'], ['c-2', ''], ['c-3', 'm-2']]);
});

test('what falls due within seven days is added up as the rest', () => expect(totalOf([account('c-1', [item(0, 1), item(-7, 20), item(-8, 300), item(1, 4000)]), account('c-2', [item(-3, 500)])], 'UAH').due_7_days_minor).toBe(521));

test('a cell opens to its documents, the longest overdue first', () => {
  expect(itemsOf(lines[0]!, 'balance').map((each) => each.days_past_due)).toEqual([40, 3]);
  expect(itemsOf(lines[0]!, 'days_31_60').map((each) => each.days_past_due)).toEqual([40]);
  expect([overdueOf(lines[0]!), overdueOf(lines[1]!)]).toEqual([123456889, 0]);
});

test('the bar is of the debts, a hundred percent of them or nothing', () => {
  const shares = sharesOf(lines[0]!);
  expect(Object.values(shares).reduce((sum, each) => sum + each, 0)).toBeCloseTo(100);
  expect(Object.values(sharesOf(lines[2]!))).toEqual([0, 0, 0, 0, 0]);
});

test('the server’s minus is the other way round of an order’s first, the table’s is the falling one', () => {
  expect(sortAsked({ column: 'balance', descending: true })).toBe('balance');
  expect(sortAsked({ column: 'balance', descending: false })).toBe('-balance');
  expect(sortAsked({ column: 'name', descending: false })).toBe('name');
  expect(sortAsked({ column: 'name', descending: true })).toBe('-name');
});
