import { SvelteMap } from 'svelte/reactivity';
import type { Plan } from './answers.js';

export interface Handled {
  /** Of the event that says what came of it. */
  id: string;
  label: string;
  at: string;
}

/** A list as it was made, what was handled on it, and how much has changed since. */
export interface Snapshot {
  plan: Plan;
  handled: Readonly<Record<string, Handled>>;
  changes: number;
}

/** Kept while the page is open: who comes back from a card finds the list as he left it. */
export const snapshots = new SvelteMap<string, Snapshot>();
