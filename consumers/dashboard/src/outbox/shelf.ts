import { createStore, del, entries as entriesOf, get, set, clear } from 'idb-keyval';
import type { Entry, Shelf } from './queue.js';

// Both hold what people wrote of clients: emptied on sign-out, and each under its user.
const outboxStore = createStore('ledger-outbox', 'entries');
const draftStore = createStore('ledger-drafts', 'drafts');

export const indexedDbShelf: Shelf = {
  async all() {
    return (await entriesOf<string, Entry>(outboxStore)).map(([, entry]) => entry);
  },
  put: (entry) => set(entry.id, entry, outboxStore),
  take: (id) => del(id, outboxStore),
};

/** An unfinished form: its id was made when it opened and stays its own through a reload. */
export interface Draft<T> {
  id: string;
  user: string;
  fields: T;
}

export async function draftOf<T>(form: string, user: string, empty: T): Promise<Draft<T>> {
  const kept = await get<Draft<T>>(`${user} ${form}`, draftStore);
  return kept?.user === user ? kept : { id: crypto.randomUUID(), user, fields: empty };
}

export const keepDraft = <T>(form: string, draft: Draft<T>) => set(`${draft.user} ${form}`, draft, draftStore);
export const dropDraft = (form: string, user: string) => del(`${user} ${form}`, draftStore);

export async function emptyShelves(): Promise<void> {
  await clear(outboxStore);
  await clear(draftStore);
}
