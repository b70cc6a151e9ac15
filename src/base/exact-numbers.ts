/** Numbers of JSON texts whose digits JavaScript's numbers lose: `1.0`, `1E2`, and integers beyond 53 bits. */

/** Such a number, as the services in Python have it. */
export class ExactNumber {
  /** What JavaScript has of it. */
  readonly value: number;
  /** As Python prints it: `1.0`, `100.0`, `12345678901234567890`. */
  readonly text: string;
  /** Whether the service takes it for a float, which is never an integer for it. */
  readonly isFloat: boolean;

  /** @param literal - the number as the JSON text has it. */
  constructor(literal: string) {
    this.value = Number(literal);
    this.isFloat = /[.eE]/.test(literal);
    this.text = this.isFloat ? floatText(this.value) : literal;
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

/** Registers that a member of a list or object holds exact numbers, if it does. */
export function registerMember(container: object, member: unknown): void {
  if (holdsExact(member)) membersOf(container);
}

/** Returns whether a value is a list or object that holds exact numbers, at any depth. */
export const holdsExact = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && members.has(value);

/** Returns a member of a list or object: the exact number, where there is one. */
export const exactMember = (container: object, name: string | number): unknown =>
  members.get(container)?.get(String(name)) ?? (container as Readonly<Record<string, unknown>>)[name];

/** Returns the value at a path; the exact number, where there is one. */
export const exactAt = (root: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? exactMember(at, name) : undefined), root);

/** Returns all floats that a value holds, with their JSON pointers as lists of names. */
export function floatsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (!holdsExact(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const at = [...path, name];
    const exact = members.get(value)?.get(name);
    return exact?.isFloat === true ? [at] : floatsIn(member, at);
  });
}
