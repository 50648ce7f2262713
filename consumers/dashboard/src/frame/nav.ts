import { m } from '../paraglide/messages.js';
import type { PageName } from '../url/place.js';

export interface Way {
  page: PageName;
  label: () => string;
  /** After G. */
  code: string;
}

/** The pages of the header, in its order. The client's card is reached by the search and by links. */
export const ways: readonly Way[] = [
  { page: 'quotas', label: m.nav_quotas, code: 'KeyB' },
  { page: 'month', label: m.nav_month, code: 'KeyH' },
  { page: 'receivables', label: m.nav_receivables, code: 'KeyD' },
  { page: 'client', label: m.nav_client, code: 'KeyC' },
  { page: 'contacts', label: m.nav_contacts, code: 'KeyN' },
  { page: 'obligations', label: m.nav_obligations, code: 'KeyO' },
  { page: 'unmatched', label: m.nav_unmatched, code: 'KeyI' },
  { page: 'sources', label: m.nav_sources, code: 'KeyS' },
  { page: 'audit', label: m.nav_audit, code: 'KeyA' },
];
