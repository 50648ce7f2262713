import { held } from '../../session/session.svelte.js';
import { outbox } from '../../outbox/outbox.svelte.js';
import type { Entry, Receipt } from '../../outbox/queue.js';
import { amends } from '../../session/rights.js';

export type Act = 'accept' | 'reject' | 'rule_out' | 'allocate' | 'advance';

/** What a person decided of a row here, and what became of it. */
export interface Decided {
  act: Act;
  /** Of the client, the nature, the invoice: as it is shown. */
  name: string;
  /** Of the entry in the outbox. */
  id: string;
  receipt?: Receipt;
  /** Taken back again: the row waits as before. */
  isUndone?: boolean;
}

interface Held {
  managerId: string;
  byPosition: Record<string, Decided>;
}

// As long as the page is there: rows that were decided stay in place until it is left.
const state = $state<Held>({ managerId: '', byPosition: {} });

/** Who decides: who is signed in where he is a manager, else whom he names. */
export function decider(): string {
  return held.session?.manager_id ?? state.managerId;
}

export function chooseDecider(managerId: string): void {
  state.managerId = managerId;
}

export function isDeciderKnown(): boolean {
  return held.session?.manager_id !== undefined;
}

/** Whether who is signed in takes back what that source told. */
export const mayAmend = (source: string): boolean => amends(held.session, source);

export function decidedOf(position: string): Decided | undefined {
  return state.byPosition[position];
}

/** Where it was refused: the entry with its problem. */
export function refusalOf(decided: Decided): Entry | undefined {
  return outbox.attention.find((each) => each.id === decided.id);
}

export function forget(position: string): void {
  delete state.byPosition[position];
}

export function forgetAll(): void {
  state.byPosition = {};
}

/** A proposal that was rejected is one of several of its row: the row itself waits on. */
export const proposalRow = (position: string, client: string): string => `${position} ${client}`;

const paths: Record<Act, (position: string) => string> = {
  accept: (position) => `/v1/unmatched/${position}/accept`,
  reject: (position) => `/v1/unmatched/${position}/reject`,
  rule_out: (position) => `/v1/unmatched/${position}/rule-out`,
  allocate: (position) => `/v1/unallocated/${position}/accept`,
  advance: (position) => `/v1/unallocated/${position}/advance`,
};

/**
 * Decides once: a second click finds the first one. `row`: what the decision is shown beside, where one
 * position has several (the invoices of one payment): they are sent in their order, and none after one that is refused.
 */
export async function decide(act: Act, position: string, name: string, data: object, row = position): Promise<void> {
  const before = state.byPosition[row];
  if (before && !before.isUndone) return;
  const id = crypto.randomUUID();
  state.byPosition[row] = { act, name, id };
  const { receipt } = await outbox.decide({ id, path: paths[act](position), data: { ...data, manager_id: decider() } }, { lane: position, label: name });
  void receipt.then((told) => {
    const still = state.byPosition[row];
    if (still?.id === id) still.receipt = told;
  });
}

/** Reads what was refused and takes it off: the row can be decided anew. */
export async function clear(position: string): Promise<void> {
  const decided = state.byPosition[position];
  if (!decided) return;
  await outbox.drop(decided.id);
  forget(position);
}

/** Takes a decision back by voiding its event; `id` was made when the form opened. */
export async function undo(position: string, id: string, reason: string): Promise<void> {
  const decided = state.byPosition[position];
  const receipt = decided?.receipt;
  if (!decided || !receipt) return;
  const data = { target_source: receipt.source ?? 'ledger/decisions', target_id: receipt.id, reason, manager_id: decider() };
  const { receipt: voided } = await outbox.record({ id, type: 'event.voided', data, time: new Date() }, { lane: position, label: decided.name });
  void voided.then(() => {
    const still = state.byPosition[position];
    if (still?.id === decided.id) still.isUndone = true;
  });
}
