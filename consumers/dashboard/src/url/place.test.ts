import { expect, test } from 'vitest';
import { changed, elsewhere, formatPlace, parsePlace } from './place.js';

test('a link says the same when it is read and written again', () => {
  const link = '#/client/c-00001?as_of=2026-11-25&kind=calls';
  expect(formatPlace(parsePlace(link))).toBe(link);
  expect(parsePlace('#/client/%D0%90%2F1').rest).toEqual(['А/1']);
  expect(formatPlace(parsePlace('#/client/%D0%90%2F1'))).toBe('#/client/%D0%90%2F1');
});

test('the same state is the same link', () => {
  expect(formatPlace(parsePlace('#/quotas?sort=-calls&date=2026-11-25'))).toBe('#/quotas?date=2026-11-25&sort=-calls');
});

test('an unknown page, or none, is the board', () => {
  expect(parsePlace('').page).toBe('quotas');
  expect(parsePlace('#/nowhere/c-1').rest).toEqual([]);
  expect(parsePlace('#/client/%E0%A4%A').rest).toEqual(['%E0%A4%A']);
});

test('an empty filter is dropped', () => {
  expect(formatPlace(parsePlace('#/quotas?department=&date='))).toBe('#/quotas');
  expect(changed({ a: '1', b: '2' }, { a: null, b: '', c: '3' })).toEqual({ c: '3' });
});

test('in another order one begins at the first page', () => {
  expect(changed({ cursor: 'b', cursors: 'a', tab: 'debts' }, { sort: '-name' })).toEqual({ sort: '-name', tab: 'debts' });
  expect(changed({ cursor: 'b', sort: 'name' }, { row: 'c-1' })).toEqual({ cursor: 'b', row: 'c-1', sort: 'name' });
});

test('the times one looks at go along to another page, filters do not', () => {
  const from = parsePlace('#/quotas?as_of=2026-10-01&known_at=2026-10-15T00:00:00Z&sort=-calls&tv=1');
  expect(formatPlace(elsewhere(from, 'client', ['c-1'], { tab: 'debts' }))).toBe(
    '#/client/c-1?as_of=2026-10-01&known_at=2026-10-15T00%3A00%3A00Z&tab=debts',
  );
});
