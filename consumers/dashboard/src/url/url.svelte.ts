import { changed, elsewhere, formatPlace, parsePlace, type Change, type PageName, type Place } from './place.js';

let current = $state.raw<Place>(parsePlace(location.hash));

/** Where one is; read in a component, it follows. */
export function here(): Place {
  return current;
}

/** One value of the query. */
export function param(name: string): string | undefined {
  return current.query[name];
}

/** The link to another page; `as_of`, `known_at` and `lang` go along. */
export function linkTo(page: PageName, rest: readonly string[] = [], query: Change = {}): string {
  return formatPlace(elsewhere(current, page, rest, query));
}

/** The link to this page with some of its query changed. */
export function linkHere(change: Change): string {
  return formatPlace({ ...current, query: changed(current.query, change) });
}

interface Left {
  scroll: number;
  focus: string | null;
}

function focusKey(): string | null {
  const keyed = document.activeElement?.closest<HTMLElement>('[data-focus]');
  return keyed?.dataset.focus ?? null;
}

// What Back has to find again is kept with the entry of history that is left.
function keepLeft(): void {
  const left: Left = { scroll: window.scrollY, focus: focusKey() };
  history.replaceState(left, '');
}

/** A step that Back undoes. */
export function go(link: string): void {
  if (link === location.hash) return;
  keepLeft();
  const before = current;
  history.pushState(null, '', link);
  current = parsePlace(link);
  if (before.page !== current.page || before.rest.join('/') !== current.rest.join('/')) window.scrollTo(0, 0);
}

/** Filters, sort, the open row: a step, or with `typing` a change of the step that one is on. */
export function change(values: Change, how: 'step' | 'typing' = 'step'): void {
  const link = linkHere(values);
  if (link === location.hash) return;
  if (how === 'step') return go(link);
  history.replaceState(history.state, '', link);
  current = parsePlace(link);
}

/** How far down one was where Back has brought one to; 0 where one comes for the first time. */
export const leftAt = (): number => (history.state as Left | null)?.scroll ?? 0;

// Content comes later than the page: scroll and focus are tried again until they fit, or for two seconds.
function restore(left: Left): void {
  const until = performance.now() + 2000;
  const attempt = () => {
    const target = left.focus
      ? document.querySelector<HTMLElement>(`[data-focus="${CSS.escape(left.focus)}"]`)
      : null;
    const fits = document.documentElement.scrollHeight - window.innerHeight >= left.scroll - 1;
    if (((fits && (target || !left.focus)) || performance.now() > until)) {
      window.scrollTo(0, left.scroll);
      target?.focus({ preventScroll: true });
      return;
    }
    requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}

/** Follows the browser's own steps and every click on a link of ours. */
export function followHistory(): void {
  history.scrollRestoration = 'manual';
  window.addEventListener('popstate', (event) => {
    current = parsePlace(location.hash);
    const left = event.state as Left | null;
    if (left && typeof left.scroll === 'number') restore(left);
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href^="#/"]');
    if (!link || link.hasAttribute('target')) return;
    event.preventDefault();
    go(link.getAttribute('href')!);
  });
}
