/** Formats JSON as Python's standard library does, so that responses equal those of the services to the byte. */

/** A JSON string with everything outside ASCII escaped. */
export function pythonString(text: string): string {
  const json = JSON.stringify(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what is *not* escaped.
  return /^[\x00-\x7e]*$/.test(json) ? json : json.replace(/[\x7f-\uffff]/g, escapeUnit);
}

const escapeUnit = (unit: string): string => {
  const code = unit.charCodeAt(0);
  return code === 0x7f ? unit : `\\u${code.toString(16).padStart(4, '0')}`;
};

/** A JSON text with a space after each comma and colon. */
export function pythonJson(value: unknown): string {
  if (typeof value === 'string') return pythonString(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts: string[] = [];
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) parts.push(`${pythonString(key)}: ${pythonJson(item)}`);
    }
    return `{${parts.join(', ')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
