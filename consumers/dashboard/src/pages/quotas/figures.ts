import type { Figure, Manager, Metric, State } from './answers.js';

/** The columns of the board, in its order. */
export const kColumns = ['calls', 'email_offers', 'phone_offers', 'new_client_contracts'] as const satisfies readonly Metric[];
export type Column = (typeof kColumns)[number];

/** What a cell says beside its number. */
export type Word =
  | { kind: 'met' }
  | { kind: 'pace' }
  | { kind: 'behind'; by: number }
  | { kind: 'short'; by: number }
  | { kind: 'excused' }
  | { kind: 'off' }
  | { kind: 'unknown' };

export function figureOf(manager: Manager, metric: Metric): Figure | undefined {
  return manager.metrics.find((each) => each.metric === metric);
}

/**
 * Reached is reached, also while the sender is silent. While the day runs it is behind by what it
 * should have by now; when it is over, short by what it lacks.
 */
export function wordOf(figure: Pick<Figure, 'counted' | 'target' | 'state' | 'expected_by_now' | 'short_by'>): Word {
  if (figure.state === 'unknown') return { kind: 'unknown' };
  if (figure.state === 'excused') return { kind: 'excused' };
  if (figure.state === 'day_off') return { kind: 'off' };
  if (figure.state === 'met' || figure.counted >= figure.target) return { kind: 'met' };
  if (figure.state === 'short') return { kind: 'short', by: figure.short_by ?? figure.target - figure.counted };
  const behind = (figure.expected_by_now ?? 0) - figure.counted;
  return behind > 0 ? { kind: 'behind', by: behind } : { kind: 'pace' };
}

/** How far behind, as a share of the norm: what "by lag" is sorted by. */
export function lagOf(figure: Figure | undefined): number {
  if (!figure || figure.target === 0) return 0;
  const word = wordOf(figure);
  return word.kind === 'behind' || word.kind === 'short' ? word.by / figure.target : 0;
}

export function lagOfManager(manager: Manager): number {
  return kColumns.reduce((sum, metric) => sum + lagOf(figureOf(manager, metric)), 0);
}

export interface Total {
  counted: number;
  target: number;
  expected?: number;
  attempts: number;
  /** Of how many managers nobody can say. */
  unknown: number;
  state: State;
}

/** Of all managers shown. What is unknown of one is not guessed for all. */
export function totalOf(managers: readonly Manager[], metric: Metric): Total {
  const figures = managers.map((each) => figureOf(each, metric)).filter((each) => each !== undefined);
  const sum = (of: (figure: Figure) => number) => figures.reduce((all, each) => all + of(each), 0);
  const unknown = figures.filter((each) => each.state === 'unknown').length;
  const counted = sum((each) => each.counted);
  const target = sum((each) => each.target);
  const isRunning = figures.some((each) => each.state === 'running');
  const isTold = figures.some((each) => each.expected_by_now !== undefined);
  const expected = isTold ? sum((each) => each.expected_by_now ?? (each.state === 'running' ? 0 : each.target)) : undefined;
  const state: State =
    unknown > 0 ? 'unknown' : target === 0 ? 'day_off' : counted >= target ? 'met' : isRunning ? 'running' : 'short';
  return { counted, target, expected, attempts: sum((each) => each.attempts), unknown, state };
}

/** What of a manager a column is sorted by, beside his name. */
export function weightOf(manager: Manager, column: string): number {
  if (column === 'lag') return lagOfManager(manager);
  if (column === 'overdue') return manager.overdue_obligations ?? -1;
  if (column === 'last') return manager.last_action ? Date.parse(manager.last_action.time) : 0;
  return figureOf(manager, column as Metric)?.counted ?? 0;
}

/** Of all managers shown; undefined where it is counted of nobody. */
export function overdueOf(managers: readonly Manager[]): number | undefined {
  const told = managers.flatMap((each) => each.overdue_obligations ?? []);
  return told.length === 0 ? undefined : told.reduce((sum, each) => sum + each, 0);
}

/** Whose work he does beside his own. */
export const standsInFor = (manager: Manager) => (manager.stands_in_for ?? []).map((each) => each.name ?? each.manager_id).join(', ');

/** The departments that there are, in the order of the alphabet. */
export function departmentsOf(managers: readonly Manager[], order: (a: string, b: string) => number): string[] {
  return [...new Set(managers.flatMap((each) => (each.department ? [each.department] : [])))].sort(order);
}
