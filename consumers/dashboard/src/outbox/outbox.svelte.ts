import { tell, type Answer } from '../api/client.js';
import type { Problem } from '../api/problem.js';
import { rememberReceipt } from '../proof/memory.js';
import { eventBody, type Recorded } from './event.js';
import { asksFirst, flush, isForLater, type Entry, type Found, type Receipt } from './queue.js';
import { emptyShelves, indexedDbShelf } from './shelf.js';

interface Shown {
  /** Of this user, oldest first. */
  entries: Entry[];
}

const shown = $state<Shown>({ entries: [] });
const kEveryMs = 2000;
const kEvents = '/v1/events';

let user = '';
let timer: ReturnType<typeof setInterval> | undefined;
const waiters = new Map<string, (receipt: Receipt) => void>();
// Tabs tell each other what became of an entry.
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('ledger-outbox');

// By /v1/events/check nothing is recorded.
async function find(entry: Entry): Promise<Answer<Found>> {
  const answer = await tell<{ items: { found: Found }[] }>('POST', `${entry.path}/check`, {
    body: `[${entry.body}]`,
    contentType: 'application/cloudevents-batch+json',
  });
  return answer.problem ? { problem: answer.problem } : { data: answer.data.items[0]?.found ?? 'new' };
}

async function send(entry: Entry): Promise<Answer<Receipt>> {
  // Of a decision nothing has to be asked first: the same one again is that event again, by its subject.
  if (entry.path === kEvents && asksFirst(entry)) {
    const found = await find(entry);
    if (found.problem && isForLater(found.problem)) return { problem: found.problem };
    if (found.data === 'changed') return { problem: conflictOf(entry) };
  }
  return tell<Receipt>('POST', entry.path, { body: entry.body, contentType: entry.contentType, key: entry.id });
}

const conflictOf = (entry: Entry): Problem => ({
  code: 'conflict',
  status: 409,
  detail: '',
  field: 'id',
  requestId: entry.problem?.requestId ?? entry.id,
  retriable: false,
});

async function look(): Promise<void> {
  const all = await indexedDbShelf.all();
  shown.entries = all.filter((each) => each.user === user).sort((a, b) => a.createdMs - b.createdMs);
}

function deliver(receipts: Map<string, Receipt>): void {
  for (const [id, receipt] of receipts) {
    waiters.get(id)?.(receipt);
    waiters.delete(id);
  }
}

// One tab at a time sends: two would break the order.
async function flushNow(): Promise<void> {
  if (!user) return;
  await navigator.locks.request('ledger-outbox', { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const receipts = await flush(indexedDbShelf, send, user, Date.now);
    for (const receipt of receipts.values()) await rememberReceipt(receipt).catch(() => {});
    deliver(receipts);
    if (receipts.size > 0) channel?.postMessage([...receipts]);
  });
  await look();
}

if (channel) {
  channel.onmessage = ({ data }: MessageEvent<[string, Receipt][]>) => {
    deliver(new Map(data));
    void look();
  };
}

export const outbox = {
  get waiting(): number {
    return shown.entries.filter((each) => each.state === 'waiting').length;
  },
  get attention(): readonly Entry[] {
    return shown.entries.filter((each) => each.state === 'attention');
  },
  get entries(): readonly Entry[] {
    return shown.entries;
  },

  /** From now on entries of this user are sent; another's stay where they are. */
  async openFor(principal: string): Promise<void> {
    user = principal;
    clearInterval(timer);
    timer = setInterval(() => (shown.entries.length > 0 ? void flushNow() : undefined), kEveryMs);
    window.addEventListener('online', () => void flushNow());
    await look();
    await flushNow();
  },

  /**
   * Keeps it and sends it. Resolves when it is kept: from then on it is not lost by a reload. `receipt`
   * resolves with the log's position, perhaps much later, never where it is refused: then it is among
   * `attention`.
   */
  record(event: Omit<Recorded, 'principal'>, given: { lane: string; label: string }): Promise<{ receipt: Promise<Receipt> }> {
    const body = eventBody({ ...event, principal: user });
    return outbox.keep({ id: event.id, path: kEvents, body, contentType: 'application/cloudevents+json' }, given);
  },

  /** A decision that the server makes an event of: the same decision again is that event again. */
  decide(decision: { id: string; path: string; data: object }, given: { lane: string; label: string }): Promise<{ receipt: Promise<Receipt> }> {
    const body = JSON.stringify(decision.data);
    return outbox.keep({ id: decision.id, path: decision.path, body, contentType: 'application/json' }, given);
  },

  async keep(
    what: Pick<Entry, 'id' | 'path' | 'body' | 'contentType'>,
    given: { lane: string; label: string },
  ): Promise<{ receipt: Promise<Receipt> }> {
    const receipt = new Promise<Receipt>((resolve) => waiters.set(what.id, resolve));
    await indexedDbShelf.put({
      ...what,
      user,
      lane: given.lane,
      label: given.label,
      createdMs: Date.now(),
      attempts: 0,
      nextMs: 0,
      state: 'waiting',
    });
    await look();
    void flushNow();
    return { receipt };
  },

  /** A person read why it was refused and takes it off. */
  async drop(id: string): Promise<void> {
    await indexedDbShelf.take(id);
    await look();
    void flushNow();
  },

  async empty(): Promise<void> {
    clearInterval(timer);
    user = '';
    shown.entries = [];
    await emptyShelves();
  },
};
