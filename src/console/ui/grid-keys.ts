const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/**
 * Lets arrow keys move between the buttons of a table. Tab enters the table at one button and leaves it with the next press, instead
 * of visiting hundreds of them: give all buttons but the first one a `tabIndex` of -1.
 */
export function onGridKey(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const from = event.target;
  const cell = from instanceof HTMLElement ? from.closest('td') : null;
  const row = cell?.closest('tr');
  const table = cell?.closest('table');
  if (step === undefined || cell === null || !row || !table) return;
  event.preventDefault();
  const target = next(table, { row: row.rowIndex, column: cell.cellIndex }, step);
  if (target === undefined) return;
  (from as HTMLElement).tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}

/** Returns the next button: in the same row, or in the next row that has one, as near as possible to the same column. */
function next(
  table: HTMLTableElement,
  { row, column }: { readonly row: number; readonly column: number },
  [rows, columns]: readonly [rows: number, columns: number],
): HTMLElement | undefined {
  const buttonAt = (i: number, j: number): HTMLElement | undefined =>
    table.rows[i]?.cells[j]?.querySelector('button') ?? undefined;
  const width = table.rows[row]?.cells.length ?? 0;
  if (rows === 0) {
    for (let j = column + columns; j >= 0 && j < width; j += columns) if (buttonAt(row, j)) return buttonAt(row, j);
    return undefined;
  }
  for (let i = row + rows; i >= 0 && i < table.rows.length; i += rows) {
    for (let away = 0; away < width; away += 1) {
      const found = buttonAt(i, column - away) ?? buttonAt(i, column + away);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
