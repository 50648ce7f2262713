import { describe, expect, test } from 'vitest';
import type { ListedAct } from './answers.js';
import { dataOf, emptyFields, kFields, stepsOf, wrongOf } from './steps.js';

const act: ListedAct = {
  act_id: 'act-1',
  client_id: 'c-1',
  manager_id: 'm-1',
  from: '2026-11-01',
  to: '2026-11-30',
  closing: { amount_minor: 1500000, currency: 'UAH' },
  state: 'sent',
  drafted_at: '0:1',
};
const whose = { act_id: 'act-1', client_id: 'c-1', manager_id: 'm-1' };
const filled = { ...emptyFields('2026-11-30'), by: ' Олена Мороз ', ours: 'Олена Коваль', authority: 'статут', closing: '14 999,50', document: '' };

test('an act goes on from where it is, and ends signed', () => {
  expect(stepsOf('drafted')).toEqual(['sent', 'signed']);
  expect(stepsOf('sent')).toContain('disagreed');
  expect(stepsOf('signed')).toEqual([]);
});

test('no form asks for more than four things', () => {
  for (const fields of Object.values(kFields)) expect(fields.length).toBeLessThanOrEqual(4);
});

describe('what is recorded', () => {
  test('of a sent one', () => expect(dataOf('sent', act, filled)).toEqual({ ...whose, sent_on: '2026-11-30', channel: 'email' }));
  test('of a confirmed one', () => expect(dataOf('confirmed', act, filled)).toEqual({ ...whose, confirmed_on: '2026-11-30', confirmed_by: 'Олена Мороз' }));
  test('by the manager who does it, whoever drafted the act', () => expect(dataOf('sent', act, filled, 'm-2')).toMatchObject({ act_id: 'act-1', manager_id: 'm-2' }));
  test('of a signed one', () =>
    expect(dataOf('signed', act, filled)).toEqual({ ...whose, signed_on: '2026-11-30', our_signatory: 'Олена Коваль', their_signatory: 'Олена Мороз', their_authority: 'статут' }));
  test('of one that they see otherwise, with the document only where it is named', () => {
    const theirs = { amount_minor: 1499950, currency: 'UAH' };
    expect(dataOf('disagreed', act, filled)).toEqual({ ...whose, their_closing: theirs });
    expect(dataOf('disagreed', act, { ...filled, document: 'РФ-7' })).toEqual({
      ...whose,
      their_closing: theirs,
      differences: [{ kind: 'amount', document: 'РФ-7', ours: act.closing, theirs }],
    });
  });
});

test('what is wrong is named', () => {
  expect(wrongOf('signed', emptyFields('2026-11-30'))).toEqual(['ours', 'by', 'authority']);
  expect(wrongOf('sent', emptyFields(''))).toEqual(['day']);
  expect(wrongOf('disagreed', { ...filled, closing: 'багато' })).toEqual(['closing']);
  expect(wrongOf('disagreed', filled)).toEqual([]);
});
