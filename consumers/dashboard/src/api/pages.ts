import { ask, type Answer, type Query } from './client.js';

const kPage = 1000;

/** A list to its end, page by page. */
export async function everyPage<T extends { next_cursor?: string }>(path: string, query: Query, signal: AbortSignal): Promise<Answer<T[]>> {
  const pages: T[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const answer: Answer<T> = await ask<T>(path, { query: { ...query, limit: kPage, cursor: cursor || undefined }, signal });
    if (answer.problem) return { problem: answer.problem };
    pages.push(answer.data);
    cursor = answer.data.next_cursor;
  }
  return { data: pages };
}
