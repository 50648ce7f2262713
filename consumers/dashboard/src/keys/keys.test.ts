import { expect, test } from 'vitest';
import { keyNames, Matcher } from './match.js';

const key = (code: string, more = {}) => ({ code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });
const shortcuts = [
  { press: { code: 'KeyJ' }, name: 'next' },
  { press: { code: 'Slash' }, name: 'search' },
  { press: { code: 'Slash', shift: true }, name: 'map' },
  { press: { code: 'KeyB', after: 'KeyG' }, name: 'board' },
];

test('a key, by its place', () => {
  const matcher = new Matcher();
  expect(matcher.match(shortcuts, key('KeyJ'), 0)?.name).toBe('next');
  expect(matcher.match(shortcuts, key('Slash'), 0)?.name).toBe('search');
  expect(matcher.match(shortcuts, key('Slash', { shiftKey: true }), 0)?.name).toBe('map');
  expect(matcher.match(shortcuts, key('KeyB'), 0)).toBeUndefined();
});

test('with Ctrl it is the browser’s', () => {
  expect(new Matcher().match(shortcuts, key('KeyJ', { ctrlKey: true }), 0)).toBeUndefined();
});

test('two keys, one after the other, within a second and a half', () => {
  const matcher = new Matcher();
  expect(matcher.match(shortcuts, key('KeyG'), 0)).toBeUndefined();
  expect(matcher.match(shortcuts, key('KeyB'), 1500)?.name).toBe('board');
  matcher.match(shortcuts, key('KeyG'), 0);
  expect(matcher.match(shortcuts, key('KeyB'), 1501)).toBeUndefined();
  matcher.match(shortcuts, key('KeyG'), 0);
  expect(matcher.match(shortcuts, key('KeyJ'), 10)?.name).toBe('next');
});

test('the map names keys as they are printed', () => {
  expect(keyNames({ code: 'KeyB', after: 'KeyG' })).toEqual(['G', 'B']);
  expect(keyNames({ code: 'Slash', shift: true })).toEqual(['Shift', '/']);
});
