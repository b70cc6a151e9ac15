/** Formats JSON as Python's standard library does, so that responses equal those of the services to the byte. */

/** A JSON string with everything outside ASCII escaped. */
export function pythonString(text: string): string {
  const json = JSON.stringify(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what is *not* escaped.
  if (/^[\x00-\x7e]*$/.test(json)) return json;
  return json.length < LONG ? json.replace(/[\x7f-\uffff]/g, escapeUnit) : escapeLong(json);
}

/** Length from which escaping each character by itself takes too long. */
const LONG = 4096;

/** Escapes a long text, byte by byte into memory that the garbage collector does not look at. */
function escapeLong(json: string): string {
  const bytes = Buffer.allocUnsafe(6 * json.length);
  let end = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code <= 0x7f) {
      bytes[end] = code;
      end += 1;
      continue;
    }
    bytes[end] = BACKSLASH;
    bytes[end + 1] = LETTER_U;
    for (let digit = 0; digit < 4; digit += 1) {
      bytes[end + 2 + digit] = HEX.charCodeAt((code >> (12 - 4 * digit)) & 0xf);
    }
    end += 6;
  }
  return bytes.toString('latin1', 0, end);
}

const HEX = '0123456789abcdef';
const BACKSLASH = '\\'.charCodeAt(0);
const LETTER_U = 'u'.charCodeAt(0);

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
