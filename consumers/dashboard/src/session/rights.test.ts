import { expect, test } from 'vitest';
import { amends, seesHouse, seesLog, seesLooks, speaker, takesBack } from './rights.js';

const as = (role: 'manager' | 'head' | 'auditor' | 'admin', departments: string[] = []) => ({ access: 'on', role, principal: 'o.koval', departments, ...(role === 'admin' ? {} : { manager_id: 'm-1' }) }) as const;
const all = [as('manager'), as('head', ['гурт']), as('head', ['*']), as('auditor'), as('admin')];

test('what is of the whole house is offered to whom the server answers', () => {
  expect(all.map(seesLog)).toEqual([false, false, false, true, true]);
  expect(all.map(seesHouse)).toEqual([false, false, true, true, true]);
  expect(all.map(seesLooks)).toEqual([false, true, true, true, true]);
  expect([undefined].map(seesLog)).toEqual([false]);
  expect(all.map(speaker)).toEqual(['m-1', undefined, undefined, undefined, undefined]);
});

test('a manager takes back what is his own, a head what others told', () => {
  expect(['people/o.koval', 'ledger/matching', 'people/o.lysenko'].map((source) => amends(as('manager'), source))).toEqual([true, false, false]);
  expect(amends(as('head'), 'ledger/matching')).toBe(true);
});

test('a contract or a payment is taken back by two people, where somebody is asked who he is', () => {
  const bank = { source: 'bank/main', kind: 'payment' };
  expect(all.map((who) => takesBack(who, bank))).toEqual(['propose', 'propose', 'propose', 'propose', 'propose']);
  expect(takesBack({ ...as('admin'), access: 'off' }, { source: 'crm/main', kind: 'contract' })).toBe('void');
  expect(takesBack(as('manager'), { source: 'people/o.koval', kind: 'contract' })).toBe('propose');
});

test('what others told is a head’s to take back, and the ledger’s own word nobody’s', () => {
  const call = { source: 'asterisk/main', kind: 'call' };
  expect(all.map((who) => takesBack(who, call))).toEqual(['head', 'void', 'void', 'void', 'head']);
  // Nobody decides without a name of his: an administrator who is no manager, and who is not asked who he is.
  expect(takesBack({ ...as('admin'), access: 'off' }, call)).toBe('head');
  expect(takesBack(as('admin'), { source: 'people/o.koval', kind: 'call' })).toBe('void');
  expect(takesBack(as('manager'), { source: 'people/o.koval', kind: 'meeting' })).toBe('void');
  expect(takesBack(as('admin'), { source: 'ledger/dunning', kind: 'dunning' })).toBe('nobody');
});
