import { describe, expect, test } from 'vitest';
import { speak } from '../format/locale.js';
import { networkProblem, problemOf, sentence } from './problem.js';
import { retrying } from './retry.js';

speak(() => 'uk');
const question = () => new Request('http://ledger.example/v1/quotas');

describe('a question', () => {
  test('is asked again while the server is busy', async () => {
    const answers = [503, 502, 200];
    let asked = 0;
    const send = retrying(async () => new Response(null, { status: answers[asked++] }), [1, 1]);
    expect((await send(question())).status).toBe(200);
    expect(asked).toBe(3);
  });
  test('is given up after the third time, with what was answered', async () => {
    let asked = 0;
    const send = retrying(async () => (++asked, new Response(null, { status: 503 })), [1, 1]);
    expect((await send(question())).status).toBe(503);
    expect(asked).toBe(3);
  });
  test('is asked again when the answer was lost', async () => {
    let asked = 0;
    const send = retrying(async () => {
      if (++asked === 1) throw new TypeError('lost');
      return new Response('{}');
    }, [1]);
    expect((await send(question())).ok).toBe(true);
  });
  test('of which the server says no is not', async () => {
    let asked = 0;
    const send = retrying(async () => (++asked, new Response(null, { status: 422 })), [1, 1]);
    expect((await send(question())).status).toBe(422);
    expect(asked).toBe(1);
  });
  test('nobody waits for is not asked again', async () => {
    const abort = new AbortController();
    let asked = 0;
    const send = retrying(async () => {
      ++asked;
      abort.abort();
      throw new TypeError('aborted');
    }, [1, 1]);
    await expect(send(new Request('http://ledger.example/', { signal: abort.signal }))).rejects.toThrow();
    expect(asked).toBe(1);
  });
});

test('a write is sent once', async () => {
  let sent = 0;
  const send = retrying(async () => (++sent, new Response(null, { status: 503 })), [1, 1]);
  await send(new Request('http://ledger.example/v1/events', { method: 'POST', body: '{}' }));
  expect(sent).toBe(1);
});

describe('a problem', () => {
  test('is told by its type', () => {
    const body = { type: 'urn:salesledger:problem:invalid-field', detail: 'is no date', field: 'date', retriable: false };
    expect(problemOf(422, body, 'r1', null)).toMatchObject({ code: 'invalid-field', field: 'date', retriable: false });
  });
  test('without a document is told by its status', () => {
    expect(problemOf(429, '<html>', 'r1', '7')).toMatchObject({ code: 'too-many', retryAfterS: 7, retriable: true });
    expect(problemOf(500, null, 'r1', null).code).toBe('server');
    expect(problemOf(418, null, 'r1', null).code).toBe('refused');
  });
  test('is said in our words, never the server’s', () => {
    const sentences = ['network', 'forbidden', 'conflict', 'never-heard-of'].map((code) =>
      sentence({ ...networkProblem('r'), code, status: 400, detail: 'internal words' }),
    );
    expect(new Set(sentences).size).toBe(4);
    for (const each of sentences) expect(each).not.toContain('internal');
  });
  test('who has no post to decide is told whom to ask, not to compare versions', () => {
    const said = sentence({ ...networkProblem('r'), code: 'conflict', status: 409, field: 'data.manager_id' });
    expect(said).not.toBe(sentence({ ...networkProblem('r'), code: 'conflict', status: 409, field: 'id' }));
    expect(said).toMatch(/керівника|head/);
  });
});
