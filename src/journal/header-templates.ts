/** How many lists are compared with a new one. A power of two. */
const SLOTS = 32;

/** Lists with more headers have no template. */
export const MAX_TEMPLATE = 2 * 30;

/**
 * Recent lists of response headers. Most responses of one operation differ in few values, such as the request id, so that their
 * journal entries can share the rest.
 */
export class HeaderTemplates {
  readonly #templates: (readonly string[] | undefined)[] = new Array<undefined>(SLOTS).fill(undefined);

  /** Returns a list with the same names for a list of names and values in turn: a recent one, or the list itself. */
  find(list: readonly string[]): readonly string[] {
    const slot = slotOf(list);
    const template = this.#templates[slot];
    if (template !== undefined && hasSameNames(template, list)) return template;
    this.#templates[slot] = list;
    return list;
  }

  /** Compares later lists with this one. */
  adopt(list: readonly string[]): void {
    this.#templates[slotOf(list)] = list;
  }
}

/** The first value tells the most common kinds of responses apart: it is the media type. */
const slotOf = (list: readonly string[]): number => (list.length * 3 + (list[1]?.length ?? 0)) % SLOTS;

function hasSameNames(template: readonly string[], list: readonly string[]): boolean {
  if (template === list) return true;
  if (template.length !== list.length) return false;
  for (let at = 0; at < list.length; at += 2) if (template[at] !== list[at]) return false;
  return true;
}
