import { describe, expect, test } from 'vitest';
import type { Entry } from './answers.js';
import { byDay, fateOf, filtersOf, isQuiet } from './days.js';

const entry = (position: string, time: string, more: Partial<Entry> = {}): Entry => ({
  position,
  kind: 'call',
  time,
  recorded_time: time,
  source: 'asterisk/main',
  id: position,
  ...more,
});

describe('days', () => {
  const days = byDay([
    entry('0:9', '2026-11-26T22:30:00Z'),
    entry('0:8', '2026-11-26T08:00:00Z', { kind: 'meeting' }),
    entry('0:7', '2026-11-26T07:00:00Z'),
    entry('0:6', '2026-11-26T06:00:00Z'),
    entry('0:5', '2026-10-09T08:00:00Z'),
  ]);
  test('are the house’s, not the browser’s or the server’s', () =>
    expect(days.map((each) => each.day)).toEqual(['2026-11-27', '2026-11-26', '2026-10-09']));
  test('say how long nothing had happened before them', () => {
    expect(days.map((each) => each.quietDays)).toEqual([0, 47, 0]);
    expect(days.map(isQuiet)).toEqual([false, true, false]);
  });
  test('count their kinds, the most frequent first', () =>
    expect(days[1]!.kinds).toEqual([{ kind: 'call', count: 2 }, { kind: 'meeting', count: 1 }]));
});

describe('what was taken back', () => {
  const later = { by: 'm-1', time: '2026-11-21T08:00:00Z', recorded_time: '2026-11-21T08:00:00Z', reason: 'x', position: '0:5' };
  const voided = entry('0:1', '2026-11-20T08:00:00Z', { taken_back_time: later.time, voided: later });
  const before = entry('0:2', '2026-11-20T09:00:00Z', { taken_back_time: later.time, replaced: later, text: 'old' });
  const after = entry('0:2', '2026-11-20T09:00:00Z', { recorded_time: later.time, replaces: later, text: 'new' });
  const all = [after, before, voided];
  test('was corrected where a later version holds, else voided', () => expect(all.map(fateOf)).toEqual(['holds', 'corrected', 'voided']));
  test('is no event of its day', () => expect(byDay(all)[0]!.kinds).toEqual([{ kind: 'call', count: 1 }]));
});

test('filters stand by how often, and the chosen one is there even where it has none', () => {
  expect(filtersOf({ a: 1, b: 5, c: 1 }, 'd').map((each) => each.kind)).toEqual(['b', 'a', 'c', 'd']);
});
