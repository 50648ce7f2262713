import { timeOfDay } from '../../format/dates.js';
import type { Item } from './answers.js';

export interface Hour {
  hour: number;
  counted: number;
  all: number;
}

/** From the first hour with anything to the last, also those between with nothing. */
export function byHour(items: readonly Pick<Item, 'time' | 'counted'>[]): Hour[] {
  const found = new Map<number, Hour>();
  for (const item of items) {
    if (!item.time) continue;
    const hour = Number(timeOfDay(item.time).slice(0, 2));
    const sum = found.get(hour) ?? { hour, counted: 0, all: 0 };
    found.set(hour, { hour, counted: sum.counted + (item.counted ? 1 : 0), all: sum.all + 1 });
  }
  if (found.size === 0) return [];
  const first = Math.min(...found.keys());
  const last = Math.max(...found.keys());
  return Array.from({ length: last - first + 1 }, (_, at) => found.get(first + at) ?? { hour: first + at, counted: 0, all: 0 });
}
