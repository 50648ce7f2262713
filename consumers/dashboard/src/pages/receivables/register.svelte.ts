import { ask, type Answer, type Query } from '../../api/client.js';
import type { Amounts, List } from './answers.js';

/** All debts by one knowledge, a currency each, with the totals of the day before. */
export interface Register {
  position: string;
  as_of: string;
  basis: List['basis'];
  duty: string;
  clients: number;
  totals: Amounts[];
  before: Amounts[];
}

export async function readRegister(dayBefore: string, query: Query, signal: AbortSignal): Promise<Answer<Register>> {
  const [list, before] = await Promise.all([
    ask<List>('/v1/receivables', { query: { ...query, limit: 1 }, signal }),
    ask<List>('/v1/receivables', { query: { ...query, as_of: dayBefore, limit: 1 }, signal }),
  ]);
  if (list.problem) return { problem: list.problem };
  if (before.problem) return { problem: before.problem };
  const { position, as_of, basis, duty_ids, totals, total } = list.data;
  return { data: { position, as_of, basis, duty: duty_ids.totals ?? 'receivables.collected', clients: total, totals, before: before.data.totals } };
}
