// Where one is: `#/page/rest?filters`. In the fragment, so that what a person looks at is in no
// server's log, and any server of files will do.
export const kPages = [
  'quotas',
  'month',
  'receivables',
  'client',
  'contacts',
  'obligations',
  'unmatched',
  'sources',
  'audit',
  'login',
  'print',
] as const;
export type PageName = (typeof kPages)[number];

export interface Place {
  readonly page: PageName;
  readonly rest: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

// What goes along from page to page.
export const kKept = ['as_of', 'known_at', 'lang'] as const;

export type Change = Readonly<Record<string, string | null | undefined>>;

const isPage = (word: string): word is PageName => (kPages as readonly string[]).includes(word);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An unknown or empty fragment is the board. A filter without a value is dropped. */
export function parsePlace(hash: string): Place {
  const [path = '', ...after] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', ...rest] = path.split('/').filter((part) => part !== '').map(decoded);
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(after.join('?'))) if (value !== '') query[name] = value;
  return { page: isPage(first) ? first : 'quotas', rest: isPage(first) ? rest : [], query };
}

/** Names are sorted, so that the same state is the same link. */
export function formatPlace(place: Place): string {
  const path = [place.page, ...place.rest].map(encodeURIComponent).join('/');
  const names = Object.keys(place.query).filter((name) => place.query[name]);
  // Most links of a table have none.
  if (names.length === 0) return `#/${path}`;
  return `#/${path}?${new URLSearchParams(names.sort().map((name) => [name, place.query[name]!]))}`;
}

/** The query with some of it set, or taken out by null. In another order the page that one was on is none. */
export function changed(query: Place['query'], change: Change): Record<string, string> {
  const result: Record<string, string> = { ...query };
  if ('sort' in change) {
    delete result.cursor;
    delete result.cursors;
  }
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === '') delete result[name];
    else result[name] = value;
  }
  return result;
}

/** Another page, with what is kept of the query of this one. */
export function elsewhere(from: Place, page: PageName, rest: readonly string[] = [], query: Change = {}): Place {
  const kept: Record<string, string> = {};
  for (const name of kKept) {
    const value = from.query[name];
    if (value !== undefined) kept[name] = value;
  }
  return { page, rest, query: changed(kept, query) };
}
