import { reconnectMs, type Beat } from './freshness.js';

/** One event as the stream tells it, without its data. */
export interface LedgerEvent {
  position: string;
  type: string;
  source: string;
  id: string | null; // null with `restricted`: what one did for a client of another's
  time: string;
  local_day: string;
  client_id: string | null;
  manager_id: string | null;
}

/** What a page hears. `changed` without events: something is new, and what is not told. */
export type FeedMessage =
  | { kind: 'beat'; beat: Beat }
  | { kind: 'events'; events: LedgerEvent[] }
  | { kind: 'changed'; reason: string }
  | { kind: 'signed_out' };

const kPollMs = 2000;
const kGatherMs = 50;

interface BeatData {
  head: string;
  applied: string;
  lag_events: number;
  lag_seconds: number | null;
  server_time: string;
}

/**
 * The one connection of a browser: lives in the shared worker, or in the tab that leads. A server
 * without a stream is asked for its status every two seconds, behind the same messages.
 */
export class Feed {
  #publish: (message: FeedMessage) => void;
  #source: EventSource | undefined;
  #attempt = 0;
  #lastId = '';
  #events: LedgerEvent[] = [];
  #gather: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #applied = '';
  #running = false;

  constructor(publish: (message: FeedMessage) => void) {
    this.#publish = publish;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#connect();
  }

  /** Somebody signed in, or the network is back: no reason to wait any longer. */
  now(): void {
    if (!this.#running || this.#source?.readyState === EventSource.OPEN) return;
    this.#attempt = 0;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#source?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#gather);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    const from = this.#lastId ? `?from=${encodeURIComponent(this.#lastId)}` : '';
    const source = new EventSource(`/v1/stream${from}`);
    this.#source = source;
    source.onopen = () => {
      this.#attempt = 0;
      // Between a page's first question and this moment anything may have been recorded.
      if (!this.#lastId) this.#publish({ kind: 'changed', reason: 'connected' });
    };
    source.addEventListener('ledger', (event) => this.#take(event as MessageEvent<string>));
    source.addEventListener('beat', (event) => {
      const message = event as MessageEvent<string>;
      // A beat has an id too: who hears of little is not far behind when he comes again.
      if (message.lastEventId) this.#lastId = message.lastEventId;
      this.#beat(JSON.parse(message.data) as BeatData);
    });
    source.addEventListener('reset', (event) => this.#reset(event as MessageEvent<string>));
    source.onerror = () => {
      // Open or connecting: the browser tries again by itself. Closed: it has given up, for good.
      if (source.readyState === EventSource.CLOSED && source === this.#source) void this.#diagnose();
    };
  }

  #take(message: MessageEvent<string>): void {
    if (message.lastEventId) this.#lastId = message.lastEventId;
    this.#events.push(JSON.parse(message.data) as LedgerEvent);
    this.#gather ??= setTimeout(() => {
      this.#gather = undefined;
      this.#publish({ kind: 'events', events: this.#events });
      this.#events = [];
    }, kGatherMs);
  }

  #reset(message: MessageEvent<string>): void {
    if (message.lastEventId) this.#lastId = message.lastEventId;
    const { reason } = JSON.parse(message.data) as { reason: string };
    this.#publish({ kind: 'changed', reason });
  }

  #beat(data: BeatData): void {
    this.#publish({
      kind: 'beat',
      beat: {
        applied: data.applied,
        head: data.head,
        lagEvents: data.lag_events,
        lagSeconds: data.lag_seconds,
        serverTime: data.server_time,
      },
    });
  }

  // EventSource does not say why: a question of our own does.
  async #diagnose(): Promise<void> {
    const abort = new AbortController();
    try {
      const response = await fetch('/v1/stream', { signal: abort.signal, headers: { Accept: 'text/event-stream' } });
      abort.abort();
      if (!this.#running) return;
      if (response.status === 401) return this.#publish({ kind: 'signed_out' });
      if (response.status === 404) return void this.#poll();
      // What is asked for is no place of this log any more: from now on, and everything anew.
      if (response.status === 422) this.#lastId = '';
    } catch {
      // away: tried again below
    }
    if (this.#running) this.#timer = setTimeout(() => this.#connect(), reconnectMs(this.#attempt++, Math.random()));
  }

  async #poll(): Promise<void> {
    try {
      const response = await fetch('/v1/status', { cache: 'no-store' });
      if (response.status === 401) return this.#publish({ kind: 'signed_out' });
      if (response.ok) this.#status(response, (await response.json()) as Record<string, unknown>);
    } catch {
      // no beat: the freshness line tells
    }
    if (this.#running) this.#timer = setTimeout(() => void this.#poll(), kPollMs);
  }

  #status(response: Response, status: Record<string, unknown>): void {
    const applied = String(status.position ?? '');
    const date = response.headers.get('Date');
    this.#beat({
      applied,
      head: String(status.log_end ?? applied),
      lag_events: Number(status.lag_events ?? 0),
      lag_seconds: status.lag_events === 0 ? 0 : null,
      server_time: (date ? new Date(date) : new Date()).toISOString(),
    });
    if (this.#applied !== '' && this.#applied !== applied) this.#publish({ kind: 'changed', reason: 'polled' });
    this.#applied = applied;
  }
}
