import { dateInText } from '../../format/dates.js';
import { moneyInText } from '../../format/numbers.js';
import { m } from '../../paraglide/messages.js';
import type { Bucket, Item, Line, PromiseStanding } from './answers.js';

export function bucketWord(bucket: Bucket | 'balance' | 'unallocated' | string): string {
  const words: Record<string, () => string> = {
    balance: m.receivables_balance,
    not_due: m.receivables_not_due,
    days_1_30: m.receivables_1_30,
    days_31_60: m.receivables_31_60,
    days_61_90: m.receivables_61_90,
    days_over_90: m.receivables_over_90,
    unallocated: m.receivables_unallocated,
  };
  return words[bucket]?.() ?? bucket;
}

export function segmentWord(segment: string | undefined): string {
  const words: Record<string, () => string> = {
    corporate: m.receivables_segment_corporate,
    retail: m.receivables_segment_retail,
    government: m.receivables_segment_government,
    wholesale: m.receivables_segment_wholesale,
  };
  return segment ? (words[segment]?.() ?? segment) : m.receivables_segment_none();
}

export function promiseState(state: PromiseStanding['state']): string {
  return { open: m.receivables_promise_open, kept: m.receivables_promise_kept, part: m.receivables_promise_part, broken: m.receivables_promise_broken }[state]();
}

export function promiseSentence(promise: PromiseStanding): string {
  return m.receivables_promise_sentence({
    amount: moneyInText(promise.amount.amount_minor, promise.amount.currency),
    date: dateInText(promise.due_on),
    state: promiseState(promise.state),
    paid: moneyInText(promise.paid_minor, promise.amount.currency),
  });
}

export function dunningWord(level: number): string {
  const words = [m.receivables_dunning_0, m.receivables_dunning_1, m.receivables_dunning_2, m.receivables_dunning_3, m.receivables_dunning_4];
  return (words[level] ?? words[4]!)();
}

/** The next reminder: sent now, or on its day. */
export function dunningSentence(next: NonNullable<Line['next_dunning']>): string {
  const step = dunningWord(next.level);
  return next.due ? m.receivables_next_now({ step, level: next.level }) : m.receivables_next_on({ step, level: next.level, date: dateInText(next.on) });
}

/** A reason that a person wrote stands as he wrote it. */
export function stopWord(reason: string): string {
  const words: Record<string, () => string> = { overdue: m.receivables_stop_overdue, limit: m.receivables_stop_limit, claim: m.receivables_stop_claim };
  return words[reason]?.() ?? reason;
}

export function dueWord(item: Item): string {
  return { invoice: m.receivables_due_invoice, terms: m.receivables_due_terms, issue_date: m.receivables_due_issue }[item.due_by]();
}
