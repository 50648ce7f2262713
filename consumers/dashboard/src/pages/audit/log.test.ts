import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Envelope, Logged } from './answers.js';
import { amountOf, back, clientOf, fits, formatFrontier, isKnown, isStart, isWithin, neighbours, newestFirst, notedOf, parseFrontier, personOf, shortType, takePage } from './log.js';
import { kTypes } from './types.js';

const event = (more: Partial<Envelope> = {}): Envelope => ({
  id: 'e',
  source: 'asterisk/main',
  type: 'org.salesledger.call.completed.v1',
  time: '2026-11-25T07:00:00Z',
  recordedtime: '2026-11-25T07:00:01Z',
  localday: '2026-11-25',
  partitionkey: 'c-1',
  data: {},
  ...more,
});
const at = (position: string, second: number): Logged => ({
  position,
  event: event({ recordedtime: `2026-11-25T07:00:${String(second).padStart(2, '0')}Z` }),
});

test('a frontier is read and written', () => {
  expect(parseFrontier('12,0,7')).toEqual([12, 0, 7]);
  expect(formatFrontier([12, 0, 7])).toBe('12,0,7');
  for (const none of ['', 'a,1', '1,-1', '1.5']) expect(() => parseFrontier(none)).toThrow(RangeError);
  expect(back([12, 0, 7], 10)).toEqual([2, 0, 0]);
  expect(isStart([0, 0])).toBe(true);
  expect(isStart([0, 1])).toBe(false);
});

test('what is within two frontiers', () => {
  expect(isWithin('1:5', [0, 5], [0, 6])).toBe(true);
  expect(isWithin('1:6', [0, 5], [0, 6])).toBe(false);
  expect(isWithin('2:0', [0, 5], [0, 6])).toBe(false);
  expect(isWithin('nowhere', [0], [1])).toBe(false);
});

test('the newest comes first, and a partition keeps its own order though clocks say otherwise', () => {
  const sorted = newestFirst([at('0:1', 10), at('0:2', 5), at('1:7', 8), at('1:8', 9)]);
  expect(sorted.map((each) => each.position)).toEqual(['1:8', '1:7', '0:2', '0:1']);
});

test('pages follow each other without a gap and without a repetition', () => {
  const all = [at('0:0', 1), at('0:1', 4), at('1:0', 2), at('1:1', 3), at('1:2', 5)];
  const shown: string[] = [];
  let until: readonly number[] = [2, 3];
  while (!isStart(until)) {
    const page = takePage(newestFirst(all.filter((each) => isWithin(each.position, [0, 0], until))), until, 2);
    shown.push(...page.rows.map((each) => each.position));
    until = page.before;
  }
  expect(shown).toEqual(['1:2', '0:1', '1:1', '1:0', '0:0']);
});

test('neighbours of an event', () => {
  expect(neighbours('3:0')).toEqual({ before: undefined, after: '3:1' });
  expect(neighbours('3:7')).toEqual({ before: '3:6', after: '3:8' });
  expect(neighbours('x')).toEqual({});
});

test('a filter is by type, source or its family, and client', () => {
  const call = event({ subject: 'c-1' });
  expect(fits(call, {})).toBe(true);
  expect(fits(call, { type: 'call.completed', source: 'asterisk', client: 'c-1' })).toBe(true);
  expect(fits(call, { source: 'aster' })).toBe(false);
  expect(fits(call, { client: 'c-2' })).toBe(false);
  expect(clientOf(event({ data: { client_id: 'c-9' } }))).toBe('c-9');
  expect(shortType('org.salesledger.call.completed.v1')).toBe('call.completed');
});

test('what an event says in a line', () => {
  expect(notedOf({ purpose: 'за рахунком 5', reason: '', number: '5', note: 'x' })).toEqual(['5', 'за рахунком 5']);
  expect(amountOf({ amount: { amount_minor: 5, currency: 'UAH' } })).toEqual({ amount_minor: 5, currency: 'UAH' });
  expect(amountOf({ amount: 5 })).toBeUndefined();
  expect(personOf('people/o.savchuk')).toBe('o.savchuk');
  expect(personOf('bank/demo')).toBeUndefined();
});

test('what the ledger had by an instant, and of which days', () => {
  const told = event({ recordedtime: '2026-11-25T07:00:01.500000Z', localday: '2026-11-25' });
  expect(isKnown(told, {})).toBe(true);
  expect(isKnown(told, { known_at: '2026-11-25T09:00:01+02:00' })).toBe(false);
  expect(isKnown(told, { known_at: '2026-11-25T07:00:02Z' })).toBe(true);
  expect(isKnown(told, { as_of: '2026-11-24' })).toBe(false);
  expect(isKnown(told, { as_of: '2026-11-25' })).toBe(true);
  expect(isKnown(told, { known_at: 'nonsense' })).toBe(false);
});

test('every type of the catalogue has a text', () => {
  const files = readdirSync(new URL('../../../../../schemas', import.meta.url));
  const known = files.flatMap((each) => /^([a-z_]+\.[a-z_]+)\.v\d+\.json$/.exec(each)?.[1] ?? []);
  expect(known.length).toBeGreaterThan(100);
  expect(known.filter((each) => !kTypes.includes(each))).toEqual([]);
});
