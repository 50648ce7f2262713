import { beforeEach, describe, expect, test } from 'vitest';
import { csv } from '../../format/csv.js';
import { speak } from '../../format/locale.js';
import { faultsOf } from '../../outbox/forms.js';
import { m } from '../../paraglide/messages.js';
import { kKinds, type Kind, type Obligation } from './answers.js';
import { cellsOf, dueOf, headOf, kindWord, rowFor, stateWords, textOf } from './owed.js';
import { canSettle, placeOf, settleForm, settleWord } from './settle.js';

beforeEach(() => speak(() => 'uk'));
const now = new Date('2026-11-27T09:00:00Z');
const say = { amount: 'amount', past: 'past', date: 'date' };
const owed = (more: Partial<Obligation> = {}): Obligation => ({
  duty_id: 'complaints.resolved',
  kind: 'complaint',
  id: 'q-1',
  state: 'overdue',
  due_on: '2026-11-24',
  days_late: 3,
  client_id: 'c-1',
  client_name: 'ТОВ «Калина»',
  text: 'Пошкоджена тара',
  manager_id: 'm-1',
  manager_name: 'Олена Коваль',
  position: '0:1',
  ...more,
});

test.each([
  ['2026-11-26', 'late'],
  ['2026-11-27', 'today'],
  ['2026-11-28', 'week'],
  ['2026-12-04', 'week'],
  ['2026-12-05', 'later'],
  [undefined, 'undated'],
] as const)('due %s is %s', (due_on, due) => expect(dueOf({ due_on }, '2026-11-27')).toBe(due));

test('each kind has its word in both languages', () => {
  for (const kind of kKinds) {
    speak(() => 'uk');
    const uk = kindWord(kind);
    speak(() => 'en');
    expect([uk, kindWord(kind)]).not.toContain(kind);
  }
});

test('what is owed is told in words: whose text, which sum, how late', () => {
  expect(textOf(owed({ amounts: [{ amount_minor: 100_000, currency: 'UAH' }] })).replace(/\u00a0/g, ' ')).toBe('Пошкоджена тара · 1 000,00 ₴');
  expect(textOf(owed({ text: 'є сальдо', text_uk: 'є сальдо', text_en: 'there is a balance' }))).toBe('є сальдо');
  expect(stateWords(owed())).toBe('прострочено на 3 дні');
  expect(stateWords(owed({ state: 'open', progress: 'sent', progress_uk: 'надіслано' }))).toBe('надіслано');
  expect(stateWords(owed({ state: 'done', done_on: '2026-11-25' }))).toBe('виконано 25.11.2026');
});

test('a file has the cells of the table, its dates as its reader has them', () => {
  expect(cellsOf(owed())).toHaveLength(headOf().length);
  expect(csv([rowFor('excel', owed())], 'excel')).toContain('24.11.2026;Скарга;Пошкоджена тара;c-1;ТОВ «Калина»;Олена Коваль');
  expect(csv([rowFor('programs', owed())], 'programs')).toContain('2026-11-24,Скарга,Пошкоджена тара,c-1,ТОВ «Калина»,Олена Коваль');
});

describe('what settles it', () => {
  const ways: [Kind, string, string][] = [
    ['complaint', 'complaint.resolved', 'complaint_id'],
    ['arrival', 'stock_promise.kept', 'case_id'],
    ['consultation', 'consultation.answered', 'consultation_id'],
    ['errand', 'task.done', 'task_id'],
    ['information', 'information.supplied', 'request_id'],
    ['notice', 'service.acknowledged', 'notice_id'],
    ['follow_up', 'follow_up.done', 'follow_up_id'],
    ['inquiry', 'inquiry.answered', 'inquiry_id'],
    ['meeting', 'meeting.held', 'meeting_id'],
    ['tender', 'tender.bid_submitted', 'tender_id'],
    ['document', 'document.returned', 'document_id'],
    ['explanation', 'explanation.given', 'breach_id'],
  ];
  test.each(ways)('%s: %s', (kind, type, member) => {
    const [event] = settleForm(owed({ kind }), 'm-9').make({ words: 'зроблено' }, { id: 'f', now });
    expect(event!.type).toBe(type);
    expect(event!.data[member]).toBe('q-1');
  });
  test('a debt is acted upon, whose it is not being settled by words', () => {
    const [event] = settleForm(owed({ kind: 'collection' }), undefined).make({ words: '' }, { id: 'f', now });
    expect(event).toEqual({ type: 'collection.action_taken', time: now, data: { client_id: 'c-1', manager_id: 'm-1', action: 'call' } });
  });
  test('each kind is settled here, or elsewhere', () => {
    for (const kind of kKinds) expect([kind, canSettle(owed({ kind })) !== (placeOf(kind) !== undefined)]).toEqual([kind, true]);
    expect(canSettle(owed({ state: 'done' }))).toBe(false);
  });
  test('a dispute ends by one of three words, which is the head’s', () => {
    const dispute = owed({ kind: 'dispute' });
    expect([undefined, 'head', 'manager'].map((role) => canSettle(dispute, role))).toEqual([true, true, false]);
    const form = settleForm(dispute, 'm-9');
    expect(form.fields[0]!.options!.map((each) => each.value)).toEqual(['upheld', 'rejected', 'withdrawn']);
    expect(faultsOf(form.fields, { words: '' }, say)).toHaveLength(1);
    expect(form.label({ words: 'rejected' })).toContain(m.audit_word_rejected());
    const [event] = form.make({ words: 'rejected' }, { id: 'f', now });
    expect(event).toMatchObject({ type: 'dispute.closed', data: { dispute_id: 'q-1', client_id: 'c-1', outcome: 'rejected' } });
  });
  test('a complaint and a breach are not settled without words', () => {
    for (const kind of ['complaint', 'explanation'] as const) {
      expect(faultsOf(settleForm(owed({ kind }), 'm-1').fields, { words: ' ' }, say)).toHaveLength(1);
    }
    expect(settleWord('explanation')).not.toBe(settleWord('complaint'));
  });
});
