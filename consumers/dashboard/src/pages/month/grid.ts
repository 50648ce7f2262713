/** Where one is in the grid: row 0 is the first manager, column 0 his name. */
export interface At {
  row: number;
  column: number;
}

interface Key {
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
}

const kPage = 10;

/** Where a key leads to, by the pattern of a grid; null: it is none of the grid's keys. */
export function moved(at: At, key: Key, rows: number, columns: number): At | null {
  const ctrl = key.ctrlKey || key.metaKey;
  const to = (row: number, column: number): At => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key.code) {
    case 'ArrowUp':
      return to(at.row - 1, at.column);
    case 'ArrowDown':
      return to(at.row + 1, at.column);
    case 'ArrowLeft':
      return to(at.row, at.column - 1);
    case 'ArrowRight':
      return to(at.row, at.column + 1);
    case 'Home':
      return ctrl ? to(0, 0) : to(at.row, 0);
    case 'End':
      return ctrl ? to(rows - 1, columns - 1) : to(at.row, columns - 1);
    case 'PageUp':
      return to(at.row - kPage, at.column);
    case 'PageDown':
      return to(at.row + kPage, at.column);
    default:
      return null;
  }
}
