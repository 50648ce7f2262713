import type { Answer } from '../api/client.js';
import type { Problem } from '../api/problem.js';

/** What a person recorded and the ledger has not yet acknowledged. */
export interface Entry {
  /** Made when the form opened: the event's id, and the idempotency key. */
  id: string;
  user: string;
  path: string;
  /** The bytes; the same id is always sent with the same ones. */
  body: string;
  contentType: string;
  /** Entries of one lane (a client) keep their order. */
  lane: string;
  label: string;
  createdMs: number;
  attempts: number;
  nextMs: number;
  state: 'waiting' | 'attention';
  problem?: Problem;
}

export interface Receipt {
  id: string;
  position: string;
  source?: string;
  duplicate?: boolean;
  /** Of the stored bytes: what the audit compares with. */
  leaf_hash?: string;
}

/** Where entries lie; in the browser IndexedDB. */
export interface Shelf {
  all(): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  take(id: string): Promise<void>;
}

export type Send = (entry: Entry) => Promise<Answer<Receipt>>;

const kMostMs = 60_000;

/** The wait before the next attempt: 1, 2, 4 … 60 s, never shorter than the server asks for. */
export function backoffMs(attempts: number, problem: Problem): number {
  const own = Math.min(kMostMs, 1000 * 2 ** Math.max(0, attempts - 1));
  return Math.max(own, (problem.retryAfterS ?? 0) * 1000);
}

// A lost answer is not a failure, it is unknown: the same id with the same bytes finds out. So do 429
// and 5xx; and 401, once somebody signs in again. Any other refusal will stay one.
export function isForLater(problem: Problem): boolean {
  return problem.status === 0 || problem.status === 401 || problem.status === 429 || problem.status >= 500;
}

/** Whether the last answer was lost: then it is not known whether it was recorded, and one asks before sending again. */
export function asksFirst(entry: Entry): boolean {
  const lost = ['network', 'timeout', 'possibly-persisted'];
  return entry.attempts > 0 && entry.problem !== undefined && lost.includes(entry.problem.code);
}

/**
 * As `POST /v1/events/check` finds it, of whoever records: one that is known is sent again all the same, which brings
 * its receipt; one that is refused too, which says why.
 */
export type Found = 'new' | 'known' | 'changed' | 'refused';

/** What became of an attempt: null takes the entry off the shelf. */
export function afterwards(entry: Entry, answer: Answer<Receipt>, nowMs: number): Entry | null {
  if (!answer.problem) return null;
  const attempts = entry.attempts + 1;
  if (!isForLater(answer.problem)) return { ...entry, attempts, state: 'attention', problem: answer.problem };
  return { ...entry, attempts, nextMs: nowMs + backoffMs(attempts, answer.problem), problem: answer.problem };
}

/** The next to be sent of each lane. What needs attention holds its lane up: order is kept. */
export function ready(entries: readonly Entry[], user: string, nowMs: number): Entry[] {
  const own = entries.filter((each) => each.user === user).sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
  const lanes = new Set<string>();
  const result: Entry[] = [];
  for (const entry of own) {
    if (lanes.has(entry.lane)) continue;
    lanes.add(entry.lane);
    if (entry.state === 'waiting' && entry.nextMs <= nowMs) result.push(entry);
  }
  return result;
}

/** Sends what is ready until nothing is; returns the receipts by id. */
export async function flush(shelf: Shelf, send: Send, user: string, now: () => number): Promise<Map<string, Receipt>> {
  const receipts = new Map<string, Receipt>();
  for (;;) {
    const [entry] = ready(await shelf.all(), user, now());
    if (!entry) return receipts;
    const answer = await send(entry);
    const next = afterwards(entry, answer, now());
    if (next) await shelf.put(next);
    else {
      await shelf.take(entry.id);
      receipts.set(entry.id, answer.data!);
    }
  }
}
