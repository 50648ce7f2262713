/** One thing that an answer says: where it stands, and what it is. */
export type Leaves = ReadonlyMap<string, string | number | boolean>;

// By what an element of a list is known, so that one that moved is not taken for another.
const kNames = [
  'invoice_id', 'contract_id', 'person_id', 'need_id', 'act_id', 'complaint_id', 'document_id', 'delivery_id', 'order_id',
  'scheme_id', 'promise_id', 'offer_ref', 'competitor_id', 'code', 'gap', 'currency', 'manager_id', 'position',
];
// Of the answer and not of the client: they differ between any two questions, or name sources.
const kLeftOut = new Set(['position', 'duty_ids', 'duty_id', 'as_of', 'known_at', 'limitation']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function nameOf(element: unknown, index: number): string {
  if (!isObject(element)) return typeof element === 'object' ? String(index) : String(element);
  for (const name of kNames) {
    const value = element[name];
    if (typeof value !== 'string') continue;
    return typeof element.effective_from === 'string' ? `${value} ${element.effective_from}` : value;
  }
  return String(index);
}

/** What of an answer is compared by nobody: its own place and time, and the texts of the other language. */
export const noise = (otherLanguage: 'uk' | 'en') => (name: string): boolean =>
  kLeftOut.has(name) || name.endsWith(`_${otherLanguage}`);

/** Every leaf by its path, but for members that are left out. */
export function leavesOf(answer: unknown, isLeftOut: (name: string) => boolean = () => false): Leaves {
  const leaves = new Map<string, string | number | boolean>();
  const walk = (value: unknown, path: string[]) => {
    if (Array.isArray(value)) {
      const used = new Map<string, number>();
      value.forEach((each, index) => {
        const name = nameOf(each, index);
        const times = (used.get(name) ?? 0) + 1;
        used.set(name, times);
        walk(each, [...path, times === 1 ? name : `${name} #${times}`]);
      });
    } else if (isObject(value)) {
      for (const [name, each] of Object.entries(value)) {
        if (isLeftOut(name)) continue;
        walk(each, [...path, name]);
      }
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      leaves.set(path.join('\u0000'), value);
    }
  };
  walk(answer, []);
  return leaves;
}

export interface Difference {
  path: string[];
  before?: string | number | boolean;
  after?: string | number | boolean;
}

/** Only what differs, in the order of the answers. */
export function difference(before: Leaves, after: Leaves): Difference[] {
  const paths = [...before.keys(), ...[...after.keys()].filter((each) => !before.has(each))];
  return paths
    .filter((each) => before.get(each) !== after.get(each))
    .map((each) => ({ path: each.split('\u0000'), before: before.get(each), after: after.get(each) }));
}
