import type { Locale } from '../format/locale.js';

export type Theme = 'system' | 'light' | 'dark';

interface Preferences {
  locale: Locale;
  theme: Theme;
  singleKeys: boolean;
}

const kKey = 'ledger.preferences';

// A browser that keeps nothing (private, full) is no reason to show nothing.
function stored(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(kKey) ?? '{}') as Partial<Preferences>;
  } catch {
    return {};
  }
}

function firstLocale(): Locale {
  return navigator.languages.some((each) => each.startsWith('uk')) || !navigator.language.startsWith('en') ? 'uk' : 'en';
}

/** What a person chose for this browser: nothing of it is in a link. */
export const preferences = $state<Preferences>({
  locale: firstLocale(),
  theme: 'system',
  singleKeys: true,
  ...stored(),
});

export function prefer(change: Partial<Preferences>): void {
  Object.assign(preferences, change);
  try {
    localStorage.setItem(kKey, JSON.stringify(preferences));
  } catch {
    // kept until the page is left
  }
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function applyTheme(): void {
  const theme = preferences.theme === 'system' ? (dark.matches ? 'dark' : 'light') : preferences.theme;
  document.documentElement.dataset.theme = theme;
}

dark.addEventListener('change', applyTheme);
