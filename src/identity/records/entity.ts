/**
 * An entity as Keystone returns it, without links and with the hidden members of its kind (`RECORD_KINDS`). Immutable: a change
 * is a new object. Members that are not named in the type of the kind are what clients have added.
 */
export interface EntityRecord {
  readonly id: string;
  readonly [member: string]: unknown;
}
