import { beforeAll, describe, expect, test } from 'vitest';
import { speak } from '../../format/locale.js';
import { faultsOf, type Form, type Values } from '../../outbox/forms.js';
import type { Reason, Row } from './answers.js';
import { dropForm, resultForm, snoozeForm, staysAfterSnooze } from './outcomes.js';

beforeAll(() => speak(() => 'uk'));
const now = new Date('2026-11-27T09:00:00Z');
const known = { manager: 'm-1', now };
const say = { amount: 'amount', past: 'past', date: 'date' };
const reason = (why: Reason['why'], tier: number, id?: string): Reason => ({ why, tier, id, why_uk: why, why_en: why, duty_id: 'd', days: 1, overdue_days: 0 });
const row = (...reasons: Reason[]): Row => ({ client_id: 'c-1', name: 'Ромашка', tier: 0, payment_only: false, paid_12_months_minor: 0, reasons });
const made = (form: Form, values: Values) => form.make({ ...form.start, ...values }, { id: 'f', now });

test('the result of a call needs its call and one press', () => {
  const form = resultForm(row(reason('silence', 7)), [{ call_id: 'k-1', label: '10:00' }], known);
  expect(faultsOf(form.fields, { ...form.start, result: 'deal' }, say)).toEqual([]);
  expect(made(form, { result: 'callback', on: '2026-12-01' })).toEqual([
    { type: 'call.result_recorded', time: now, data: { client_id: 'c-1', manager_id: 'm-1', call_id: 'k-1', result: 'callback', next_on: '2026-12-01' } },
  ]);
  const none = resultForm(row(reason('silence', 7)), [], known);
  expect(faultsOf(none.fields, { ...none.start, result: 'deal' }, say).map((each) => each.field)).toEqual(['call']);
});

describe('to put off', () => {
  test('needs a later day and a reason', () => {
    const form = snoozeForm(row(reason('silence', 7)), known);
    expect(faultsOf(form.fields, { due: '2026-11-27', reason: '' }, say).map((each) => each.field)).toEqual(['due', 'reason']);
  });
  test('moves the contact that is planned', () => {
    const form = snoozeForm(row(reason('silence', 7), reason('follow_up', 4, 'follow-1')), known);
    expect(made(form, { due: '2026-12-02', reason: 'у відпустці' })).toEqual([
      { type: 'follow_up.postponed', time: now, data: { follow_up_id: 'follow-1', client_id: 'c-1', manager_id: 'm-1', due_on: '2026-12-02', reason: 'у відпустці' } },
    ]);
  });
  test('or plans one and moves it: two events of one press', () => {
    const events = made(snoozeForm(row(reason('silence', 7)), known), { due: '2026-12-02', reason: 'просили' });
    expect(events.map((each) => [each.type, each.data.follow_up_id, each.data.due_on])).toEqual([
      ['follow_up.set', 'follow-f', '2026-11-27'],
      ['follow_up.postponed', 'follow-f', '2026-12-02'],
    ]);
  });
  test('does not move what has a day of its own', () => {
    const all = row(reason('inquiry', 0, 'i-1'), reason('follow_up', 4, 'f-1'), reason('silence', 7));
    expect(staysAfterSnooze(all).map((each) => each.why)).toEqual(['inquiry']);
  });
});

describe('what is not wanted any more', () => {
  const each: [Reason['why'], string, string][] = [
    ['follow_up', 'follow_up.done', 'follow_up_id'],
    ['callback', 'follow_up.done', 'follow_up_id'],
    ['inquiry', 'inquiry.answered', 'inquiry_id'],
    ['arrival', 'stock_promise.kept', 'case_id'],
    ['meeting', 'meeting.missed', 'meeting_id'],
    ['complaint_late', 'complaint.rejected', 'complaint_id'],
  ];
  test.each(each)('%s is settled by %s', (why, type, member) => {
    const [event] = made(dropForm(row(reason('silence', 7), reason(why, 0, 'id-1')), known), { reason: 'бо так' });
    expect(event!.type).toBe(type);
    expect(event!.data[member]).toBe('id-1');
    expect(Object.values(event!.data)).toContain('бо так');
  });
  test('or the client himself, where nothing else can be', () => {
    const form = dropForm(row(reason('promise_broken', 0, 'p-1')), known);
    expect(made(form, { reason: 'закрились' })).toEqual([{ type: 'client.lost', time: now, data: { client_id: 'c-1', manager_id: 'm-1', reason: 'закрились' } }]);
  });
});
