import type { Entry } from './queue.js';

/** One member of what was recorded, as it is here and as the ledger has it. */
export interface Line {
  name: string;
  mine: string;
  theirs: string;
  differs: boolean;
}

interface Said {
  type?: string;
  time?: string;
  data?: Record<string, unknown>;
}

function flat(event: Said | undefined): Map<string, string> {
  const lines = new Map<string, string>();
  if (!event) return lines;
  const add = (name: string, value: unknown) => {
    if (value === undefined || value === null) return;
    if (typeof value === 'object' && !Array.isArray(value)) {
      for (const [inner, each] of Object.entries(value)) add(`${name}.${inner}`, each);
    } else lines.set(name, Array.isArray(value) ? value.join(', ') : String(value));
  };
  add('type', event.type);
  add('time', event.time ? new Date(event.time).toISOString() : undefined);
  for (const [name, value] of Object.entries(event.data ?? {})) add(name, value);
  return lines;
}

/** Both versions side by side; `theirs` absent: only what is here. */
export function compare(entry: Pick<Entry, 'body'>, theirs: Said | undefined): Line[] {
  const mine = flat(JSON.parse(entry.body) as Said);
  const other = flat(theirs);
  return [...new Set([...mine.keys(), ...other.keys()])].map((name) => {
    const [left, right] = [mine.get(name) ?? '', other.get(name) ?? ''];
    return { name, mine: left, theirs: right, differs: theirs !== undefined && left !== right };
  });
}
