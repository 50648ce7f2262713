import { beforeEach, describe, expect, test } from 'vitest';
import { byName, folded } from './collation.js';
import { csv, csvName } from './csv.js';
import * as dates from './dates.js';
import { speak, type Locale } from './locale.js';
import * as numbers from './numbers.js';

// ICU writes U+00A0 and, in places, U+202F; a reader of this file sees blanks.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
let spoken: Locale = 'uk';
beforeEach(() => {
  spoken = 'uk';
  speak(() => spoken);
});

describe('money', () => {
  test('in a cell has two decimals, no unit and no breaking blank', () => {
    expect(numbers.moneyInCell(123456780)).toBe('1\u00a0234\u00a0567,80');
    expect(numbers.moneyInCell('-123450')).toBe('−1\u00a0234,50');
    spoken = 'en';
    expect(numbers.moneyInCell(123456780)).toBe('1,234,567.80');
  });
  test('in text says the hryvnia by its sign in Ukrainian alone', () => {
    expect(plain(numbers.moneyInText(123456780, 'UAH'))).toBe('1 234 567,80 ₴');
    expect(plain(numbers.moneyInText(-123450, 'UAH'))).toBe('-1 234,50 ₴');
    spoken = 'en';
    expect(plain(numbers.moneyInText(123456780, 'UAH'))).toBe('UAH 1,234,567.80');
  });
  test('on a tile is short', () => {
    expect(plain(numbers.moneyOnTile(123456780))).toBe('1,2 млн');
    spoken = 'en';
    expect(numbers.moneyOnTile(123456780).toLowerCase()).toBe('1.2m');
  });
  test('keeps twenty digits', () => {
    expect(plain(numbers.moneyInCell('12345678901234567890'))).toBe('123 456 789 012 345 678,90');
  });
  test('of one kopeck', () => {
    expect(numbers.minorToDecimal(1)).toBe('0.01');
    expect(numbers.minorToDecimal(-5)).toBe('-0.05');
    expect(numbers.minorToDecimal(0)).toBe('0.00');
    expect(() => numbers.minorToDecimal(1.5)).toThrow(RangeError);
  });
  test.each([
    ['1 234,5', '123450'],
    ['1\u00a0234.50', '123450'],
    ['0,07', '7'],
    ['−12', '-1200'],
    ['0', '0'],
    ['1,234,5', null],
    ['12,345', null],
    ['', null],
    ['abc', null],
  ])('typed as %j', (input, minor) => expect(numbers.minorOfInput(input)).toBe(minor));
});

test('a share keeps what Intl gives', () => {
  expect(numbers.share(0.85)).toBe('85%');
  spoken = 'en';
  expect(numbers.share(0.85)).toBe('85%');
});

describe('dates', () => {
  test('in tables and in text', () => {
    expect(dates.dateInTable('2026-11-25')).toBe('25.11.2026');
    expect(plain(dates.dateInText('2026-11-25'))).toBe('25 листопада 2026 р.');
    expect(dates.monthAlone('2026-11')).toBe('листопад');
    spoken = 'en';
    expect(dates.dateInTable('2026-11-25')).toBe('25 Nov 2026');
    expect(dates.dateInText('2026-11-25')).toBe('25 November 2026');
  });
  test('refuse what is none', () => {
    expect(() => dates.dateInTable('25.11.2026')).toThrow(RangeError);
    expect(() => dates.dateInTable('2026-13-01')).toThrow(RangeError);
  });
  test.each([
    ['2026-10-31T22:30:00Z', '2026-11-01', '00:30', '+02:00'],
    ['2026-09-30T21:30:00Z', '2026-10-01', '00:30', '+03:00'],
    ['2026-03-29T00:59:59Z', '2026-03-29', '02:59', '+02:00'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '04:00', '+03:00'],
  ])('%s is the house’s day and hour', (time, day, hour, offset) => {
    expect(dates.localDay(time)).toBe(day);
    expect(dates.timeOfDay(time)).toBe(hour);
    expect(dates.offsetAt(time)).toBe(offset);
  });
  test('the audit’s time has seconds and offset', () => {
    expect(dates.auditTime('2026-11-25T07:05:07Z')).toBe('25.11.2026 09:05:07 +02:00');
    expect(dates.utcTitle('2026-11-25T07:05:07.123Z')).toBe('2026-11-25 07:05:07 UTC');
  });
  test('relative, up to seven days', () => {
    const now = new Date('2026-11-25T12:00:00Z');
    expect(dates.relative('2026-11-25T11:58:00Z', now)).toBe('2 хвилини тому');
    expect(dates.relative('2026-11-25T11:55:00Z', now)).toBe('5 хвилин тому');
    expect(dates.relative('2026-11-24T12:00:00Z', now)).toBe('учора');
    expect(dates.relative('2026-11-17T12:00:00Z', now)).toBe('');
    spoken = 'en';
    expect(dates.relative('2026-11-25T11:55:00Z', now)).toBe('5 minutes ago');
  });
  test('days apart, over both changes of the clock', () => {
    expect(dates.daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(dates.daysBetween('2026-10-26', '2026-10-24')).toBe(-2);
    expect(dates.addDays('2026-02-28', 1)).toBe('2026-03-01');
  });
  test.each([
    ['2026-11-25T09:05', '2026-11-25T07:05:00Z'],
    ['2026-07-01T00:00', '2026-06-30T21:00:00Z'],
    ['2026-10-25T03:30', '2026-10-25T00:30:00Z'],
    ['2026-03-29T03:30', '2026-03-29T01:30:00Z'],
  ])('%s on the house’s wall is %s', (wall, time) => expect(dates.instantOf(wall)).toBe(time));
  test('the wall clock of an instant', () => expect(dates.wallOf('2026-11-24T22:30:00Z')).toBe('2026-11-25T00:30'));
  test('weeks start on Monday', () => {
    expect(dates.weekdayIndex('2026-11-23')).toBe(0);
    expect(dates.weekdayIndex('2026-11-29')).toBe(6);
    expect(dates.weekdayShort('2026-11-25')).toBe('ср');
  });
});

test('13: names are in the order of the Ukrainian alphabet', () => {
  const sorted = ['Я', 'Ь', 'Ї', 'І', 'И', 'Є', 'Е', 'Ґ', 'Г', 'А'].sort(byName);
  expect(sorted.join('')).toBe('АГҐЕЄИІЇЬЯ');
});

test('a search sees one apostrophe, no case, and no blanks in numbers', () => {
  expect(folded("Д’Артаньян")).toBe(folded("дʼартаньян"));
  expect(folded('+380 50 111-22-00')).toBe('+380501112200');
  expect(folded('ТОВ  Рута 12')).toBe('тов рута 12');
});

test('CSV for Excel and for programs', () => {
  const rows = [['Клієнт', 'Сума'], ['ТОВ "А"; Б', 12.5], ['=1+1', -3], ['+380501112200', null]];
  expect(csv(rows, 'excel')).toBe('\ufeffКлієнт;Сума\r\n"ТОВ ""А""; Б";12,5\r\n\'=1+1;-3\r\n+380501112200;\r\n');
  expect(csv(rows, 'programs')).toBe('Клієнт,Сума\r\n"ТОВ ""А""; Б",12.5\r\n\'=1+1,-3\r\n+380501112200,\r\n');
  expect(csvName('quotas', '2026-11-25', '1,2,3')).toBe('quotas_2026-11-25_1-2-3.csv');
});
