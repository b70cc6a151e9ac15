/** Returns a row of a Markdown table. Cells may hold any text, such as labels and names that clients send. */
export const markdownRow = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;

/** Text that neither ends a cell nor is read as HTML. */
const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|').replace(/\s+/g, ' ');
