/** Numbers of JSON texts whose digits JavaScript's numbers lose: `1.0`, `1E2`, and integers beyond 53 bits. */

/** Such a number, as the services in Python have it. */
export class ExactNumber {
  readonly #literal: string;
  /** What JavaScript has of it. */
  readonly value: number;
  /** Whether the service takes it for a float, which is never an integer for it. */
  readonly isFloat: boolean;

  /** @param literal - the number as the JSON text has it. */
  constructor(literal: string) {
    this.#literal = literal;
    this.value = Number(literal);
    this.isFloat = /[.eE]/.test(literal);
  }

  /** As Python prints it: `1.0`, `100.0`, `12345678901234567890`. */
  get text(): string {
    return this.isFloat ? floatText(this.value) : this.#literal;
  }

  toJSON(): number {
    return this.value;
  }
}

/** From here on, Python prints floats with an exponent. */
const FIRST_WITH_EXPONENT = 1e16;

function floatText(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  if (Math.abs(value) < FIRST_WITH_EXPONENT) return `${value}.0`;
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1');
}

/** Exact numbers by the list or object that holds them, and by index or name. Containers of such containers are in it too. */
const members = new WeakMap<object, Map<string, ExactNumber>>();

function membersOf(container: object): Map<string, ExactNumber> {
  let found = members.get(container);
  if (found === undefined) {
    found = new Map();
    members.set(container, found);
  }
  return found;
}

/** Registers an exact number as a member of a list or object. */
export const registerExact = (container: object, name: string, number: ExactNumber): void =>
  void membersOf(container).set(name, number);

/** Registers a list or object a member of which holds exact numbers. */
export const registerHolder = (container: object): void => void membersOf(container);

/** Returns whether a value is a list or object that holds exact numbers, at any depth. */
export const holdsExact = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && members.has(value);

/** Returns a member of a list or object: the exact number, where there is one. */
export const exactMember = (container: object, name: string | number): unknown =>
  members.get(container)?.get(String(name)) ?? (container as Readonly<Record<string, unknown>>)[name];

/** Returns the value at a path; the exact number, where there is one. */
export const exactAt = (root: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? exactMember(at, name) : undefined), root);

/** A list or object that has floats without a fraction as members. */
export interface FloatHolder {
  /** Where it is, as a list of names. */
  readonly path: readonly string[];
  /** The names of these members. */
  readonly names: readonly string[];
}

/** Returns where a value holds floats without a fraction, at any depth. */
export function floatHoldersIn(value: unknown): readonly FloatHolder[] {
  const holders: FloatHolder[] = [];
  collectHolders(value, [], holders);
  return holders;
}

function collectHolders(value: unknown, path: readonly string[], holders: FloatHolder[]): void {
  if (!holdsExact(value)) return;
  const names = [...(members.get(value) ?? [])].filter(([, { isFloat }]) => isFloat).map(([name]) => name);
  if (names.length > 0) holders.push({ path, names });
  for (const name in value) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[name];
    if (holdsExact(member)) collectHolders(member, [...path, name], holders);
  }
}
