import { m } from '../paraglide/messages.js';

/** What went wrong, as RFC 9457 tells it; `code` is the end of its type. `network`: no answer came. */
export interface Problem {
  code: string;
  status: number;
  detail: string;
  field?: string;
  requestId: string;
  retriable: boolean;
  retryAfterS?: number;
}

const kPrefix = 'urn:salesledger:problem:';

export function networkProblem(requestId: string): Problem {
  return { code: 'network', status: 0, detail: '', requestId, retriable: true };
}

const byStatus: Record<number, string> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many',
  503: 'unavailable',
  504: 'timeout',
};

/** Of an answer's body; what is no problem document is judged by its status. */
export function problemOf(status: number, body: unknown, requestId: string, retryAfter: string | null): Problem {
  const told = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const type = typeof told.type === 'string' && told.type.startsWith(kPrefix) ? told.type.slice(kPrefix.length) : '';
  const seconds = Number(retryAfter);
  return {
    code: type || byStatus[status] || (status >= 500 ? 'server' : 'refused'),
    status,
    detail: typeof told.detail === 'string' ? told.detail : '',
    field: typeof told.field === 'string' ? told.field : undefined,
    requestId,
    retriable: told.retriable === true || status === 429 || status >= 500,
    retryAfterS: retryAfter !== null && Number.isFinite(seconds) ? seconds : undefined,
  };
}

/** The sentence for people, from our catalogue: never the server's text. */
export function sentence(problem: Problem): string {
  const sentences: Record<string, () => string> = {
    network: m.error_network,
    unauthenticated: m.error_unauthenticated,
    forbidden: m.error_forbidden,
    'not-found': m.error_not_found,
    conflict: m.error_conflict,
    'too-large': m.error_too_large,
    'too-many': m.error_too_many,
    unavailable: m.error_unavailable,
    timeout: m.error_timeout,
    'possibly-persisted': m.error_possibly_persisted,
    'invalid-field': m.error_invalid_field,
    'missing-field': m.error_missing_field,
    'unknown-field': m.error_unknown_field,
    'out-of-range': m.error_out_of_range,
    malformed: m.error_malformed,
    server: m.error_server,
  };
  // Whoever decides has to have the post for it in the ledger, whatever he may here.
  if (problem.code === 'conflict' && problem.field === 'data.manager_id') return m.error_no_post();
  return (sentences[problem.code] ?? (problem.status >= 500 ? m.error_server : m.error_refused))();
}
