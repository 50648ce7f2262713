import { here } from './url.svelte.js';

/** `as_of` and `known_at` as the one control of the page sets them; empty: of now. Every question is asked with them. */
export function times(): { as_of?: string; known_at?: string } {
  const { as_of, known_at } = here().query;
  return { ...(as_of ? { as_of } : {}), ...(known_at ? { known_at } : {}) };
}

/** Whether the page shows the past: then nothing can be recorded on it. */
export function isHistorical(): boolean {
  const { as_of, known_at } = here().query;
  return Boolean(as_of || known_at);
}
