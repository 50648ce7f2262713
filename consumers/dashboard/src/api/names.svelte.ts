import { everyPage } from './pages.js';
import { resource } from './resource.svelte.js';
import { isHistorical, times } from '../url/times.svelte.js';

interface Page {
  clients: { client_id: string; name?: string }[];
  next_cursor?: string;
}
type Names = ReadonlyMap<string, string>;

// Of the last time that was looked at: a page that is gone back to has its names at once.
let kept: { key: string; names: Names } | undefined;

/**
 * What clients are called, where an answer has only their ids. Of the list, never of cards: who opens the
 * card of another's client is recorded, and nobody who reads a list has opened one.
 */
export function clientNames(): (id: string) => string {
  const names = resource<Names>(
    () => {
      const key = JSON.stringify(times());
      return {
        key,
        ask: async (signal) => {
          const pages = await everyPage<Page>('/v1/clients', times(), signal);
          if (pages.problem) return { problem: pages.problem };
          const found: Names = new Map(pages.data.flatMap((page) => page.clients.map((each) => [each.client_id, each.name ?? each.client_id])));
          kept = { key, names: found };
          return { data: found };
        },
      };
    },
    { follow: (now) => !isHistorical() && now.events.some((each) => /^client\.(registered|updated|merged|split)/.test(each.type)) },
  );
  return (id) => (names.data ?? (kept?.key === JSON.stringify(times()) ? kept.names : undefined))?.get(id) ?? id;
}
