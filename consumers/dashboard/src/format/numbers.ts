import { locale, perLocale } from './locale.js';

const whole = perLocale((intl) => new Intl.NumberFormat(intl, { maximumFractionDigits: 0 }));
const oneDigit = perLocale(
  (intl) => new Intl.NumberFormat(intl, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);
const percent = perLocale(
  (intl) => new Intl.NumberFormat(intl, { style: 'percent', maximumFractionDigits: 0 }),
);
const compact = perLocale(
  (intl) =>
    new Intl.NumberFormat(intl, { notation: 'compact', minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);
const cell = perLocale(
  (intl) => new Intl.NumberFormat(intl, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
);
const all = perLocale((intl) => new Intl.NumberFormat(intl, { maximumFractionDigits: 6 }));
const allPercent = perLocale((intl) => new Intl.NumberFormat(intl, { style: 'percent', maximumFractionDigits: 2 }));

type Digits = Intl.StringNumericLiteral;

/** 12 345 */
export function count(value: number): string {
  return whole().format(value);
}

/** 0,4: of seconds and of shares of a day. */
export function tenths(value: number): string {
  return oneDigit().format(value);
}

/** 85%, of a share of 1. */
export function share(value: number): string {
  return percent().format(value);
}

/** 41,2345: with each digit that it has. */
export function precise(value: number): string {
  return all().format(value);
}

/** 2,5 % of 0.025: to the hundredth of a per cent. */
export function precisePercent(value: number): string {
  return allPercent().format(value);
}

/** What is told in minor units, as decimal text: "123456780" or 123456780 -> "1234567.80". Never a float. */
export function minorToDecimal(minor: number | string, digits = 2): string {
  const text = String(minor);
  if (!/^-?\d+$/.test(text)) throw new RangeError(`'${text}' is no amount in minor units`);
  const negative = text.startsWith('-');
  const bare = (negative ? text.slice(1) : text).padStart(digits + 1, '0');
  const point = bare.length - digits;
  const decimal = digits === 0 ? bare : `${bare.slice(0, point)}.${bare.slice(point)}`;
  return negative ? `-${decimal}` : decimal;
}

/** Money of a table's cell; the currency is in the header. */
export function moneyInCell(minor: number | string): string {
  return cell().format(minorToDecimal(minor) as Digits).replace(/^-/, '−');
}

const inText = new Map<string, Intl.NumberFormat>();

/** Money in a sentence: "1 234 567,80 ₴", "UAH 1,234,567.80". */
export function moneyInText(minor: number | string, currency: string): string {
  const spoken = locale();
  const key = `${spoken} ${currency}`;
  let format = inText.get(key);
  if (!format) {
    const currencyDisplay = spoken === 'uk' && currency === 'UAH' ? 'narrowSymbol' : 'code';
    const intl = spoken === 'uk' ? 'uk-UA' : 'en-GB';
    format = new Intl.NumberFormat(intl, { style: 'currency', currency, currencyDisplay });
    inText.set(key, format);
  }
  return format.format(minorToDecimal(minor) as Digits);
}

/** "1,2 млн": for a tile, with the exact amount beside it. */
export function moneyOnTile(minor: number | string): string {
  return compact().format(minorToDecimal(minor) as Digits);
}

/**
 * What a person typed or pasted as an amount, in minor units; null where it is none. Comma or point,
 * blanks of any kind, ' as a separator of thousands.
 */
export function minorOfInput(input: string): string | null {
  const bare = input.replace(/[\s\u00a0\u202f'’]/g, '').replace(/−/g, '-').replace(',', '.');
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(bare);
  if (!match) return null;
  const minor = `${match[2]}${(match[3] ?? '').padEnd(2, '0')}`.replace(/^0+(?=\d)/, '');
  return minor === '0' ? '0' : `${match[1]}${minor}`;
}
