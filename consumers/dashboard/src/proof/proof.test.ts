import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { leafHash } from './leaf.js';
import { remember, rememberReceipt, toldOf } from './memory.js';
import { isStoredLine, keptWith, verdictOf, type Told } from './verdict.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const seen = (hash: string): Told => ({ hash, how: 'seen', at: '2026-11-25T12:00:00Z' });
const receipt = (hash: string): Told => ({ hash, how: 'receipt', at: '2026-11-25T11:00:00Z' });

test('a leaf is SHA-256 of a zero byte and the line', async () => {
  // RFC 6962 and 9162: the leaf of nothing.
  expect(await leafHash(bytes(''))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  const line = '{"id":"подія"}';
  expect(await leafHash(bytes(line))).toBe(createHash('sha256').update(Buffer.concat([Buffer.from([0]), Buffer.from(line)])).digest('hex'));
});

test('one flipped byte is another leaf', async () => {
  const line = bytes('{"id":"call-1"}');
  const flipped = line.slice();
  flipped[5]! ^= 1;
  expect(await leafHash(flipped)).not.toBe(await leafHash(line));
});

test('nothing told before is the server’s word alone', () => {
  expect(verdictOf('aa', [], false)).toEqual({ kind: 'claim' });
});

test('what agrees with what was told is checked, and one that differs outweighs it', () => {
  expect(verdictOf('aa', [receipt('aa'), seen('aa')], false).kind).toBe('checked');
  expect(verdictOf('aa', [seen('aa'), receipt('bb')], false)).toEqual({ kind: 'mismatch', told: receipt('bb'), now: 'aa' });
});

test('a masked line is compared with nothing', () => {
  expect(verdictOf('aa', [seen('bb')], true)).toEqual({ kind: 'masked' });
  expect(isStoredLine('application/cloudevents+json')).toBe(true);
  expect(isStoredLine('application/json')).toBe(false);
});

test('the first that was told stays', () => {
  expect(keptWith([seen('aa')], seen('bb'))).toEqual([seen('aa')]);
  expect(keptWith([seen('aa')], receipt('bb'))).toEqual([seen('aa'), receipt('bb')]);
});

test('the memory keeps what was told first, and the receipt beside it', async () => {
  await remember('1:5', seen('aa'));
  await remember('1:5', seen('bb'));
  await rememberReceipt({ position: '1:5', leaf_hash: 'cc' });
  await rememberReceipt({ position: '1:6' });
  expect((await toldOf('1:5')).map((each) => [each.how, each.hash])).toEqual([['seen', 'aa'], ['receipt', 'cc']]);
  expect(await toldOf('1:6')).toEqual([]);
});
