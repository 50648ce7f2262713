import { flushSync } from 'svelte';
import { leftAt } from '../url/url.svelte.js';
import { longest } from './longest.js';

// No row is lower than this (tokens.css, --row), and no table begins higher on its page: with that many rows the screen
// is full.
const kRowPx = 36;
const kAbovePx = 144;
// So many, with their layout, are a frame's work at a quarter of the speed (tests/e2e/dashboard/budgets.spec.ts); each
// further frame costs something of its own.
const kLater = 41;
// So few more are no frame of their own.
const kSlack = 6;

interface Portions<Row> {
  readonly drawn: readonly Row[];
  /** Rows still to come that columns are as wide as: drawn without a height. */
  readonly ahead: readonly Row[];
  readonly isWhole: boolean;
}

/**
 * The rows of a table: those that the screen has room for in the first frame, each further portion in a frame more.
 * Where one comes back to a place further down, all that is above it comes at once. Call it while a component is made.
 */
export function portions<Row>(rows: () => readonly Row[]): Portions<Row> {
  const first = Math.max(1, Math.ceil((leftAt() + window.innerHeight - kAbovePx) / kRowPx));
  // Nobody sees the frames of a tab behind, and there are none.
  let upTo = $state(document.hidden ? Infinity : first);
  const isWhole = $derived(rows().length <= upTo + kSlack);
  const drawn = $derived(isWhole ? rows() : rows().slice(0, upTo));
  const ahead = $derived(isWhole ? [] : longest(rows(), first));

  $effect(() => {
    if (isWhole) {
      // What is left out now and comes again, by a filter, comes by portions again.
      if (rows().length < upTo && upTo !== first) upTo = Math.max(first, rows().length);
      return;
    }
    // After the next frame is painted, and before the one after it: none is left out between.
    const next = upTo + kLater;
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => (timer = setTimeout(() => (upTo = next))));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  });

  // Paper has all of them.
  $effect(() => {
    const whole = () => flushSync(() => (upTo = Infinity));
    window.addEventListener('beforeprint', whole);
    return () => window.removeEventListener('beforeprint', whole);
  });

  return {
    get drawn() {
      return drawn;
    },
    get ahead() {
      return ahead;
    },
    get isWhole() {
      return isWhole;
    },
  };
}
