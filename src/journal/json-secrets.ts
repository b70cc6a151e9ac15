/** A secret value in a JSON text. */
export interface JsonSecret {
  /** JSON pointer of the value, without escapes, to compare places in two texts. */
  readonly path: string;
  /** Offset of the value in the text. */
  readonly start: number;
  /** Offset after the value. */
  readonly end: number;
  /** Whether the value is the id of a token. */
  readonly isToken: boolean;
}

/** Members that hold a secret, in lower case. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'admin_password',
  'adminpass',
  'apikey',
  'assertion',
  'blob',
  'client_secret',
  'original_password',
  'passcode',
  'passphrase',
  'password',
  'private_key',
  'secret',
  'secretkey',
  'secret_key',
  'signature',
  'totp',
  'user_data',
]);

/** Members that hold a token, or an object with a token in its `id`, in lower case. */
const TOKEN_OBJECTS: ReadonlySet<string> = new Set([
  'access_token',
  'auth_token',
  'id_token',
  'refresh_token',
  'security_token',
  'securitytoken',
  'token',
]);

/** Alternatives of a pattern for the members that hold a secret, which may have the name of an extension before them. */
export const SECRET_NAMES = `(?:[\\w-]+:)?(?:${[...SECRET_MEMBERS].join('|')})`;

/** Matches a text with a member that may hold a secret. Letters of a name may be escaped, such as `\u0070assword`. */
export const MENTIONS_SECRET = new RegExp(
  `"(?:${SECRET_NAMES}|${[...TOKEN_OBJECTS].join('|')})"|\\\\u00[3-7][0-9a-f]`,
  'i',
);

/** A string, a number or a word at the current position. */
const SCALAR = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,\]}]+/y;
const SPACE = /\s*/y;

/** Finds the secrets in a valid JSON text, in the order of the text. */
export function secretsIn(text: string): readonly JsonSecret[] {
  const scanner = new Scanner(text);
  scanner.value('', { isSecret: false, isTokenObject: false });
  return scanner.found;
}

/** What a member is by its name and by the object around it. */
interface Place {
  /** Whether its value is a secret, or each member of that which is no object. */
  readonly isSecret: boolean;
  readonly isTokenObject: boolean;
}

const NOWHERE: Place = { isSecret: false, isTokenObject: false };

class Scanner {
  readonly found: JsonSecret[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads a value and notes the secrets in it. */
  value(path: string, place: Place): void {
    this.#skip(SPACE);
    const start = this.#at;
    const first = this.#text[start];
    const before = this.found.length;
    if (first === '{') this.#object(path, place);
    else if (first === '[') this.#list(path);
    else this.#skip(SCALAR);
    if (place.isTokenObject && first === '"') this.#note(path, start, true);
    if (!place.isSecret || first === '{' || first === 'n') return;
    // A list is secret as a whole.
    this.found.length = before;
    this.#note(path, start, false);
  }

  #object(path: string, { isSecret, isTokenObject }: Place): void {
    this.#parts('}', () => {
      const start = this.#at;
      this.#skip(SCALAR);
      const name = JSON.parse(this.#text.slice(start, this.#at)) as string;
      this.#skip(SPACE);
      this.#at += 1;
      this.#skip(SPACE);
      const value = this.#at;
      const lower = name.toLowerCase();
      const isId = isTokenObject && lower === 'id' && this.#text[value] === '"';
      this.value(`${path}/${name}`, {
        isSecret: (isSecret && this.#text[value] !== '{') || SECRET_MEMBERS.has(lower.replace(/^[\w-]+:/, '')),
        isTokenObject: TOKEN_OBJECTS.has(lower),
      });
      if (isId) this.#note(`${path}/${name}`, value, true);
    });
  }

  #list(path: string): void {
    let index = 0;
    this.#parts(']', () => {
      this.value(`${path}/${index}`, NOWHERE);
      index += 1;
    });
  }

  /** Reads the parts of an object or a list, up to its end. */
  #parts(end: string, part: () => void): void {
    this.#at += 1;
    this.#skip(SPACE);
    while (this.#text[this.#at] !== end && this.#at < this.#text.length) {
      part();
      this.#skip(SPACE);
      if (this.#text[this.#at] === ',') this.#at += 1;
      this.#skip(SPACE);
    }
    this.#at += 1;
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    pattern.test(this.#text);
    this.#at = Math.max(this.#at, pattern.lastIndex);
  }

  #note(path: string, start: number, isToken: boolean): void {
    this.found.push({ path, start, end: this.#at, isToken });
  }
}
