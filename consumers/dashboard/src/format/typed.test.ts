import { afterEach, describe, expect, test } from 'vitest';
import { speak, type Locale } from './locale.js';
import { readTyped, shownTyped, stepped, weeksOf } from './typed.js';

let spoken: Locale = 'uk';
speak(() => spoken);
afterEach(() => (spoken = 'uk'));
const today = '2026-11-27';

describe('a day', () => {
  test.each(['25.11.2026', '2026-11-25', ' 25.11.26 ', '25/11/2026', '25-11-2026', '25.11', '25112026', '2026.11.25', '25 листопада 2026 р.', '25\u00a0листопада 2026\u202fр.', '25 Nov 2026', 'Wed, 25 November 2026', 'ср, 25 листопада'])('%s', (text) =>
    expect(readTyped('day', text, today)).toEqual({ value: '2026-11-25' }),
  );
  test.each(['', 'завтра', '25', '11.2026', '25.11.2026 09:05', '25 смітня 2026', '1e3.11.2026'])('%s is not to be read', (text) => expect(readTyped('day', text, today)).toEqual({ fault: 'shape' }));
  test.each(['31.11.2026', '29.02.2026', '2026-13-01', '00.01.2026'])('%s is in no calendar', (text) => expect(readTyped('day', text, today)).toEqual({ fault: 'absent' }));
  test('a leap day is a day', () => expect(readTyped('day', '29.02.2028', today)).toEqual({ value: '2028-02-29' }));
});

describe('a month', () => {
  test.each(['2026-11', '11.2026', '11/26', '11', 'листопад 2026', 'листопада', 'Nov 2026', '25.11.2026', '2026-11-25'])('%s', (text) => expect(readTyped('month', text, today)).toEqual({ value: '2026-11' }));
  test.each([
    ['', 'shape'],
    ['осінь', 'shape'],
    ['13.2026', 'absent'],
  ])('%s is none', (text, fault) => expect(readTyped('month', text, today)).toEqual({ fault }));
});

describe('a moment', () => {
  test.each(['25.11.2026 09:05', '2026-11-25T09:05', '2026-11-25T07:05:00Z', '2026-11-25T09:05:07+02:00', '25.11 9:05', '25 Nov 2026, 09:05'])('%s', (text) => expect(readTyped('moment', text, today)).toEqual({ value: '2026-11-25T09:05' }));
  test.each([
    ['25.11.2026', 'shape'],
    ['09:05', 'shape'],
    ['25.11.2026 24:00', 'absent'],
    ['31.11.2026 09:05', 'absent'],
  ])('%s is none', (text, fault) => expect(readTyped('moment', text, today)).toEqual({ fault }));
});

test('what is shown is read again, in both languages', () => {
  for (const language of ['uk', 'en'] as const) {
    spoken = language;
    for (let month = 1; month <= 12; ++month) {
      const value = `2026-${String(month).padStart(2, '0')}`;
      expect(readTyped('month', shownTyped('month', value), today)).toEqual({ value });
      expect(readTyped('day', shownTyped('day', `${value}-05`), today)).toEqual({ value: `${value}-05` });
      expect(readTyped('moment', shownTyped('moment', `${value}-05T09:05`), today)).toEqual({ value: `${value}-05T09:05` });
    }
  }
  spoken = 'uk';
  expect(shownTyped('day', '2026-11-25')).toBe('25.11.2026');
  expect(shownTyped('month', '2026-11')).toBe('листопад 2026');
  expect(shownTyped('moment', '2026-11-25T09:05')).toBe('25.11.2026 09:05');
  expect(shownTyped('day', 'yesterday')).toBe('yesterday');
});

test('keys step by days, months and years, and no day is lost at the end of a month', () => {
  expect(stepped('day', '2026-11-30', 'ArrowUp')).toBe('2026-12-01');
  expect(stepped('day', '2026-03-31', 'PageDown')).toBe('2026-02-28');
  expect(stepped('moment', '2026-12-31T09:05', 'ArrowUp')).toBe('2027-01-01T09:05');
  expect(stepped('month', '2026-01', 'ArrowDown')).toBe('2025-12');
  expect(stepped('month', '2026-01', 'PageUp')).toBe('2027-01');
  expect(stepped('day', '2026-11-30', 'KeyJ')).toBeUndefined();
});

test('weeks begin on Monday', () => {
  const weeks = weeksOf('2026-11');
  expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01']);
  expect(weeks).toHaveLength(6);
  expect(weeks.flat().filter(Boolean)).toHaveLength(30);
  expect(weeksOf('2027-02')).toHaveLength(4);
});
