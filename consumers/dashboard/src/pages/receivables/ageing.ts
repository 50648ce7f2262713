import type { Sort } from '../../parts/order.js';
import { kBuckets, type Amounts, type Bucket, type Item, type Line } from './answers.js';

const sumOf = (amounts: Amounts) => kBuckets.reduce((sum, bucket) => sum + amounts.buckets_minor[bucket], 0);

/** What the age of debts leaves unexplained of the balance: nought, or the table is wrong. */
export function mismatchOf(amounts: Amounts): number {
  return sumOf(amounts) - amounts.unallocated_minor - amounts.balance_minor;
}

export function overdueOf(amounts: Amounts): number {
  return sumOf(amounts) - amounts.buckets_minor.not_due;
}

/** Σ of lines of one currency; the other figures of a total cannot be added. */
export function totalOf(lines: readonly Amounts[], currency: string): Amounts {
  const total: Amounts = {
    currency,
    balance_minor: 0,
    unallocated_minor: 0,
    disputed_minor: 0,
    due_7_days_minor: 0,
    buckets_minor: { not_due: 0, days_1_30: 0, days_31_60: 0, days_61_90: 0, days_over_90: 0 },
  };
  for (const line of lines) {
    total.balance_minor += line.balance_minor;
    total.unallocated_minor += line.unallocated_minor;
    total.disputed_minor += line.disputed_minor;
    total.due_7_days_minor += line.due_7_days_minor;
    for (const bucket of kBuckets) total.buckets_minor[bucket] += line.buckets_minor[bucket];
  }
  return total;
}

/** Whether the server's total is what its lines come to. */
export function addsUp(total: Amounts, lines: readonly Amounts[]): boolean {
  const sum = totalOf(lines, total.currency);
  return (
    sum.balance_minor === total.balance_minor &&
    sum.unallocated_minor === total.unallocated_minor &&
    kBuckets.every((bucket) => sum.buckets_minor[bucket] === total.buckets_minor[bucket])
  );
}

export function bucketOf(item: Item): Bucket {
  const days = item.days_past_due;
  if (days <= 0) return 'not_due';
  if (days <= 30) return 'days_1_30';
  if (days <= 60) return 'days_31_60';
  return days <= 90 ? 'days_61_90' : 'days_over_90';
}

/** The documents of a cell; of the balance, all; of what is overdue, those. */
export function itemsOf(line: Pick<Line, 'open_items'>, column: string): Item[] {
  const items = line.open_items.filter((each) => column === 'balance' || (column === 'overdue' ? each.days_past_due > 0 : bucketOf(each) === column));
  return [...items].sort((a, b) => b.days_past_due - a.days_past_due || (a.number < b.number ? -1 : 1));
}

export const nameOf = (line: Pick<Line, 'client_id' | 'client_name'>): string => line.client_name ?? line.client_id;
export const managerOf = (line: Pick<Line, 'manager_id' | 'manager_name'>): string => line.manager_name ?? line.manager_id ?? '';

/** What a list of debts is put in order by. */
export const kOrders = ['balance', 'overdue', 'oldest', 'name'] as const;

/** The way an order goes at first: sums and days from the largest, names from А. */
export const fallsFirst = (order: string): boolean => order !== 'name';

export const kLargestFirst: Sort = { column: 'balance', descending: true };

/** As the server names it: a minus is the other way round of the first. */
export function sortAsked(sort: Sort): string {
  return `${sort.descending === fallsFirst(sort.column) ? '' : '-'}${sort.column}`;
}

export function amountOf(line: Amounts, column: string): number {
  if (column === 'balance') return line.balance_minor;
  if (column === 'unallocated') return line.unallocated_minor;
  return line.buckets_minor[column as Bucket] ?? 0;
}

/** What the bar shows of each part of the debt, in percent of all of it. */
export function sharesOf(amounts: Amounts): Record<Bucket, number> {
  const all = kBuckets.reduce((sum, bucket) => sum + Math.max(0, amounts.buckets_minor[bucket]), 0);
  return Object.fromEntries(
    kBuckets.map((bucket) => [bucket, all === 0 ? 0 : (100 * Math.max(0, amounts.buckets_minor[bucket])) / all]),
  ) as Record<Bucket, number>;
}
