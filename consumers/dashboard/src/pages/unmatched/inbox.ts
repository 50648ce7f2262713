import { moneyInText } from '../../format/numbers.js';
import type { Fact, Free, Proposal } from './answers.js';

export type Likeness = 'certain' | 'likely' | 'probable' | 'possible';

/** A score of a hundred in words: nobody is asked to weigh 65 against 45. */
export function likenessOf(score: number): Likeness {
  if (score >= 80) return 'certain';
  if (score >= 60) return 'likely';
  return score >= 40 ? 'probable' : 'possible';
}

export const kProposals = 3;

/** As many as are shown, which the keys 1–3 accept. */
export function proposalsOf(fact: Fact): Proposal[] {
  return (fact.proposals ?? []).slice(0, kProposals);
}

const kRecognised = new Set(['tax_code', 'iban', 'purpose_tax_code', 'invoice_number']);

/**
 * The one that may be accepted among many without a look at each: it is the only one, the payer or his
 * paper was recognised, the sum is that of an open invoice, and nothing speaks against it.
 */
export function exactOf(fact: Fact): Proposal | undefined {
  const [only, ...others] = fact.proposals ?? [];
  if (!only || others.length > 0 || fact.counts_for || (fact.rejected?.length ?? 0) > 0 || fact.taken_back) return undefined;
  const isExact = only.reasons.includes('amount') && only.reasons.some((each) => kRecognised.has(each));
  return isExact ? only : undefined;
}

/** The sum of money and who it is from; of anything else its number or address. */
export function whatOf(fact: Fact): string {
  const money = fact.amount_minor !== undefined && fact.currency ? moneyInText(fact.amount_minor, fact.currency) : undefined;
  return [money, fact.payer_name ?? fact.key].filter((each) => each).join(' · ') || fact.id;
}

/** Its client is known: what it waits for is that its manager is hired, or is given the extension or the address. */
export function lacksOnlyManager(fact: Fact): boolean {
  return fact.causes !== undefined && !fact.causes.includes('unknown_client');
}

/** Other rows of the same number, address or account. */
export function sameKey(rows: readonly Fact[], fact: Fact): Fact[] {
  return fact.key ? rows.filter((each) => each.key === fact.key && each.position !== fact.position && !lacksOnlyManager(each)) : [];
}

/** What a list that stands still does not show yet: `came` waits for the button, `gone` is told in its row. */
export function changesOf(shown: readonly Fact[], latest: readonly Fact[], decided: (position: string) => boolean): { came: number; gone: Set<string> } {
  const had = new Set(shown.map((each) => each.position));
  const has = new Set(latest.map((each) => each.position));
  const came = latest.filter((each) => !had.has(each.position)).length;
  const gone = shown.filter((each) => !has.has(each.position) && !decided(each.position)).map((each) => each.position);
  return { came, gone: new Set(gone) };
}

/** What is chosen of free money, invoice by invoice; `minor` is null where what was typed is no sum. */
export interface Chosen {
  invoice_id: string;
  minor: string | null;
}

export interface Remainder {
  chosen: bigint;
  left: bigint;
  /** Nothing may be recorded by it: more than is free, more than is open, or no number. */
  wrong: 'over' | 'bad' | undefined;
}

export function remainderOf(free: Pick<Free, 'free_minor' | 'invoices'>, chosen: readonly Chosen[]): Remainder {
  let sum = 0n;
  let isBad = false;
  for (const each of chosen) {
    const open = free.invoices.find((invoice) => invoice.invoice_id === each.invoice_id)?.open_minor ?? 0;
    const minor = each.minor === null ? null : BigInt(each.minor);
    if (minor === null || minor <= 0n || minor > BigInt(open)) isBad = true;
    else sum += minor;
  }
  const left = BigInt(free.free_minor) - sum;
  return { chosen: sum, left, wrong: isBad ? 'bad' : left < 0n ? 'over' : undefined };
}

/** What is chosen when the row is first seen: the invoices that the payer named. */
export function preset(free: Free): Chosen[] {
  return free.invoices.filter((each) => each.reasons.includes('named_invoice') && each.pays_minor > 0).map((each) => ({ invoice_id: each.invoice_id, minor: String(each.pays_minor) }));
}
