import { locale } from './locale.js';

const collators = { uk: new Intl.Collator('uk'), en: new Intl.Collator('en') };

// Names are Ukrainian in either language, so they are in the order of the Ukrainian alphabet: А Г Ґ Е Є И І Ї.
export function byName(a: string, b: string): number {
  return collators.uk.compare(a, b);
}

/** Of words of the screen itself, in the language that it speaks. */
export function byWord(a: string, b: string): number {
  return collators[locale()].compare(a, b);
}

/** As a search compares: no case, one apostrophe, phone numbers without blanks. */
export function folded(text: string): string {
  const plain = text.normalize('NFC').toLocaleLowerCase('uk').replace(/[’ʼ`´]/g, "'").trim();
  return /^[+\d][\d\s\u00a0()-]*$/.test(plain) ? plain.replace(/[\s\u00a0()-]/g, '') : plain.replace(/\s+/g, ' ');
}
