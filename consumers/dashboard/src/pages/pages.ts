import type { Component } from 'svelte';
import type { PageName } from '../url/place.js';

// Each page is fetched when it is first gone to; the login is always there.
const page = (module: Promise<{ default: Component }>): Promise<Component> => module.then((found) => found.default);

export const load: Record<Exclude<PageName, 'login'>, () => Promise<Component>> = {
  quotas: () => page(import('./quotas/Quotas.svelte')),
  month: () => page(import('./month/Month.svelte')),
  receivables: () => page(import('./receivables/Receivables.svelte')),
  client: () => page(import('./client/Client.svelte')),
  contacts: () => page(import('./contacts/Contacts.svelte')),
  obligations: () => page(import('./obligations/Obligations.svelte')),
  unmatched: () => page(import('./unmatched/Unmatched.svelte')),
  sources: () => page(import('./sources/Sources.svelte')),
  audit: () => page(import('./audit/Audit.svelte')),
  print: () => page(import('./print/Print.svelte')),
};
