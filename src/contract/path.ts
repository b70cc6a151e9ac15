interface Node<T> {
  readonly children: Map<string, Node<T>>;
  /** The child that matches any segment. */
  wildcard: Node<T> | undefined;
  /** The routes that end here, by upper-case method. */
  readonly ends: Map<string, End<T>>;
  /** Whether paths that end here match no parameter instead. */
  isExclusive: boolean;
}

interface End<T> {
  /** Names of the path parameters, in order. */
  readonly names: readonly string[];
  readonly values: T[];
}

/** A matched route: its values and path parameters. */
export interface Found<T> {
  /** The values added for this method and path; several if a discriminator selects one. */
  readonly values: readonly T[];
  /** Decoded path parameters. */
  readonly params: Readonly<Record<string, string>>;
}

const node = <T>(): Node<T> => ({ children: new Map(), wildcard: undefined, ends: new Map(), isExclusive: false });

/** One walk through the tree. */
interface Walk<T, R> {
  readonly segments: readonly string[];
  /** The segments that matched parameters so far. */
  readonly values: string[];
  /** Called at the end of the path. `undefined` continues the search. */
  atEnd(at: Node<T>): R | undefined;
}

/** Matches paths against path templates in one walk over the segments. Literal segments take precedence over parameters. */
export class PathTree<T> {
  readonly #root = node<T>();
  readonly #decode: (segment: string) => string;

  /** @param decode - decodes a segment that is the value of a parameter. */
  constructor(decode: (segment: string) => string) {
    this.#decode = decode;
  }

  /**
   * Adds a value for a method and a path template such as `/v2/images/{image_id}`.
   * @param isExclusive - whether other methods at this path match no template with a parameter in place of the last segment.
   */
  add(method: string, template: string, value: T, isExclusive = false): void {
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
    at.isExclusive ||= isExclusive;
    const end = at.ends.get(method.toUpperCase());
    if (end === undefined) at.ends.set(method.toUpperCase(), { names, values: [value] });
    else end.values.push(value);
  }

  /**
   * Finds the values of a path.
   * @param method - Upper case.
   */
  find(method: string, path: string): Found<T> | undefined {
    const segments = path.split('/');
    const segmentValues: string[] = [];
    const end = this.#walk(this.#root, 1, { segments, values: segmentValues, atEnd: (at) => at.ends.get(method) });
    if (end === undefined) return undefined;
    const params: Record<string, string> = {};
    for (let index = 0; index < end.names.length; index += 1) {
      params[end.names[index] as string] = this.#decode(segmentValues[index] as string);
    }
    return { values: end.values, params };
  }

  /** Returns the values of a path by upper-case method, in the order they were added; empty for an unknown path. */
  at(path: string): ReadonlyMap<string, readonly T[]> {
    const found = new Map<string, readonly T[]>();
    const atEnd = (at: Node<T>): undefined => {
      for (const [method, end] of at.ends) if (!found.has(method)) found.set(method, end.values);
    };
    this.#walk(this.#root, 1, { segments: path.split('/'), values: [], atEnd });
    return found;
  }

  #walk<R>(at: Node<T>, index: number, walk: Walk<T, R>): R | undefined {
    if (index === walk.segments.length) return walk.atEnd(at);
    const segment = walk.segments[index] as string;
    const child = at.children.get(segment);
    const literal = child && this.#walk(child, index + 1, walk);
    if (literal !== undefined) return literal;
    if (child?.isExclusive === true && index + 1 === walk.segments.length) return undefined;
    if (at.wildcard === undefined || segment === '') return undefined;
    walk.values.push(segment);
    const found = this.#walk(at.wildcard, index + 1, walk);
    if (found === undefined) walk.values.pop();
    return found;
  }
}
