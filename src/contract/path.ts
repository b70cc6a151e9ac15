/** Path templates: from a list of routes to a tree that finds the route of a path in one walk over its segments. */

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  /** The child that takes any segment, and the template's name for it. */
  wildcard: Node<T> | undefined;
  /** What ends here, by upper-case method, with the names of the wildcards on the way. */
  readonly ends: Map<string, End<T>>;
}

interface End<T> {
  readonly names: readonly string[];
  readonly values: T[];
}

/** What a path leads to. */
export interface Found<T> {
  /** What was added under this method and path; more than one where a discriminator tells them apart. */
  readonly values: readonly T[];
  readonly params: Readonly<Record<string, string>>;
}

const node = <T>(): Node<T> => ({ children: new Map(), wildcard: undefined, ends: new Map() });

const decode = (segment: string): string => {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Finds what was added for a method and a path. Literal segments win over named ones. */
export class PathTree<T> {
  readonly #root = node<T>();

  add(method: string, template: string, value: T): void {
    let at = this.#root;
    const names: string[] = [];
    for (const segment of template.split('/').slice(1)) {
      if (segment.startsWith('{') && segment.endsWith('}')) {
        names.push(segment.slice(1, -1));
        at.wildcard ??= node<T>();
        at = at.wildcard;
      } else {
        let next = at.children.get(segment);
        if (next === undefined) {
          next = node<T>();
          at.children.set(segment, next);
        }
        at = next;
      }
    }
    const end = at.ends.get(method.toUpperCase());
    if (end === undefined) at.ends.set(method.toUpperCase(), { names, values: [value] });
    else end.values.push(value);
  }

  find(method: string, path: string): Found<T> | undefined {
    const segments = path.split('/');
    const taken: string[] = [];
    const end = this.#walk(this.#root, segments, 1, taken, (at) => at.ends.get(method));
    if (end === undefined) return undefined;
    const params: Record<string, string> = {};
    for (let index = 0; index < end.names.length; index += 1) {
      params[end.names[index] as string] = decode(taken[index] as string);
    }
    return { values: end.values, params };
  }

  /** Everything that was added for a path, by upper-case method, in the order it was added; empty where there is no such path. */
  at(path: string): ReadonlyMap<string, readonly T[]> {
    const found = new Map<string, readonly T[]>();
    this.#walk(this.#root, path.split('/'), 1, [], (at) => {
      for (const [method, end] of at.ends) if (!found.has(method)) found.set(method, end.values);
      return undefined;
    });
    return found;
  }

  #walk<R>(
    at: Node<T>,
    segments: readonly string[],
    index: number,
    taken: string[],
    arrive: (at: Node<T>) => R | undefined,
  ): R | undefined {
    if (index === segments.length) return arrive(at);
    const segment = segments[index] as string;
    const child = at.children.get(segment);
    const literal = child && this.#walk(child, segments, index + 1, taken, arrive);
    if (literal !== undefined) return literal;
    if (at.wildcard === undefined || segment === '') return undefined;
    taken.push(segment);
    const found = this.#walk(at.wildcard, segments, index + 1, taken, arrive);
    if (found === undefined) taken.pop();
    return found;
  }
}
