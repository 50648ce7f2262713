import { expect, test } from 'vitest';
import type { Fact, Free, Proposal } from './answers.js';
import { changesOf, exactOf, lacksOnlyManager, likenessOf, preset, proposalsOf, remainderOf, sameKey } from './inbox.js';

const proposal = (more: Partial<Proposal> = {}): Proposal => ({ client_id: 'c-1', score: 65, reasons: ['invoice_number', 'amount'], ...more });
const fact = (position: string, more: Partial<Fact> = {}): Fact => ({
  position,
  type: 'payment.received',
  source: 'bank/main',
  id: position,
  time: '2026-11-25T09:00:00Z',
  age_days: 1,
  ...more,
});

test.each([[100, 'certain'], [80, 'certain'], [79, 'likely'], [60, 'likely'], [59, 'probable'], [40, 'probable'], [39, 'possible'], [0, 'possible']] as const)(
  'a score of %i is %s',
  (score, word) => expect(likenessOf(score)).toBe(word),
);

test('three proposals at most', () => {
  const many = fact('0:1', { proposals: ['a', 'b', 'c', 'd'].map((client_id) => proposal({ client_id })) });
  expect(proposalsOf(many).map((each) => each.client_id)).toEqual(['a', 'b', 'c']);
  expect(proposalsOf(fact('0:1'))).toEqual([]);
});

test('exact is one proposal, recognised and of the same sum, with nothing against it', () => {
  expect(exactOf(fact('0:1', { proposals: [proposal()] }))?.client_id).toBe('c-1');
  expect(exactOf(fact('0:1', { proposals: [proposal({ reasons: ['amount'] })] }))).toBeUndefined();
  expect(exactOf(fact('0:1', { proposals: [proposal({ reasons: ['tax_code'] })] }))).toBeUndefined();
  expect(exactOf(fact('0:1', { proposals: [proposal(), proposal({ client_id: 'c-2' })] }))).toBeUndefined();
  expect(exactOf(fact('0:1', { proposals: [proposal()], rejected: [{ client_id: 'c-3', reason: 'x', position: '0:9' }] }))).toBeUndefined();
  expect(exactOf(fact('0:1', { proposals: [proposal()], taken_back: 1 }))).toBeUndefined();
  expect(exactOf(fact('0:1', { proposals: [proposal()], counts_for: { client_id: 'c-2', position: '0:3' } }))).toBeUndefined();
});

test('whose client is known lacks its manager alone', () => {
  expect(lacksOnlyManager(fact('0:1', { causes: ['unknown_extension'] }))).toBe(true);
  expect(lacksOnlyManager(fact('0:1', { causes: ['unknown_client', 'unknown_extension'] }))).toBe(false);
  expect(lacksOnlyManager(fact('0:1'))).toBe(false);
});

test('rows of the same number', () => {
  const rows = [fact('0:1', { key: '+380' }), fact('0:2', { key: '+380' }), fact('0:3'), fact('0:4')];
  expect(sameKey(rows, rows[0]!).map((each) => each.position)).toEqual(['0:2']);
  expect(sameKey(rows, rows[2]!)).toEqual([]);
});

test('what came waits, what is gone is told, and what was decided here is neither', () => {
  const shown = [fact('0:1'), fact('0:2'), fact('0:3')];
  const changes = changesOf(shown, [fact('0:3'), fact('0:4')], (position) => position === '0:1');
  expect(changes.came).toBe(1);
  expect([...changes.gone]).toEqual(['0:2']);
});

const free = (more: Partial<Free> = {}): Free => ({
  client_id: 'c-1',
  source: 'bank/main',
  id: 'p-1',
  since: '2026-11-25',
  currency: 'UAH',
  free_minor: 10_000,
  age_days: 0,
  invoices: [
    { invoice_id: 'i-1', number: '1', due_on: '2026-11-30', open_minor: 6000, pays_minor: 6000, score: 60, reasons: ['named_invoice'] },
    { invoice_id: 'i-2', number: '2', due_on: '2026-12-30', open_minor: 9000, pays_minor: 4000, score: 10, reasons: ['next_in_order'] },
  ],
  ...more,
});

test('the remainder of free money, to the kopeck', () => {
  expect(remainderOf(free(), [])).toEqual({ chosen: 0n, left: 10_000n, wrong: undefined });
  expect(remainderOf(free(), [{ invoice_id: 'i-1', minor: '6000' }, { invoice_id: 'i-2', minor: '4000' }])).toEqual({ chosen: 10_000n, left: 0n, wrong: undefined });
  expect(remainderOf(free(), [{ invoice_id: 'i-1', minor: '6000' }, { invoice_id: 'i-2', minor: '4001' }]).wrong).toBe('over');
  expect(remainderOf(free(), [{ invoice_id: 'i-1', minor: '6001' }]).wrong).toBe('bad');
  for (const minor of [null, '0', '-5']) expect(remainderOf(free(), [{ invoice_id: 'i-1', minor }]).wrong).toBe('bad');
});

test('only what the payer named is chosen beforehand', () => {
  expect(preset(free())).toEqual([{ invoice_id: 'i-1', minor: '6000' }]);
});
