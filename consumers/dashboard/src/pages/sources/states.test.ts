import { expect, test } from 'vitest';
import type { Held, Source } from './answers.js';
import { byGravity, delayOf, heldOf, spanOf, stateOf, thinned, unheardOf, usualOf, withSample, type Sample, type State } from './states.js';

const source = (more: Partial<Source> = {}): Source => ({
  source: 'binotel/main',
  state: 'speaking',
  silent_minutes: 0,
  days_heard: 7,
  first: { position: '0:1', recorded_at: '2026-11-01T09:00:00Z' },
  last: { position: '0:9', recorded_at: '2026-11-25T09:00:30Z' },
  last_time: '2026-11-25T09:00:00Z',
  events: 9,
  types: [],
  today: 4,
  last_7_days: 64,
  ...more,
});
const held = (received: string, more: Partial<Held> = {}): Held => ({ position: '0:1', sender: 'binotel', received, error: 'malformed', detail: 'x', method: 'POST', bytes: 3, ...more });

test('a source is broken when the last that came could not be recorded', () => {
  expect(stateOf(source(), [])).toBe('speaking');
  expect(stateOf(source(), [held('2026-11-25T09:01:00Z')])).toBe('broken');
  expect(stateOf(source(), [held('2026-11-25T08:00:00Z')])).toBe('speaking');
  expect(stateOf(source(), [held('2026-11-25T09:01:00Z', { sender: 'zadarma' })])).toBe('speaking');
  expect(stateOf(source(), [held('2026-11-25T09:01:00Z', { released: '2026-11-25T09:02:00Z' })])).toBe('speaking');
  expect(stateOf(source({ state: 'silent' }), [])).toBe('silent');
});

test('its quarantine, the newest first', () => {
  const all = [held('2026-11-25T08:00:00Z'), held('2026-11-25T09:00:00Z')];
  expect(heldOf('binotel/main', all).map((each) => each.received)).toEqual(['2026-11-25T09:00:00Z', '2026-11-25T08:00:00Z']);
});

test('what needs somebody comes first', () => {
  const states: State[] = ['own', 'speaking', 'silent', 'broken', 'rare'];
  expect(states.sort(byGravity)).toEqual(['broken', 'silent', 'rare', 'speaking', 'own']);
});

test('what is usual is unknown before it is known', () => {
  expect(usualOf(source())).toBe(10);
  expect(usualOf(source({ days_heard: 1 }))).toBeUndefined();
});

test('how long a delivery took', () => {
  expect(delayOf(source())).toBe(30);
  expect(delayOf(source({ last_time: '2026-11-25T10:00:00Z' }))).toBe(0);
});

test.each([[0, 'seconds', 0], [89, 'seconds', 89], [90, 'minutes', 2], [3600, 'minutes', 60], [5400, 'hours', 2], [129_599, 'hours', 36], [172_800, 'days', 2]] as const)(
  '%i seconds are %s',
  (seconds, unit, n) => expect(spanOf(seconds)).toEqual({ unit, n }),
);

const sample = (atMs: number): Sample => ({ atMs, events: 0, seconds: 0 });

test('measures are kept up to so many, the newest always', () => {
  let all: Sample[] = [];
  for (let at = 0; at < 10; ++at) all = withSample(all, sample(at), 4);
  expect(all.map((each) => each.atMs)).toEqual([6, 7, 8, 9]);
  expect(thinned(all, 10).map((each) => each.atMs)).toEqual([9, 8, 7, 6]);
  expect(thinned(Array.from({ length: 101 }, (_, at) => sample(at)), 3).map((each) => each.atMs)).toEqual([100, 50, 0]);
});

test('a sender that could never record anything is told of', () => {
  expect(unheardOf([source()], [held('2026-11-25T09:00:00Z'), held('2026-11-25T09:00:00Z', { sender: 'zadarma' }), held('2026-11-25T09:00:00Z', { sender: 'zadarma' })])).toEqual(['zadarma']);
  expect(unheardOf([source()], [held('2026-11-25T09:00:00Z', { sender: 'zadarma', released: '2026-11-25T09:01:00Z' })])).toEqual([]);
});
