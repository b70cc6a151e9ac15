/** Returns an own member of a table; `undefined` for a name that objects only inherit, such as `constructor`. */
export const ownMember = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
