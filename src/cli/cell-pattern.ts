import { type Cell, compileGlob } from '../index.ts';
import { CommandError } from './client.ts';

/**
 * Parses a selection of cells: an operation or a glob, a status or a class such as `4xx`, or both separated by a space.
 * @throws CommandError for one that matches no cell.
 */
export function cellPattern(text: string, cells: readonly Cell[]): (cell: Cell) => boolean {
  const parts = text.trim().split(/\s+/);
  const status = parts.find((part) => /^[1-5](\d\d|xx)$/.test(part));
  const [operation = '*', ...others] = parts.filter((part) => part !== status);
  const fits = compileGlob(operation);
  const isStatus = (found: number): boolean =>
    status === undefined || (status.endsWith('xx') ? String(found)[0] === status[0] : found === Number(status));
  const matches = (cell: Cell): boolean => fits(`${cell.dialect}.${cell.operation}`) && isStatus(cell.status);
  if (others.length > 0 || !cells.some(matches)) {
    const allowed = 'an operation or glob, a status or class, or both: image-v2.*, *.deleteImage, "ims.* 4xx", 503';
    throw new CommandError(`--only: "${text}" matches no documented response; allowed: ${allowed}`, 2);
  }
  return matches;
}
