import { ask } from './client.js';
import { resource, type Resource } from './resource.svelte.js';
import { byName } from '../format/collation.js';
import { held } from '../session/session.svelte.js';
import { param } from '../url/url.svelte.js';

export interface ManagerName {
  manager_id: string;
  name: string;
}

/** Who is employed today and visible to who asks, by name. */
export function managers(): Resource<ManagerName[]> {
  return resource<ManagerName[]>(() => ({
    key: 'managers',
    ask: async (signal) => {
      const board = await ask<{ managers: ManagerName[] }>('/v1/quotas', { signal });
      if (board.problem) return { problem: board.problem };
      return { data: [...board.data.managers].sort((a, b) => byName(a.name, b.name)) };
    },
  }));
}

/** Whose page it is: as the URL says, else oneself. */
export function managerAsked(): string | undefined {
  return param('manager') ?? held.session?.manager_id;
}

/** In the URL where one's own is what is shown at first. */
const kEverybody = 'all';

/** Whose rows a list is of: as the URL says, else a manager's own. A head's list is of all whom he heads: undefined. */
export function managerFilter(): string | undefined {
  const asked = param('manager') ?? ownAtFirst();
  return asked === kEverybody ? undefined : asked;
}

/** What `manager` in the URL is to be for it. */
export const managerParam = (chosen: string): string | null => (chosen !== '' ? chosen : ownAtFirst() ? kEverybody : null);

const ownAtFirst = (): string | undefined => (held.session?.role === 'manager' ? held.session.manager_id : undefined);

/** Who can be chosen. Whoever is chosen is among them also before names came, or where nobody of today has the id. */
export function choicesOf(all: readonly ManagerName[] | undefined, chosen: string | undefined, self = held.session): readonly ManagerName[] {
  const known = all ?? [];
  if (!chosen || known.some((each) => each.manager_id === chosen)) return known;
  return [{ manager_id: chosen, name: (chosen === self?.manager_id ? self.name : undefined) ?? chosen }, ...known];
}

/** The name of an id, or the id where nobody of today has it. */
export function nameOf(all: readonly ManagerName[] | undefined, id: string): string {
  return all?.find((each) => each.manager_id === id)?.name ?? id;
}
