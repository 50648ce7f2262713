import { auditTime, dateInTable } from '../../format/dates.js';
import { count, moneyInCell, precise, precisePercent } from '../../format/numbers.js';
import type { Locale } from '../../format/locale.js';
import { m } from '../../paraglide/messages.js';
import { shortType } from './log.js';
import { kindWord, typeWord } from './types.js';

type Table = Readonly<Record<string, string>>;

/** What members are called and closed words mean, in one language: `audit_field_*` and `audit_word_*` of messages/. */
export interface Names {
  readonly members: Table;
  readonly words: Table;
}

/** Fetched with the page that shows members: a table of its own for each language. */
export async function namesIn(locale: Locale): Promise<Names> {
  const table = locale === 'uk' ? import('virtual:names/uk') : import('virtual:names/en');
  return (await table).default;
}

// Members of which the schemas list the values. A person's own word is never taken for one of theirs.
export const kClosed: ReadonlySet<string> = new Set([
  'action', 'base', 'calendar', 'change', 'channel', 'charge', 'code', 'copy', 'days_kind', 'direction', 'due_by',
  'education', 'forbidden_ways', 'form', 'gap', 'ground', 'kind', 'known_at', 'level', 'method', 'metric', 'nature', 'occasion',
  'off_days', 'outcome', 'papers', 'part_day', 'payment', 'post', 'required_papers', 'result', 'role', 'scope', 'segment', 'service',
  'settlement_order', 'size', 'state', 'status', 'system', 'tax_code_check', 'vat_number_check',
]);

type Value = string | number | boolean;

// What these say are types of events.
const kTyped: ReadonlySet<string> = new Set(['event_types', 'type']);

// An element of these lists is known by its code.
const kByCode: ReadonlySet<string | undefined> = new Set(['banner', 'gaps']);

// What is said of it within the nearest thing that it stands in, and of it anywhere.
function found(table: Table, within: readonly string[], name: string): string | undefined {
  for (let at = within.length - 1; at >= 0; --at) {
    const said = table[`${within[at]}__${name}`];
    if (said !== undefined) return said;
  }
  return table[name];
}

// What an event's members stand in, by its type: `client_updated` of `client.updated`.
const placeOf = (type: string): string[] => (type === '' ? [] : [type.replaceAll('.', '_')]);

// An element that is known by what it says needs no name besides.
const withoutValue = (path: readonly string[], value?: Value) =>
  path.length > 1 && value !== undefined && path.at(-1)!.replace(/ #\d+$/, '') === String(value) ? path.slice(0, -1) : path;

/**
 * What stands at a path of an answer, or of an event of a type, in words. The client's own record needs no name, nor do
 * the minor units of an amount, nor an element that is known by what it says.
 */
export function pathWords(names: Names, path: readonly string[], value?: Value, type = ''): string {
  const told = withoutValue(path, value);
  const parts = told.length > 1 && told.at(-1) === 'amount_minor' ? told.slice(0, -1) : told;
  const word = (name: string, at: number) => {
    if (parts[at - 1] === 'counters') return kindWord(name);
    if (kByCode.has(parts[at - 1])) return names.words[name] ?? name;
    return found(names.members, [...placeOf(type), ...parts.slice(0, at)], name) ?? typeWord(name);
  };
  const words = parts.map(word);
  return (parts[0] === 'client' && parts.length > 1 ? words.slice(1) : words).join(' › ');
}

// "act.v1" is no name of a message.
const wordKey = (value: string) => value.replaceAll(/\W/g, '_');

function textWords(names: Names, path: readonly string[], value: string, type: string): string {
  const isTime = !Number.isNaN(Date.parse(value));
  if (isTime && /^\d{4}-\d{2}-\d{2}$/.test(value)) return dateInTable(value);
  if (isTime && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return auditTime(value);
  const told = withoutValue(path, value);
  const member = told.at(-1) ?? '';
  if (kTyped.has(member)) return typeWord(shortType(value));
  const key = wordKey(value);
  const within = [...placeOf(type), ...told.slice(0, -1)];
  return found(names.words, within, `${member}__${key}`) ?? (kClosed.has(member) ? names.words[key] : undefined) ?? value;
}

/** A leaf as tables show it: amounts and shares by their names, dates and instants by their shape, closed words by both. */
export function leafWords(names: Names, path: readonly string[], value: Value | undefined, type = ''): string {
  if (value === undefined) return '—';
  if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no();
  if (typeof value === 'string') return textWords(names, path, value, type);
  const isMoney = path.some((each) => each.endsWith('_minor'));
  if (isMoney && Number.isSafeInteger(value)) return moneyInCell(value);
  if (/_(bp|e4)$/.test(path.at(-1)!)) return precisePercent(value / 10_000);
  if (path.at(-1)!.endsWith('_e6')) return precise(value / 1_000_000);
  return Number.isInteger(value) ? count(value) : precise(value);
}
