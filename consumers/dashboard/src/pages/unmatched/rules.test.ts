import { expect, test } from 'vitest';
import type { RuleDecision } from './answers.js';
import { ruleName, takenBack } from './rules.js';

const later = (by: string) => ({ by, time: '2026-11-25T09:00:00Z', recorded_time: '2026-11-25T09:00:01Z', reason: 'x', position: '0:9' });
const decision = (more: Partial<RuleDecision> = {}): RuleDecision => ({
  position: '0:1',
  kind: 'matched',
  source: 'ledger/matching',
  id: 'd-1',
  time: '2026-11-25T09:00:00Z',
  recorded_time: '2026-11-25T09:00:01Z',
  rule: { name: 'matching' },
  client_id: 'c-1',
  about: { source: 'bank/a', id: 'p-1' },
  ...more,
});
test('a rule is called by its name and version', () => {
  expect(ruleName({ name: 'allocation', version: 'v5' })).toBe('allocation v5');
  expect(ruleName({ name: 'ledger/matching' })).toBe('ledger/matching');
});

test('who took it back is told, however it was done', () => {
  expect(takenBack(decision())).toBeUndefined();
  expect(takenBack(decision({ voided: later('m-1') }))?.by).toBe('m-1');
  expect(takenBack(decision({ kind: 'allocated', deallocated: later('m-2') }))?.by).toBe('m-2');
});
