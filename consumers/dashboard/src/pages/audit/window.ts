import { ask, type Answer } from '../../api/client.js';
import type { Envelope, Logged, LogPage } from './answers.js';
import { back, fits, formatFrontier, isFiltered, isKnown, isStart, isWithin, newestFirst, parseFrontier, takePage, type Filter, type Frontier } from './log.js';

type Times = { as_of?: string; known_at?: string };

/** How many events a page has. */
export const kPage = 50;
// A filter is looked for so far back at one click; the page says how far that was.
const kWindow = 200;
const kWindows = 5;

export async function endOfLog(signal?: AbortSignal): Promise<Answer<Frontier>> {
  const answer = await ask<LogPage>('/v1/log', { query: { limit: 1 }, signal });
  return answer.problem ? answer : { data: parseFrontier(answer.data.position) };
}

// One partition at a time: of several the server reads on as it likes, past what was asked for.
async function lane(partition: number, from: Frontier, until: Frontier, signal?: AbortSignal): Promise<Answer<Logged[]>> {
  const events: Logged[] = [];
  let next = until.map((each, index) => (index === partition ? from[index]! : each));
  while (next[partition]! < until[partition]!) {
    const limit = Math.min(1000, until[partition]! - next[partition]!);
    const answer = await ask<LogPage>('/v1/log', { query: { from: formatFrontier(next), limit }, signal });
    if (answer.problem) return answer;
    events.push(...answer.data.events.filter((each) => isWithin(each.position, next, until) && Number(each.position.split(':')[0]) === partition));
    const after = parseFrontier(answer.data.next);
    if (formatFrontier(after) === formatFrontier(next)) break;
    next = [...after];
  }
  return { data: events };
}

/** All events from one frontier up to another. */
export async function between(from: Frontier, until: Frontier, signal?: AbortSignal): Promise<Answer<Logged[]>> {
  const lanes = await Promise.all(until.map((_, partition) => lane(partition, from, until, signal)));
  const lost = lanes.find((each) => each.problem);
  if (lost?.problem) return { problem: lost.problem };
  return { data: lanes.flatMap((each) => each.data!) };
}

// What was known is left to the page: the server, asked for it, reads on past the window for lines that fit.
async function instantOfKnowledge(times: Times, signal?: AbortSignal): Promise<Answer<Times>> {
  if (!times.known_at || !/^\d+:\d+$/.test(times.known_at)) return { data: times };
  const answer = await ask<Envelope>('/v1/log/{position}', { at: { position: times.known_at }, signal });
  return answer.problem ? answer : { data: { ...times, known_at: answer.data.recordedtime } };
}

/** Those of `events` that the ledger had by these times. */
export async function knownOf(events: readonly Logged[], times: Times, signal?: AbortSignal): Promise<Answer<Logged[]>> {
  const resolved = await instantOfKnowledge(times, signal);
  return resolved.problem ? resolved : { data: events.filter((each) => isKnown(each.event, resolved.data)) };
}

export interface Page {
  rows: Logged[];
  /** Where the next page begins; absent: this was the log's start. */
  before?: string;
  /** How many were looked at. */
  looked: number;
  end: string;
}

/** The newest before a frontier; with a filter or in the past, those of what was looked through. */
export async function pageBefore(until: Frontier, filter: Filter, times: Times, signal?: AbortSignal): Promise<Answer<Page>> {
  const end = formatFrontier(until);
  if (!isFiltered(filter) && !times.as_of && !times.known_at) {
    const answer = await between(back(until, kPage), until, signal);
    if (answer.problem) return answer;
    const { rows, before } = takePage(newestFirst(answer.data), until, kPage);
    return { data: { rows, before: isStart(before) ? undefined : formatFrontier(before), looked: rows.length, end } };
  }
  const resolved = await instantOfKnowledge(times, signal);
  if (resolved.problem) return resolved;
  let at = until;
  let looked = 0;
  const rows: Logged[] = [];
  for (let window = 0; window < kWindows && rows.length < kPage && !isStart(at); ++window) {
    const from = back(at, kWindow);
    const answer = await between(from, at, signal);
    if (answer.problem) return answer;
    looked += answer.data.length;
    rows.push(...newestFirst(answer.data.filter(({ event }) => fits(event, filter) && isKnown(event, resolved.data))));
    at = from;
  }
  return { data: { rows, before: isStart(at) ? undefined : formatFrontier(at), looked, end } };
}
