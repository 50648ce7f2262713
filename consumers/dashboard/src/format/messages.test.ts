import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { isName } from '../../vite.names.js';
import { m } from '../paraglide/messages.js';
import { speak, type Locale } from './locale.js';

type Variant = { declarations?: string[]; selectors?: string[]; match: Record<string, string> };
type Catalogue = Record<string, string | Variant[]>;

const read = (locale: string): Catalogue => {
  const all = JSON.parse(readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), 'utf8'));
  delete all.$schema;
  return all as Catalogue;
};
const catalogues = { uk: read('uk'), en: read('en') };
const numbers = [0, 1, 2, 5, 11, 21, 22, 111, 1.5];
const texts = (message: string | Variant[]) =>
  typeof message === 'string' ? [message] : message.flatMap((each) => Object.values(each.match));
const inputs = (message: string | Variant[]) =>
  new Set(texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!)));

let spoken: Locale = 'uk';
speak(() => spoken);
afterAll(() => speak(() => 'uk'));

test('the catalogue is not empty, and both languages have the same messages', () => {
  expect(Object.keys(catalogues.uk).length).toBeGreaterThan(50);
  expect(Object.keys(catalogues.uk).sort()).toEqual(Object.keys(catalogues.en).sort());
});

describe.each(['uk', 'en'] as const)('in %s', (locale) => {
  test.each(Object.entries(catalogues[locale]))('%s renders', (key, message) => {
    spoken = locale;
    const render = (m as unknown as Record<string, (given: object) => string>)[key];
    expect(render, 'is not compiled').toBeTypeOf('function');
    for (const n of numbers) {
      const given: Record<string, unknown> = {};
      for (const name of inputs(message)) given[name] = name === 'n' ? n : `<${name}>`;
      given.n = n;
      const shown = render!(given);
      expect(shown).not.toBe(key);
      expect(shown.trim()).not.toBe('');
      expect(shown).not.toContain('undefined');
      expect(shown).not.toMatch(/\{\w+\}/);
    }
  });

  test('13: every plural has the forms of the language', () => {
    const forms = locale === 'uk' ? ['one', 'few', 'many', 'other'] : ['one', 'other'];
    for (const [key, message] of Object.entries(catalogues[locale])) {
      if (typeof message === 'string') continue;
      for (const each of message.filter((variant) => variant.declarations?.some((it) => it.includes('plural')))) {
        for (const form of forms) {
          const has = Object.keys(each.match).some((when) => new RegExp(`=${form}(,|$)`).test(when));
          expect(has, `${key} lacks '${form}'`).toBe(true);
        }
      }
    }
  });
});

test('both languages are given the same inputs', () => {
  for (const key of Object.keys(catalogues.uk)) {
    expect([...inputs(catalogues.en[key]!)].sort(), key).toEqual([...inputs(catalogues.uk[key]!)].sort());
  }
});

test('every message is said somewhere', () => {
  const sources = new URL('../', import.meta.url);
  const files = (readdirSync(sources, { recursive: true }) as string[]).filter((name) => /\.(svelte|ts)$/.test(name) && !/\.test\.ts$|^paraglide/.test(name));
  const said = new Set(files.flatMap((name) => [...readFileSync(new URL(name, sources), 'utf8').matchAll(/\bm\.(\w+)/g)].map((found) => found[1]!)));
  // Those of the table of names are looked for in the schemas: see fields.test.ts.
  expect(Object.keys(catalogues.uk).filter((key) => !said.has(key) && !isName(key))).toEqual([]);
});

test('nothing is ever "deleted"', () => {
  expect(JSON.stringify(catalogues.uk).toLowerCase()).not.toContain('видал');
  expect(JSON.stringify(catalogues.en).toLowerCase()).not.toContain('delete');
});
