import { expect, test } from 'vitest';
import { paperLink, paperOf } from './papers.js';

test.each([
  [['act', 'act-c-1 /2'], '/v1/acts/act-c-1%20%2F2?format=html&lang=uk'],
  [['report', 'm-01', '2026-10'], '/v1/reports/m-01?format=html&lang=uk&month=2026-10'],
  [['attestation', 'm-01'], '/v1/attestations/m-01?format=html&lang=uk'],
  [['ageing'], '/v1/receivables?format=html&lang=uk'],
])('%j is made at %s', (rest, link) => expect(paperLink(paperOf(rest)!, { lang: 'uk' })).toBe(link));

test('the times one looks at go along', () => {
  expect(paperLink({ form: 'ageing' }, { lang: 'en', as_of: '2026-10-31', known_at: '2026-11-01T00:00:00Z' }, 'csv')).toBe(
    '/v1/receivables?format=csv&lang=en&as_of=2026-10-31&known_at=2026-11-01T00%3A00%3A00Z',
  );
});

test.each([[[]], [['act']], [['report', 'm-01']], [['letter', '1']]])('%j is no paper', (rest) => expect(paperOf(rest)).toBeNull());
