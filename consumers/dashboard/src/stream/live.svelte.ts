import { Feed, type FeedMessage, type LedgerEvent } from './feed.js';
import { linkState, type Beat, type LinkState } from './freshness.js';

export type { LedgerEvent } from './feed.js';

/** What is new. `all`: it is not told what, so everything may be. */
export interface LedgerChange {
  all: boolean;
  events: readonly LedgerEvent[];
}

interface Live {
  state: LinkState;
  beat: Beat | undefined;
  /** Since the last beat. */
  ageMs: number;
  paused: boolean;
  /** Changes that came while paused. */
  waiting: number;
}

export const live = $state<Live>({ state: 'connecting', beat: undefined, ageMs: 0, paused: false, waiting: 0 });

const listeners = new Set<(change: LedgerChange) => void>();
let signedOut: () => void = () => {};
let say: (word: 'now' | 'bye') => void = () => {};
let beatAtMs: number | null = null;
let wokenAtMs = performance.now();
let tickAtMs = performance.now();

/** Hears of changes until the returned function is called. */
export function onChange(listener: (change: LedgerChange) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Nothing moves while paused (WCAG 2.2.2); what came meanwhile comes with the end of the pause. */
export function pause(paused: boolean): void {
  live.paused = paused;
  if (!paused && live.waiting > 0) {
    live.waiting = 0;
    publish({ all: true, events: [] });
  }
}

function publish(change: LedgerChange): void {
  if (live.paused) {
    live.waiting += Math.max(1, change.events.length);
    return;
  }
  for (const listener of listeners) listener(change);
}

/** Everything is asked anew, also while paused: somebody signed in again. */
export function refresh(): void {
  for (const listener of listeners) listener({ all: true, events: [] });
}

function hear(message: FeedMessage): void {
  switch (message.kind) {
    case 'beat':
      tick();
      beatAtMs = performance.now();
      live.beat = message.beat;
      return look();
    case 'events':
      return publish({ all: false, events: message.events });
    case 'changed':
      return publish({ all: true, events: [] });
    case 'signed_out':
      return signedOut();
  }
}

const kTickMs = 500;
const kSleptMs = 20_000;

// A tick that comes far too late: the machine slept, and what came before it says nothing any more.
function tick(): void {
  const now = performance.now();
  if (now - tickAtMs > kSleptMs && !document.hidden) {
    wokenAtMs = now;
    say('now');
  }
  tickAtMs = now;
  look();
}

function look(): void {
  const now = performance.now();
  live.state = linkState(now, beatAtMs, wokenAtMs);
  live.ageMs = beatAtMs === null ? now - wokenAtMs : now - beatAtMs;
}

function shared(): boolean {
  if (typeof SharedWorker === 'undefined') return false;
  try {
    const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'ledger-stream' });
    worker.port.onmessage = ({ data }: MessageEvent<FeedMessage>) => hear(data);
    say = (word) => worker.port.postMessage(word);
    return true;
  } catch {
    return false;
  }
}

// Where there is no shared worker one tab leads, by a lock that the next one gets when it is closed.
function led(): void {
  const channel = new BroadcastChannel('ledger-stream');
  channel.onmessage = ({ data }: MessageEvent<FeedMessage | 'now'>) => (data === 'now' ? undefined : hear(data));
  say = (word) => (word === 'now' ? channel.postMessage('now') : undefined);
  void navigator.locks.request('ledger-stream', () => {
    const feed = new Feed((message) => {
      hear(message);
      channel.postMessage(message);
    });
    channel.addEventListener('message', ({ data }) => (data === 'now' ? feed.now() : undefined));
    say = () => feed.now();
    feed.start();
    return new Promise<void>(() => {});
  });
}

let started = false;

export function startLive(onSignedOut: () => void): void {
  signedOut = onSignedOut;
  if (started) return say('now');
  started = true;
  wokenAtMs = performance.now();
  if (!shared()) led();
  setInterval(tick, kTickMs);
  window.addEventListener('online', () => say('now'));
  window.addEventListener('pagehide', (event) => (event.persisted ? undefined : say('bye')));
  document.addEventListener('visibilitychange', () => (document.hidden ? undefined : tick()));
}
