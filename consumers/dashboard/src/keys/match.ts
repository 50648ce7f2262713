/** A key by its place on the keyboard, so that it works on a Ukrainian layout too. */
export interface Press {
  code: string;
  shift?: boolean;
  /** Pressed within a second and a half before: "g" then "b". */
  after?: string;
}

export interface KeyEvent {
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const kSequenceMs = 1500;

/** Finds which of the presses a row of keys comes to. */
export class Matcher {
  #first: { code: string; atMs: number } | undefined;

  match<T extends { press: Press }>(shortcuts: readonly T[], event: KeyEvent, nowMs: number): T | undefined {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const first = this.#first && nowMs - this.#first.atMs <= kSequenceMs ? this.#first.code : undefined;
    this.#first = undefined;
    const fits = ({ press }: T, after: string | undefined) =>
      press.code === event.code && (press.shift ?? false) === event.shiftKey && press.after === after;
    const second = first ? shortcuts.find((each) => fits(each, first)) : undefined;
    if (second) return second;
    if (shortcuts.some(({ press }) => press.after === event.code)) {
      this.#first = { code: event.code, atMs: nowMs };
      return undefined;
    }
    return shortcuts.find((each) => fits(each, undefined));
  }
}

/** "G B", "Shift /": as the map shows it. */
export function keyNames(press: Press): string[] {
  const name = (code: string) =>
    ({ Slash: '/', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' })[code] ?? code.replace(/^(Key|Digit)/, '');
  return [...(press.after ? [name(press.after)] : []), ...(press.shift ? ['Shift'] : []), name(press.code)];
}
