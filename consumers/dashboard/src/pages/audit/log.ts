import type { Envelope, Logged } from './answers.js';

/** For each partition the offset that comes next: "12,0,7". */
export type Frontier = readonly number[];

export function parseFrontier(text: string): Frontier {
  const parts = text.split(',').map(Number);
  if (text === '' || parts.some((each) => !Number.isSafeInteger(each) || each < 0)) {
    throw new RangeError(`'${text}' is no place in the log`);
  }
  return parts;
}

export const formatFrontier = (frontier: Frontier): string => frontier.join(',');

export const isStart = (frontier: Frontier): boolean => frontier.every((each) => each === 0);

/** `count` events of each partition before it. */
export function back(frontier: Frontier, count: number): Frontier {
  return frontier.map((each) => Math.max(0, each - count));
}

export interface Place {
  partition: number;
  offset: number;
}

export function parsePosition(position: string): Place | undefined {
  const found = /^(\d+):(\d+)$/.exec(position);
  return found ? { partition: Number(found[1]), offset: Number(found[2]) } : undefined;
}

/** Where it stands among its neighbours of the partition; the first has none before it. */
export function neighbours(position: string): { before?: string; after?: string } {
  const place = parsePosition(position);
  if (!place) return {};
  return {
    before: place.offset > 0 ? `${place.partition}:${place.offset - 1}` : undefined,
    after: `${place.partition}:${place.offset + 1}`,
  };
}

export const isWithin = (position: string, from: Frontier, until: Frontier): boolean => {
  const place = parsePosition(position);
  if (!place) return false;
  return place.offset >= (from[place.partition] ?? 0) && place.offset < (until[place.partition] ?? 0);
};

/**
 * The newest first, in one total order: a partition keeps its own, and of two partitions the event that
 * was recorded later comes first.
 */
export function newestFirst(events: readonly Logged[]): Logged[] {
  const lanes = new Map<number, Logged[]>();
  for (const each of events) {
    const { partition } = parsePosition(each.position)!;
    lanes.set(partition, [...(lanes.get(partition) ?? []), each]);
  }
  for (const lane of lanes.values()) {
    lane.sort((a, b) => parsePosition(a.position)!.offset - parsePosition(b.position)!.offset);
  }
  const result: Logged[] = [];
  const order = [...lanes.keys()].sort((a, b) => a - b);
  while (result.length < events.length) {
    let best: number | undefined;
    for (const each of order) {
      const top = lanes.get(each)!.at(-1);
      if (!top) continue;
      if (best === undefined || top.event.recordedtime > lanes.get(best)!.at(-1)!.event.recordedtime) best = each;
    }
    result.push(lanes.get(best!)!.pop()!);
  }
  return result;
}

/** The first `count` of them, and the frontier before which the next page begins. */
export function takePage(sorted: readonly Logged[], until: Frontier, count: number): { rows: Logged[]; before: Frontier } {
  const rows = sorted.slice(0, count);
  const before = [...until];
  for (const each of rows) {
    const { partition, offset } = parsePosition(each.position)!;
    before[partition] = Math.min(before[partition]!, offset);
  }
  return { rows, before };
}

export interface Filter {
  type?: string;
  source?: string;
  client?: string;
}

export const isFiltered = (filter: Filter): boolean => Boolean(filter.type || filter.source || filter.client);

/** "call.completed": of "org.salesledger.call.completed.v1". */
export function shortType(type: string): string {
  return type.replace(/^org\.salesledger\./, '').replace(/\.v\d+$/, '');
}

/** The client an event is of: the ledger's stamp, or what its sender said. */
export function clientOf(event: Envelope): string | undefined {
  const said = event.data?.client_id;
  return event.subject ?? (typeof said === 'string' ? said : undefined);
}

export function fits(event: Envelope, filter: Filter): boolean {
  return (
    (!filter.type || shortType(event.type) === filter.type) &&
    (!filter.source || event.source === filter.source || event.source.startsWith(`${filter.source}/`)) &&
    (!filter.client || clientOf(event) === filter.client)
  );
}

/** Whether the ledger had it: recorded by an instant, of a day up to one. */
export function isKnown(event: Pick<Envelope, 'recordedtime' | 'localday'>, times: { as_of?: string; known_at?: string }): boolean {
  if (times.known_at && !(Date.parse(event.recordedtime) <= Date.parse(times.known_at))) return false;
  return !times.as_of || event.localday <= times.as_of;
}

const kNoted = ['number', 'name', 'text', 'purpose', 'reason', 'note', 'subject', 'outcome', 'direction', 'method'];

/** What of its data says most in a line, beside an amount: at most two texts. */
export function notedOf(data: Record<string, unknown>): string[] {
  const texts = kNoted.map((name) => data[name]).filter((each) => typeof each === 'string' && each !== '');
  return (texts as string[]).slice(0, 2);
}

export interface Amount {
  amount_minor: number;
  currency: string;
}

export function amountOf(data: Record<string, unknown>): Amount | undefined {
  const amount = data.amount as Partial<Amount> | undefined;
  return typeof amount?.amount_minor === 'number' && typeof amount.currency === 'string' ? (amount as Amount) : undefined;
}

/** A person's event has a source of its own kind: who it was. */
export function personOf(source: string): string | undefined {
  return source.startsWith('people/') ? source.slice('people/'.length) : undefined;
}
