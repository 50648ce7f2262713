import { expect, test } from 'vitest';
import { compare } from './versions.js';

const body = JSON.stringify({
  id: 'i',
  type: 'org.salesledger.offer.phoned.v1',
  time: '2026-11-27T09:00:00.000Z',
  data: { subject: 'папір', amount: { amount_minor: 100, currency: 'UAH' } },
});

test('both versions stand side by side, and what differs is marked', () => {
  const lines = compare({ body }, {
    type: 'org.salesledger.offer.phoned.v1',
    time: '2026-11-27T09:00:00Z',
    data: { subject: 'фарба', amount: { amount_minor: 100, currency: 'UAH' }, call_id: 'k' },
  });
  expect(lines.filter((each) => each.differs)).toEqual([
    { name: 'subject', mine: 'папір', theirs: 'фарба', differs: true },
    { name: 'call_id', mine: '', theirs: 'k', differs: true },
  ]);
});

test('what the ledger has may be unknown: then nothing is said to differ', () => {
  expect(compare({ body }, undefined).some((each) => each.differs)).toBe(false);
});
