import { dateInTable } from '../../format/dates.js';
import { locale } from '../../format/locale.js';
import { moneyInText } from '../../format/numbers.js';
import { m } from '../../paraglide/messages.js';
import { codeWords } from './code_words.js';
import type { Entry } from './answers.js';

const word = (code: string) => codeWords[code]?.() ?? code;

function talk(seconds: number): string {
  return seconds < 60 ? m.client_talk_seconds({ s: seconds }) : m.client_talk_minutes({ min: Math.floor(seconds / 60), s: seconds % 60 });
}

// Ids of machines and names of rules say nothing to people: they are among the details.
const isMachine = (text: string) => (/^[^\s]*[/:][^\s]*$/.test(text) && !text.includes('@')) || /^[a-z_]+\.v\d+$/.test(text);

function textOf(entry: Entry): string {
  if (!entry.text) return '';
  return locale() === 'uk' && entry.text_uk ? entry.text_uk : word(entry.text);
}

function detailOf(entry: Entry): string {
  const { detail } = entry;
  if (!detail || detail === entry.id || isMachine(detail)) return '';
  if (locale() === 'uk' && entry.detail_uk) return entry.detail_uk;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(detail)) return word(detail);
  return entry.kind === 'invoice' ? m.client_due({ date: dateInTable(detail) }) : dateInTable(detail);
}

/** What happened, in a line: after the word of its kind. `name`: of a manager. */
export function sentenceOf(entry: Entry, name: (id: string) => string): string {
  const parts = [
    entry.kind === 'assigned' && entry.text ? name(entry.text) : textOf(entry),
    detailOf(entry),
    entry.talk_s ? talk(entry.talk_s) : '',
    entry.amount ? moneyInText(entry.amount.amount_minor, entry.amount.currency) : '',
  ];
  if (entry.counts_as && entry.counts_as !== 'offer') parts.push(locale() === 'uk' ? (entry.counts_as_uk ?? '') : (entry.counts_as_en ?? ''));
  if (entry.days_to_answer !== undefined) parts.push(m.client_answered_after({ n: entry.days_to_answer }));
  return parts.filter((each) => each !== '').join(' · ');
}
