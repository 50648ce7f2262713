import { beforeAll, describe, expect, test } from 'vitest';
import { speak } from '../../format/locale.js';
import { faultsOf } from '../../outbox/forms.js';
import type { Entry } from './answers.js';
import { correctionForm, recordForm, type Known } from './forms.js';
import { kRecordKinds } from './record_kinds.js';

beforeAll(() => speak(() => 'uk'));

const now = new Date('2026-11-27T09:00:31Z');
const known: Known = {
  client: { id: 'c-1', name: 'ТОВ «Ромашка»' },
  manager: 'm-1',
  managers: [],
  people: [{ person_id: 'p-1', name: 'Ірина Бондар', role: 'decision_maker', may_be_reached: true, position: '0:1' }],
  debts: [{ currency: 'UAH', balance_minor: 9_000_000, overdue_minor: 4_500_000 }],
  calls: [{ call_id: 'k-9', label: '10:58' }],
  now,
};
const say = { amount: 'amount', past: 'past', date: 'date' };
const make = (kind: (typeof kRecordKinds)[number], values: Record<string, string>) => {
  const form = recordForm(kind, known);
  return form.make({ ...form.start, ...values }, { id: 'form-1', now })[0]!;
};

test.each(kRecordKinds)('%s asks for four things at most, in both languages', (kind) => {
  for (const language of ['en', 'uk'] as const) {
    speak(() => language);
    expect(recordForm(kind, known).fields.length).toBeLessThanOrEqual(4);
  }
});

describe('a phoned offer', () => {
  test('needs only what was offered; the rest is known', () => {
    const form = recordForm('offer.phoned', known);
    expect(faultsOf(form.fields, { ...form.start, subject: 'папір А4' }, say)).toEqual([]);
    expect(make('offer.phoned', { subject: 'папір А4' })).toEqual({
      type: 'offer.phoned',
      time: now,
      data: { client_id: 'c-1', manager_id: 'm-1', subject: 'папір А4', call_id: 'k-9' },
    });
  });
  test('has an amount where one is told', () =>
    expect(make('offer.phoned', { subject: 'x', amount: '15 000,00' }).data.amount).toEqual({ amount_minor: 1_500_000, currency: 'UAH' }));
});

test('a meeting is at the moment of pressing, or when somebody says it was', () => {
  expect(make('meeting.held', { topic: 'умови' }).time).toBe(now);
  expect(make('meeting.held', { topic: 'умови', when: '2026-11-26T15:00' }).time.toISOString()).toBe('2026-11-26T13:00:00.000Z');
  expect(make('meeting.held', { topic: 'умови', with: 'Бондар; Коваль' }).data.participants).toEqual(['Бондар', 'Коваль']);
});

test('a promise is first of what is overdue, three days from today, by who decides', () => {
  expect(make('promise_to_pay.made', {}).data).toEqual({
    promise_id: 'promise-form-1',
    client_id: 'c-1',
    manager_id: 'm-1',
    made_on: '2026-11-27',
    due_on: '2026-11-30',
    amount: { amount_minor: 4_500_000, currency: 'UAH' },
    person_id: 'p-1',
  });
});

test('a complaint has its day', () =>
  expect(make('complaint.opened', { text: 'зім’яті пачки' }).data).toEqual({
    complaint_id: 'complaint-form-1',
    client_id: 'c-1',
    manager_id: 'm-1',
    kind: 'quality',
    text: 'зім’яті пачки',
    due_on: '2026-12-02',
  }));

test('the same press is the same event', () => {
  expect(JSON.stringify(make('complaint.opened', { text: 'x' }))).toBe(JSON.stringify(make('complaint.opened', { text: 'x' })));
});

test('a correction says what holds now, keeps what it does not show, and clears what was cleared', () => {
  const entry = { source: 'people/o.savchuk', id: 'e-1' } as Entry;
  const data = { client_id: 'c-1', manager_id: 'm-2', topic: 'умови', place: 'офіс', outcome: 'домовились', participants: ['Бондар'] };
  const form = correctionForm(entry, 'meeting.held', data, known);
  expect(form.start).toEqual({ topic: 'умови', with: 'Бондар', outcome: 'домовились', reason: '' });
  expect(faultsOf(form.fields, form.start, say).map((each) => each.field)).toEqual(['reason']);
  const [made] = form.make({ ...form.start, outcome: '', topic: 'ціни', reason: 'помилка' }, { id: 'f', now });
  expect(made!.data).toEqual({
    target_source: 'people/o.savchuk',
    target_id: 'e-1',
    reason: 'помилка',
    manager_id: 'm-1',
    data: { client_id: 'c-1', manager_id: 'm-2', topic: 'ціни', place: 'офіс', participants: ['Бондар'] },
  });
});
