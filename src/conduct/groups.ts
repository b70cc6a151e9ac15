/** Things in groups, in the order in which they were added. */
export class Groups<Key, Thing> extends Map<Key, Thing[]> {
  /** Adds a thing to a group. */
  add(key: Key, thing: Thing): void {
    const group = this.get(key);
    if (group === undefined) this.set(key, [thing]);
    else group.push(thing);
  }
}
