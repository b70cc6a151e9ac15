/** Writes bytes as a hexadecimal dump with their text, sixteen in a line. @param start - offset of the first byte. */
export function hexDump(base64: string, start = 0): string {
  const data = atob(base64);
  const lines: string[] = [];
  for (let at = 0; at < data.length; at += 16) {
    const part = data.slice(at, at + 16);
    const codes = Array.from(part, (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
    const text = part.replace(/[^\x20-\x7e]/g, '.');
    lines.push(`${(start + at).toString(16).padStart(6, '0')}  ${codes.padEnd(47)}  ${text}`);
  }
  return lines.join('\n');
}
