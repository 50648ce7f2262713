import createClient, { type Client } from 'openapi-fetch';
import { networkProblem, problemOf, type Problem } from './problem.js';
import { retrying } from './retry.js';

/** Nothing here throws: what failed is a value. */
export type Answer<T> = { data: T; problem?: undefined } | { data?: undefined; problem: Problem };

export type Query = Readonly<Record<string, string | number | undefined>>;

let csrfToken = '';
let onSignedOut: () => void = () => {};

/** The session says what its writes carry, and hears when nobody is signed in any more. */
export function bindSession(token: string, signedOut: () => void): void {
  csrfToken = token;
  onSignedOut = signedOut;
}

type Call = (path: string, options: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const client = createClient<Record<string, never>>({
  baseUrl: '/',
  fetch: retrying((request) => fetch(request)),
  headers: { Accept: 'application/json' },
}) as unknown as Client<Record<string, never>> & Record<Method, Call>;

(client as { use: (middleware: object) => void }).use({
  onRequest({ request }: { request: Request }) {
    if (request.method !== 'GET' && csrfToken) request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
});

function cleaned(query: Query | undefined): Record<string, string | number> {
  const set = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(set) as Record<string, string | number>;
}

async function call<T>(method: Method, path: string, options: Record<string, unknown>): Promise<Answer<T>> {
  const requestId = crypto.randomUUID();
  const headers = { ...((options.headers as object | undefined) ?? {}), 'X-Request-Id': requestId };
  try {
    const { data, error, response } = await client[method](path, { ...options, headers });
    if (response.ok) return { data: data as T };
    const problem = problemOf(response.status, error, requestId, response.headers.get('Retry-After'));
    if (problem.code === 'unauthenticated' && !path.startsWith('/v1/session')) onSignedOut();
    return { problem };
  } catch (error) {
    if ((options.signal as AbortSignal | undefined)?.aborted) throw error;
    return { problem: networkProblem(requestId) };
  }
}

/**
 * A question. `at` fills the {placeholders} of the path. Throws only when its signal was aborted:
 * then nobody waits for the answer.
 */
export function ask<T>(
  path: string,
  given: { at?: Record<string, string>; query?: Query; signal?: AbortSignal } = {},
): Promise<Answer<T>> {
  return call<T>('GET', path, {
    params: { path: given.at ?? {}, query: cleaned(given.query) },
    signal: given.signal,
  });
}

/** Bytes as they came, and what the server calls them: a proof is of bytes, never of what was read of them. */
export interface Bytes {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/** A question whose answer is kept as it came. */
export async function askBytes(
  path: string,
  given: { at?: Record<string, string>; query?: Query; signal?: AbortSignal; accept?: string } = {},
): Promise<Answer<Bytes>> {
  let contentType = '';
  const answer = await call<ArrayBuffer>('GET', path, {
    params: { path: given.at ?? {}, query: cleaned(given.query) },
    signal: given.signal,
    parseAs: 'arrayBuffer',
    headers: given.accept ? { Accept: given.accept } : {},
    middleware: [
      {
        onResponse({ response }: { response: Response }) {
          contentType = response.headers.get('Content-Type') ?? '';
        },
      },
    ],
  });
  return answer.problem ? answer : { data: { bytes: new Uint8Array(answer.data), contentType } };
}

/** A whole list, of one position: taken out in one piece, which the server streams and keeps a record of. */
export async function askWhole<T>(path: string, given: { query?: Query } = {}): Promise<Answer<T[]>> {
  const answer = await askBytes(path, { ...given, accept: 'application/x-ndjson' });
  if (answer.problem) return answer;
  const lines = new TextDecoder().decode(answer.data.bytes).split('\n');
  return { data: lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T) };
}

/**
 * A write, sent once. `body` is the bytes as they were kept, so that the same id is always sent with
 * the same body. What a person records goes through the outbox, which calls this.
 */
export function tell<T>(
  method: Exclude<Method, 'GET'>,
  path: string,
  given: { at?: Record<string, string>; query?: Query; body?: string; contentType?: string; key?: string } = {},
): Promise<Answer<T>> {
  return call<T>(method, path, {
    params: { path: given.at ?? {}, query: cleaned(given.query) },
    body: given.body,
    bodySerializer: (body: string) => body,
    headers: {
      ...(given.body === undefined ? {} : { 'Content-Type': given.contentType ?? 'application/json' }),
      ...(given.key ? { 'Idempotency-Key': given.key } : {}),
    },
  });
}
