type Fetch = (input: Request) => Promise<Response>;

const kWaitsMs = [300, 1200];
const kAgain = new Set([429, 502, 503, 504]);

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

/**
 * A question is asked again when the answer was lost or the server busy: twice, then the problem is
 * shown. What writes is never sent again here: the outbox does that, by the same id.
 */
export function retrying(send: Fetch, waitsMs: readonly number[] = kWaitsMs): Fetch {
  return async (request) => {
    if (request.method !== 'GET') return send(request);
    for (let attempt = 0; ; ++attempt) {
      const isLast = attempt >= waitsMs.length;
      try {
        const response = await send(request.clone());
        if (isLast || !kAgain.has(response.status)) return response;
        const asked = Number(response.headers.get('Retry-After')) * 1000;
        if (asked > 5000) return response;
        await pause(Math.max(asked || 0, waitsMs[attempt]!), request.signal);
      } catch (error) {
        if (isLast || request.signal.aborted) throw error;
        await pause(waitsMs[attempt]!, request.signal);
      }
    }
  };
}
