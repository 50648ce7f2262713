export type Cell = string | number | null;

/** For Excel as Ukrainians have it, or for programs. */
export type CsvKind = 'excel' | 'programs';

// A cell that a spreadsheet would take for a formula is kept as text.
function guarded(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text);
  return isFormula ? `'${text}` : text;
}

function written(cell: Cell, kind: CsvKind): string {
  if (cell === null) return '';
  const point = kind === 'excel' ? ',' : '.';
  const text = typeof cell === 'number' ? String(cell).replace('.', point) : guarded(cell);
  const special = kind === 'excel' ? /[;"\r\n]/ : /[,"\r\n]/;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(rows: readonly (readonly Cell[])[], kind: CsvKind): string {
  const comma = kind === 'excel' ? ';' : ',';
  const lines = rows.map((row) => row.map((cell) => written(cell, kind)).join(comma));
  return `${kind === 'excel' ? '\ufeff' : ''}${lines.join('\r\n')}\r\n`;
}

/** "quotas_2026-11-25_1-2-3.csv": what it is, of when, at which position. */
export function csvName(view: string, asOf: string, position: string): string {
  return `${view}_${asOf}_${position.replace(/[^0-9A-Za-z-]+/g, '-')}.csv`;
}
