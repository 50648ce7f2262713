import { tick, untrack } from 'svelte';
import { preferences } from '../session/preferences.svelte.js';
import { Matcher, type Press } from './match.js';

export interface Shortcut {
  press: Press;
  /** For the map; called when it is shown, so that it is in the language of then. */
  label: () => string;
  run: () => void;
}

let all = $state.raw<readonly Shortcut[]>([]);
const matcher = new Matcher();

export function shortcuts(): readonly Shortcut[] {
  return all;
}

/** Call it while a component is made: the keys are the page's as long as it is there. */
export function useShortcuts(added: readonly Shortcut[]): void {
  $effect(() => {
    untrack(() => {
      all = [...added, ...all];
    });
    return () => {
      all = all.filter((each) => !added.includes(each));
    };
  });
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="grid"]') !== null;

export function followKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat && event.code.startsWith('Digit') || isTyping(event.target)) return;
    if (!preferences.singleKeys || document.querySelector('dialog:modal')) return;
    const found = matcher.match(all, event, performance.now());
    if (!found) return;
    event.preventDefault();
    found.run();
  });
}

/** The next or the last row of the table or list one is in, or of the first there is. */
export function stepRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main :is(tr, li)[data-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next]?.focus();
}

/** Enter on a row opens its details, by the button that does. */
export function openRow(event: KeyboardEvent): void {
  if (event.code !== 'Enter' || event.target !== event.currentTarget) return;
  event.preventDefault();
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>('[aria-expanded]')?.click();
}

/** Asks why the row one is in is taken back: by its own button, which may be among its details. */
export async function voidRow(): Promise<void> {
  const row = document.activeElement?.closest('[data-row]');
  const button = () => row?.querySelector<HTMLElement>('[data-focus^="void "], [data-focus^="undo "]');
  if (!button() && row?.matches('li')) row.querySelector<HTMLElement>('[aria-expanded="false"]')?.click();
  await tick();
  button()?.click();
}
