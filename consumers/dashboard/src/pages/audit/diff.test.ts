import { expect, test } from 'vitest';
import { difference, leavesOf, noise } from './diff.js';

const leaves = (answer: unknown) => leavesOf(answer, noise('en'));

test('only what differs is told', () => {
  const before = leaves({ client: { name: 'Рута', owner: 'm-1', phones: ['+380501112233'] }, position: '1,2' });
  const after = leaves({ client: { name: 'Рута', owner: 'm-2', phones: ['+380501112233'], segment: 'retail' }, position: '3,4' });
  expect(difference(before, after)).toEqual([
    { path: ['client', 'owner'], before: 'm-1', after: 'm-2' },
    { path: ['client', 'segment'], before: undefined, after: 'retail' },
  ]);
  expect(difference(before, before)).toEqual([]);
});

test('an element of a list is known by its name, not by its place', () => {
  const a = leaves({ contracts: [{ contract_id: 'k-1', number: '1' }, { contract_id: 'k-2', number: '2' }] });
  const b = leaves({ contracts: [{ contract_id: 'k-2', number: '2' }] });
  expect(difference(a, b).map((each) => each.path)).toEqual([['contracts', 'k-1', 'contract_id'], ['contracts', 'k-1', 'number']]);
});

test('two of the same name stay two, and the other language is left out', () => {
  const answer = { owners: [{ manager_id: 'm-1', days: 1 }, { manager_id: 'm-1', days: 2 }], text_uk: 'так', text_en: 'yes', duty_ids: ['x'] };
  expect([...leaves(answer).keys()].map((each) => each.split('\u0000').join('.'))).toEqual([
    'owners.m-1.manager_id', 'owners.m-1.days', 'owners.m-1 #2.manager_id', 'owners.m-1 #2.days', 'text_uk',
  ]);
});

test('false and zero are values, absence is none', () => {
  expect(difference(leaves({ stopped: false, debt: 0 }), leaves({ debt: 0 }))).toEqual([{ path: ['stopped'], before: false, after: undefined }]);
});

test('of an event nothing is left out', () => {
  expect([...leavesOf({ was: { position: '3:1' }, text_en: 'x' }).values()]).toEqual(['3:1', 'x']);
});
