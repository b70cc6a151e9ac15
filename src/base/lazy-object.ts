/** How each member of an object is built from what the object is created with. */
export type MemberBuilders<Source, Members> = { readonly [K in keyof Members]: (source: Source) => Members[K] };

/**
 * Returns a function that creates objects whose members are built when they are first read. Creating one costs the same
 * for any number of members.
 */
export function lazyObject<Source, Members extends object>(
  builders: MemberBuilders<Source, Members>,
): (source: Source) => Members {
  class LazyObject {
    readonly #source: Source;
    readonly #built: Partial<Members> = {};

    constructor(source: Source) {
      this.#source = source;
    }

    static {
      for (const name of Object.keys(builders) as (keyof Members)[]) {
        Object.defineProperty(LazyObject.prototype, name, {
          enumerable: true,
          get(this: LazyObject) {
            this.#built[name] ??= builders[name](this.#source);
            return this.#built[name];
          },
        });
      }
    }
  }
  return (source) => new LazyObject(source) as Members;
}

/** Returns an object whose members are built from their names when they are first read. */
export function lazyRecord<V>(names: readonly string[], build: (name: string) => V): Readonly<Record<string, V>> {
  const record: Record<string, V> = {};
  for (const name of names) {
    Object.defineProperty(record, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = build(name);
        Object.defineProperty(record, name, { enumerable: true, value });
        return value;
      },
    });
  }
  return record;
}
