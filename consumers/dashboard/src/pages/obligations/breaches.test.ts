import { expect, test } from 'vitest';
import type { Breaches, Recorded } from './answers.js';
import { linesOf } from './breaches.js';

const recorded = (breach_id: string, state: Recorded['state']): Recorded => ({
  breach_id,
  manager_id: 'm-1',
  duty_id: 'offers.price_floor',
  happened_on: '2026-11-20',
  state,
  text: 'ціна нижча за найменшу',
  position: '0:1',
  explanations: [],
});
const data: Breaches = {
  position: '1',
  as_of: '2026-11-27',
  from: '2026-11-01',
  to: '2026-11-27',
  segments: [
    {
      manager_id: 'm-1',
      duty_id: 'segments.separation',
      severity: 'breach',
      since: '2026-11-02',
      until: '2026-11-02',
      client: { client_id: 'c-1', client_name: 'ТОВ «Калина»', segment: 'retail', by: 'act' },
      other: { client_id: 'c-2', segment: 'corporate', by: 'owner' },
      other_clients: 5,
    },
  ],
  offers: [{ duty_id: 'offers.price_floor', text_uk: 'ціна', text_en: 'price', breach_ids: ['b-1'] }],
  contracts: [{ manager_id: 'm-1', duty_id: 'contracts.authority', signed_on: '2026-11-03', client_id: 'c-3', number: '1', text_uk: 'договір', text_en: 'contract', position: '0:9' }],
  register: [recorded('b-1', 'explained'), recorded('b-2', 'open')],
  total: 5,
};

test('a breach that was recorded leads to its explanation, also from where a rule found it', () => {
  const lines = linesOf(data);
  expect(lines.map((each) => each.state)).toEqual(['explained', 'open', 'found', 'explained', 'found']);
  expect(lines[3]!.recorded?.breach_id).toBe('b-1');
});

test('both sides of the trade are told in both languages, with both clients', () => {
  const segment = linesOf(data)[2]!;
  expect(segment.text_uk).toContain('ще 5 клієнтів');
  expect(segment.text_en).toContain('5 more clients');
  expect(segment.clients).toEqual([{ id: 'c-1', name: 'ТОВ «Калина»' }, { id: 'c-2', name: 'c-2' }]);
});

test('no two lines have the same key', () => {
  const keys = linesOf(data).map((each) => each.key);
  expect(new Set(keys).size).toBe(keys.length);
});
