import { expect, test } from 'vitest';
import { eventsSeen, lagLevel, linkState, reconnectMs, type Beat } from './freshness.js';

test.each([
  [15_000, 0, 'live'],
  [15_001, 0, 'late'],
  [60_000, 0, 'late'],
  [60_001, 0, 'stale'],
])('a beat %i ms old', (now, beat, state) => expect(linkState(now, beat, -1)).toBe(state));

test('before the first beat it is connecting, and after a minute stale', () => {
  expect(linkState(1000, null, 0)).toBe('connecting');
  expect(linkState(60_001, null, 0)).toBe('stale');
});

test('a machine that woke knows nothing until the next beat', () => {
  expect(linkState(10_000, 9_000, 9_500)).toBe('stale');
  expect(linkState(10_000, 9_600, 9_500)).toBe('live');
});

test('lag by seconds, or by events where no seconds are told', () => {
  const beat: Beat = { applied: '1', head: '1', lagEvents: 0, lagSeconds: 0.4, serverTime: '' };
  expect(lagLevel(beat)).toBe('ok');
  expect(lagLevel({ ...beat, lagSeconds: 5.1 })).toBe('warn');
  expect(lagLevel({ ...beat, lagSeconds: 61 })).toBe('bad');
  expect(lagLevel({ ...beat, lagSeconds: null })).toBe('ok');
  expect(lagLevel({ ...beat, lagSeconds: null, lagEvents: 3 })).toBe('warn');
});

test('reconnects at 1, 2, 4 … 30 s at most, never at once', () => {
  expect([0, 1, 2, 5, 20].map((attempt) => reconnectMs(attempt, 1))).toEqual([1000, 2000, 4000, 30_000, 30_000]);
  expect(reconnectMs(0, 0)).toBe(500);
});

test('a frontier is a number of events', () => {
  expect(eventsSeen('12,0,7')).toBe(19);
  expect(eventsSeen('')).toBe(0);
});
