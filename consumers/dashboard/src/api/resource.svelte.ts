import { untrack } from 'svelte';
import type { Answer } from './client.js';
import { kept } from './kept.js';
import type { Problem } from './problem.js';
import { live, onChange, type LedgerChange } from '../stream/live.svelte.js';

/**
 * What a page shows of one question. Old data stay while new ones are fetched, and when that fails; what new ones say as
 * before is the same objects, so that no row is drawn again for nothing.
 */
export interface Resource<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly fetchedAt: Date | undefined;
  reload(): void;
}

export interface Asked<T> {
  /** Another key is another question: what is on screen belongs to it no more. */
  key: string;
  ask: (signal: AbortSignal) => Promise<Answer<T>>;
}

interface Options {
  /** Which changes of the ledger concern it; absent: none, it stands as it was asked. */
  follow?: (change: LedgerChange) => boolean;
}

// Many events at once are one question more, and never more than two a second.
const kGatherMs = 150;
const kBetweenMs = 500;
const kAwayCodes = ['network', 'timeout', 'unavailable', 'too-many'];

/** Call it while a component is made. `question` may read the URL and other state; null asks nothing. */
export function resource<T>(question: () => Asked<T> | null, options: Options = {}): Resource<T> {
  let data = $state.raw<T>();
  let problem = $state.raw<Problem>();
  let loading = $state(true);
  let fetchedAt = $state.raw<Date>();
  let asks = 0;
  let abort: AbortController | undefined;
  let key: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = -Infinity;
  let again = false;

  async function fetchNow(asked: Asked<T>): Promise<void> {
    abort?.abort();
    const mine = ++asks;
    abort = new AbortController();
    askedAt = performance.now();
    loading = true;
    try {
      const answer = await asked.ask(abort.signal);
      if (mine !== asks) return;
      problem = answer.problem;
      if (answer.data !== undefined) {
        data = kept(data, answer.data);
        fetchedAt = new Date();
      }
      loading = false;
    } catch {
      return; // aborted: another question is under way, or nobody looks any more
    }
    if (again) {
      again = false;
      soon();
    }
  }

  function run(): void {
    const asked = untrack(question);
    if (asked) void fetchNow(asked);
  }

  // A question under way is let finish: with changes coming steadily it would never be answered.
  function soon(): void {
    if (loading) {
      again = true;
      return;
    }
    if (timer !== undefined) return;
    const wait = Math.max(kGatherMs, kBetweenMs - (performance.now() - askedAt));
    timer = setTimeout(() => {
      timer = undefined;
      run();
    }, wait);
  }

  $effect(() => {
    const asked = question();
    untrack(() => {
      if (asked?.key === key) return;
      key = asked?.key;
      data = undefined;
      problem = undefined;
      if (asked) void fetchNow(asked);
      else loading = false;
    });
  });

  // What nobody answered is asked again as soon as the server is heard of.
  $effect(() => {
    if (live.beat && untrack(() => problem && kAwayCodes.includes(problem.code))) untrack(soon);
  });

  $effect(() => {
    const { follow } = options;
    const stop = onChange((change) => {
      // Refused since nobody was signed in: somebody is now, perhaps, also where nothing is followed.
      const refused = change.all && problem?.code === 'unauthenticated';
      if (refused || (follow && (change.all || follow(change)))) soon();
    });
    return () => {
      stop();
      clearTimeout(timer);
      abort?.abort();
    };
  });

  return {
    get data() {
      return data;
    },
    get problem() {
      return problem;
    },
    get loading() {
      return loading;
    },
    get fetchedAt() {
      return fetchedAt;
    },
    reload: run,
  };
}
