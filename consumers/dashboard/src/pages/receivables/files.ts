import type { Query } from '../../api/client.js';

/** The list's own question, answered by the server as a page for A4 or as a table. */
export function fileLink(chosen: Query, lang: 'uk' | 'en', form: 'html' | 'csv', csv?: 'excel'): string {
  const query = new URLSearchParams({ format: form, lang });
  if (csv) query.set('csv', csv);
  for (const [name, value] of Object.entries(chosen)) if (value !== undefined) query.set(name, String(value));
  return `/v1/receivables?${query}`;
}
