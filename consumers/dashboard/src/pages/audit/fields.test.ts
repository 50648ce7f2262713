import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { speak, type Locale } from '../../format/locale.js';
import { isName, tablesOf } from '../../../vite.names.js';
import { kClosed, leafWords, namesIn, pathWords, type Names } from './fields.js';

type Schema = { [member: string]: unknown };
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

const schemas = new URL('../../../../../schemas/', import.meta.url);
const kParts = ['items', 'additionalProperties', 'if', 'then', 'else', 'not'];
const kLists = ['allOf', 'anyOf', 'oneOf'];

interface Member {
  path: string[];
  type: string;
  /** Its closed words, if it has some. */
  words: string[];
}

/** Every member that a schema knows, at every depth. */
function membersOf(root: Schema, start: Schema, type: string): Member[] {
  const found: Member[] = [];
  const at = (schema: Schema): Schema => {
    if (typeof schema.$ref !== 'string') return schema;
    const target = schema.$ref.replace(/^#\//, '').split('/').reduce<unknown>((into, name) => (into as Schema)[name], root);
    return at(target as Schema);
  };
  const wordsOf = (schema: Schema): string[] => {
    const items = isSchema(schema.items) ? wordsOf(at(schema.items)) : [];
    return [...(Array.isArray(schema.enum) ? schema.enum : []), ...(typeof schema.const === 'string' ? [schema.const] : []), ...items].map(String);
  };
  const walk = (given: unknown, path: string[], above: Schema[]) => {
    if (!isSchema(given)) return;
    const schema = at(given);
    if (above.includes(schema)) return;
    const below = [...above, schema];
    for (const [name, each] of Object.entries(isSchema(schema.properties) ? schema.properties : {})) {
      if (!isSchema(each)) continue;
      found.push({ path: [...path, name], type, words: wordsOf(at(each)) });
      walk(each, [...path, name], below);
    }
    for (const part of kParts) walk(schema[part], path, below);
    for (const list of kLists) for (const each of Array.isArray(schema[list]) ? schema[list] : []) walk(each, path, below);
  };
  walk(start, [], []);
  return found;
}

const events = readdirSync(schemas).filter((name) => name.endsWith('.json')).flatMap((name) => {
  const schema = JSON.parse(readFileSync(new URL(name, schemas), 'utf8')) as Schema;
  return membersOf(schema, schema, name.replace(/\.v\d+\.json$/, ''));
});

// What the history of a client compares: his card, and his accounts.
const api = load(readFileSync(new URL('openapi.yaml', schemas), 'utf8')) as Schema;
const answers = ['ClientCard', 'ClientReceivables']
  .flatMap((name) => membersOf(api, (api.components as { schemas: Record<string, Schema> }).schemas[name]!, ''))
  .filter(({ path }) => path[0] === 'client' || path[0] === 'accounts');

// Said as they are: codes of standards, formats and classes, which have no other name.
const kAsTheyAre = new Set(['A', 'B', 'C', 'D', '1.0', 'application/json', 'camt.053', 'mt940']);
// The rule's words for a stop: of the ledger's own code, no enum of a schema, since a person may say another.
const kUnlisted = ['stop_reason__limit', 'stop_reason__overdue', 'stop_reason__claim'];

let spoken: Locale = 'uk';
beforeEach(() => {
  spoken = 'uk';
  speak(() => spoken);
});
const names = {} as Record<Locale, Names>;
beforeAll(async () => {
  for (const locale of ['uk', 'en'] as const) names[locale] = await namesIn(locale);
});

test('the schemas are read', () => {
  expect(new Set(events.map((each) => each.path.at(-1))).size).toBeGreaterThan(350);
  expect(new Set(answers.map((each) => each.path.at(-1))).size).toBeGreaterThan(200);
  expect(events).toContainEqual({ path: ['was', 'position'], type: 'event.voided', words: [] });
  expect(events.find((each) => each.type === 'dispute.closed' && each.path[0] === 'outcome')?.words).toEqual(['upheld', 'rejected', 'withdrawn']);
});

describe.each(['uk', 'en'] as const)('in %s', (locale) => {
  const isRaw = (said: string) => /_/.test(said) || (locale === 'uk' && !/[Ѐ-ӿ]/.test(said) && !['VAT', 'IBAN'].includes(said));

  test('every member has a name', () => {
    const raw = [...events, ...answers].filter(({ path }) => names[locale].members[path.at(-1)!] === undefined);
    expect([...new Set(raw.map(({ path, type }) => `${type}: ${path.join('.')}`))]).toEqual([]);
    const shown = events.filter(({ path, type }) => isRaw(pathWords(names[locale], path, undefined, type)));
    expect(shown.map(({ path, type }) => `${type}: ${path.join('.')}`)).toEqual([]);
  });

  test('no name is kept that nothing has', () => {
    const all = [...events, ...answers];
    const has = new Set(all.map(({ path }) => path.at(-1)!));
    const { members, words } = ownOf(locale);
    expect(members.filter((name) => !has.has(name.split('__').at(-1)!))).toEqual([]);
    const said = new Set(all.flatMap((each) => each.words.map((word) => word.replaceAll(/\W/g, '_'))));
    expect(words.filter((name) => !kUnlisted.includes(name) && !said.has(name.split('__').at(-1)!))).toEqual([]);
  });
});

/** Those of the audit pages alone. */
function ownOf(locale: Locale): { members: string[]; words: string[] } {
  const catalogue = JSON.parse(readFileSync(new URL(`../../../messages/${locale}.json`, import.meta.url), 'utf8')) as Record<string, unknown>;
  const own = tablesOf(Object.fromEntries(Object.entries(catalogue).filter(([key]) => isName(key))));
  return { members: Object.keys(own.members), words: Object.keys(own.words) };
}

test('every closed word is said, in both languages', () => {
  expect(Object.keys(names.en.words).sort()).toEqual(Object.keys(names.uk.words).sort());
  const raw = [...events, ...answers].flatMap(({ path, type, words }) =>
    words
      .filter((word) => path.at(-1) !== 'currency' && !kAsTheyAre.has(word))
      .filter((word) => !/[Ѐ-ӿ]/.test(leafWords(names.uk, path, word, type)))
      .map((word) => `${type}: ${path.join('.')} ${word}`),
  );
  expect([...new Set(raw)]).toEqual([]);
});

test('what the schemas list is what is closed', () => {
  const lists = [...events, ...answers].filter(({ words }) => words.some((word) => !kAsTheyAre.has(word))).map(({ path }) => path.at(-1)!);
  expect([...new Set(lists)].filter((name) => name !== 'currency').sort()).toEqual([...kClosed].sort());
});

test('a member by what it stands in', () => {
  const said = (type: string, ...path: string[]) => pathWords(names.uk, path, undefined, type);
  expect(said('contact_person.set', 'name')).toBe('ім’я');
  expect(said('exhibition.planned', 'name')).toBe('назва');
  expect(said('event.voided', 'was', 'position')).toBe('було › позиція в журналі');
  expect(said('manager.hired', 'order_no')).toBe('номер наказу');
  expect(said('payment.received', 'amount', 'amount_minor')).toBe('сума');
  expect(said('', 'client', 'people', 'p-1', 'position')).toBe('контактні особи › p-1 › посада');
  expect(said('', 'client', 'counters', 'payment')).toBe('лічильники подій › Оплата');
  expect(pathWords(names.uk, ['client', 'phones', '+380501112233'], '+380501112233')).toBe('телефони');
});

test('a word by its member, and never a person’s own', () => {
  const said = (type: string, value: string, ...path: string[]) => leafWords(names.uk, path, value, type);
  expect(said('absence.recorded', 'other', 'kind')).toBe('інша відсутність');
  expect(said('complaint.opened', 'other', 'kind')).toBe('інше');
  expect(said('call.completed', 'failed', 'outcome')).toBe('не вдалося з’єднати');
  expect(said('attestation.held', 'failed', 'result')).toBe('не пройдено');
  expect(said('reconciliation.drafted', 'act.v2', 'form')).toBe('акт, другий бланк');
  expect(said('access.changed', 'auditor', 'role')).toBe('аудитор');
  expect(said('', 'phone', 'client', 'people', 'p-1', 'forbidden_ways', 'phone')).toBe('телефон');
  expect(said('event.voided', 'org.salesledger.call.completed.v1', 'was', 'type')).toBe('Дзвінок');
  expect(said('access.changed', 'meeting.held', 'event_types', 'meeting.held')).toBe('Зустріч');
  expect(said('complaint.opened', 'other', 'text')).toBe('other');
  expect(said('complaint.opened', 'a_new_word', 'kind')).toBe('a_new_word');
});

test('numbers by the unit that their name says', () => {
  expect(leafWords(names.uk, ['amount', 'amount_minor'], 4_500_050)).toBe('45 000,50'.replaceAll(' ', '\u00a0'));
  expect(leafWords(names.uk, ['discount_bp'], 250).replaceAll(/\s/g, ' ')).toMatch(/^2,5 ?%$/);
  expect(leafWords(names.uk, ['rate_e6'], 41_234_500)).toBe('41,2345');
  expect(leafWords(names.uk, ['index_e4'], 10_090).replaceAll(/\s/g, ' ')).toMatch(/^100,9 ?%$/);
  expect(leafWords(names.uk, ['from'], '2026-11-05')).toBe('05.11.2026');
  expect(leafWords(names.uk, ['from'], '2026-11-25T08:00:00.000001Z')).toBe('25.11.2026 10:00:00 +02:00');
});
