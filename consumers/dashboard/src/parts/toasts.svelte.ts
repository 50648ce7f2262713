export interface Toast {
  id: number;
  text: string;
  /** What can be done about it, such as to take it back. */
  action?: { label: string; run: () => void };
}

let all = $state.raw<readonly Toast[]>([]);
let last = 0;
const kMs = 6000;

export function toasts(): readonly Toast[] {
  return all;
}

export function dismiss(id: number): void {
  all = all.filter((each) => each.id !== id);
}

/** Said once, politely. One with an action stays until it is dismissed. */
export function toast(text: string, action?: Toast['action']): void {
  const id = ++last;
  all = [...all.slice(-2), { id, text, action }];
  if (!action) setTimeout(() => dismiss(id), kMs);
}
