import type { WorldParts } from './part.ts';
import { type Mutable, PART_NAMES } from './parts.ts';

/** Holds the parts of a world since it last started over. */
abstract class PartHolder {
  protected parts!: Mutable<WorldParts>;
}

for (const name of PART_NAMES) {
  Object.defineProperty(PartHolder.prototype, name, {
    get(this: { readonly parts: WorldParts }) {
      return this.parts[name];
    },
  });
}

/** Base class of a world, with a read-only property for each entry of `PARTS`. */
export const WithParts = PartHolder as abstract new () => PartHolder & Readonly<WorldParts>;
