import { beforeEach, expect, test } from 'vitest';
import { speak } from '../../format/locale.js';
import { lookWord, roleWord } from './looks.js';

beforeEach(() => speak(() => 'uk'));

test.each([
  ['/v1/clients/c-1', 'картка клієнта'],
  ['/v1/clients/c-1/timeline', 'історія клієнта'],
  ['/v1/clients', 'перелік клієнтів'],
  ['/v1/acts/preview', 'акт звірки'],
  ['/v1/log/2:57', 'подія'],
  ['/v1/log', 'журнал подій'],
  ['crm/export', 'crm/export'],
])('%s is %s', (resource, word) => expect(lookWord(resource)).toBe(word));

test('a role has its word, another system’s is said as it is', () => {
  expect([roleWord('head'), roleWord('clerk'), roleWord(undefined)]).toEqual(['керівник', 'clerk', '—']);
});
