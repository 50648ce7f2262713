import { overwriteGetLocale } from '../paraglide/runtime.js';

export type Locale = 'uk' | 'en';

// Intl's own names: English dates are British, since 11/25 and 25/11 are read two ways.
const kIntl = { uk: 'uk-UA', en: 'en-GB' } as const;

// The house's zone. The browser's is never used: a day is the house's day, wherever it is looked at.
export const kZone = 'Europe/Kyiv';

let reader: () => Locale = () => 'uk';

/** Whose language is spoken: the session's preference in the browser, a fixed one in tests. */
export function speak(read: () => Locale): void {
  reader = read;
  overwriteGetLocale(read);
}

export function locale(): Locale {
  return reader();
}

/** A maker of formatters that makes each once per language. */
export function perLocale<T>(make: (intl: string, locale: Locale) => T): () => T {
  const made = new Map<Locale, T>();
  return () => {
    const asked = locale();
    let found = made.get(asked);
    if (found === undefined) {
      found = make(kIntl[asked], asked);
      made.set(asked, found);
    }
    return found;
  };
}
