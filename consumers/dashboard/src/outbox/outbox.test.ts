import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../api/client.js';
import { networkProblem } from '../api/problem.js';
import { eventBody } from './event.js';
import { afterwards, asksFirst, backoffMs, flush, ready, type Entry, type Receipt } from './queue.js';
import { draftOf, emptyShelves, indexedDbShelf, keepDraft } from './shelf.js';

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  user: 'o.savchuk',
  path: '/v1/events',
  body: `{"id":"${id}"}`,
  contentType: 'application/cloudevents+json',
  lane: 'c-1',
  label: id,
  createdMs: Number(id.replace(/\D/g, '')),
  attempts: 0,
  nextMs: 0,
  state: 'waiting',
  ...more,
});
const taken: Answer<Receipt> = { data: { id: 'x', position: '0:1' } };
const refused = (status: number, retryAfterS?: number): Answer<Receipt> => ({
  problem: { ...networkProblem('r'), status, code: 'x', retryAfterS },
});

beforeEach(emptyShelves);

test('waits 1, 2, 4 … 60 s, and never shorter than the server asks', () => {
  const problem = networkProblem('r');
  expect([1, 2, 3, 10].map((attempts) => backoffMs(attempts, problem))).toEqual([1000, 2000, 4000, 60_000]);
  expect(backoffMs(1, { ...problem, retryAfterS: 30 })).toBe(30_000);
});

describe('after an attempt', () => {
  test('what is acknowledged is done', () => expect(afterwards(entry('e1'), taken, 0)).toBeNull());
  test.each([0, 401, 429, 500, 503, 504])('status %i is for later', (status) => {
    expect(afterwards(entry('e1'), refused(status), 5000)).toMatchObject({ state: 'waiting', attempts: 1, nextMs: 6000 });
  });
  test.each([400, 403, 409, 422])('status %i needs attention', (status) => {
    expect(afterwards(entry('e1'), refused(status), 0)).toMatchObject({ state: 'attention', attempts: 1 });
  });
});

describe('what is ready', () => {
  test('is the oldest of each lane, of this user alone', () => {
    const all = [entry('e2'), entry('e1'), entry('e3', { lane: 'c-2' }), entry('e4', { lane: 'c-3', user: 'other' })];
    expect(ready(all, 'o.savchuk', 0).map((each) => each.id)).toEqual(['e1', 'e3']);
  });
  test('is not what waits, nor what comes after it', () => {
    expect(ready([entry('e1', { nextMs: 10 }), entry('e2')], 'o.savchuk', 5)).toEqual([]);
    expect(ready([entry('e1', { state: 'attention' }), entry('e2')], 'o.savchuk', 5)).toEqual([]);
  });
});

test('one asks first only where the answer was lost', () => {
  const problem = networkProblem('r');
  expect(asksFirst(entry('e1'))).toBe(false);
  expect(asksFirst(entry('e1', { attempts: 1, problem }))).toBe(true);
  expect(asksFirst(entry('e1', { attempts: 1, problem: { ...problem, code: 'possibly-persisted', status: 503 } }))).toBe(true);
  expect(asksFirst(entry('e1', { attempts: 1, problem: { ...problem, code: 'too-many', status: 429 } }))).toBe(false);
});

test('three records without a network are three events, once each, in order, with the same bytes', async () => {
  for (const id of ['e1', 'e2', 'e3']) await indexedDbShelf.put(entry(id));
  const sent: string[] = [];
  let online = false;
  let now = 0;
  const send = async (each: Entry): Promise<Answer<Receipt>> => {
    sent.push(each.body);
    return online ? { data: { id: each.id, position: `0:${sent.length}` } } : { problem: networkProblem('r') };
  };
  await flush(indexedDbShelf, send, 'o.savchuk', () => now);
  expect(sent).toEqual(['{"id":"e1"}']);
  online = true;
  now = 1000;
  const receipts = await flush(indexedDbShelf, send, 'o.savchuk', () => now);
  expect([...receipts.keys()]).toEqual(['e1', 'e2', 'e3']);
  expect(sent.slice(1)).toEqual(['{"id":"e1"}', '{"id":"e2"}', '{"id":"e3"}']);
  expect(await indexedDbShelf.all()).toEqual([]);
});

test('another user’s entries are never sent', async () => {
  await indexedDbShelf.put(entry('e1', { user: 'other' }));
  await flush(indexedDbShelf, () => Promise.reject(new Error('sent')), 'o.savchuk', () => 0);
  expect(await indexedDbShelf.all()).toHaveLength(1);
});

test('a form keeps its id over a reload, and gives it to nobody else', async () => {
  const draft = await draftOf('meeting c-1', 'o.savchuk', { note: '' });
  await keepDraft('meeting c-1', { ...draft, fields: { note: 'доми' } });
  expect(await draftOf('meeting c-1', 'o.savchuk', { note: '' })).toEqual({ ...draft, fields: { note: 'доми' } });
  expect((await draftOf('meeting c-1', 'other', { note: '' })).id).not.toBe(draft.id);
});

test('an event says whose it is, when, and by which id', () => {
  const body = JSON.parse(
    eventBody({ id: 'i', type: 'meeting.held', data: { client_id: 'c-1' }, time: new Date(0), principal: 'o.savchuk' }),
  );
  expect(body).toMatchObject({
    id: 'i',
    source: 'people/o.savchuk',
    type: 'org.salesledger.meeting.held.v1',
    time: '1970-01-01T00:00:00.000Z',
    data: { client_id: 'c-1' },
  });
});
