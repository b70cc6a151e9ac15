import type { Clock } from '../clock.ts';
import { checkObject, checkProperty, checkStorable, checkText, type WriteContext } from './checks.ts';
import type {
  Association,
  AssociationFields,
  Namespace,
  ObjectDefinition,
  ObjectFields,
  PartKind,
  PartOf,
  PropertyDefinition,
  PropertyFields,
  TagDefinition,
} from './metadef.ts';
import { MetadefError } from './problem.ts';
import type { MetadefStore } from './store.ts';

/** A value before and after a change. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

type Timestamps = Pick<Namespace, 'id' | 'createdAt' | 'updatedAt'>;

/** Writes the parts of namespaces. Permissions have been checked before. */
export class PartWriter {
  readonly #store: MetadefStore;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(store: MetadefStore, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The next id and the current time, for a new record. */
  record(): Timestamps {
    const now = this.#clock.now();
    return { id: this.#store.nextId(), createdAt: now, updatedAt: now };
  }

  /** Associates a namespace with a resource type, which is created if it is new. @throws MetadefError `part-exists`, `unstorable`. */
  associate(namespace: Namespace, association: AssociationFields): Association {
    checkStorable(association);
    if (this.#store.type(association.name) === undefined) {
      this.#store.putType({ kind: 'type', ...this.record(), name: association.name });
    }
    return this.#add(namespace, { kind: 'association', ...this.record(), namespaceId: namespace.id, ...association });
  }

  /** Adds a property. @throws MetadefError `part-exists`, `four-byte`, `unstorable`. */
  addProperty(namespace: Namespace, property: PropertyFields, part: WriteContext['part']): PropertyDefinition {
    checkProperty(property, { part, isUpdate: false });
    return this.#add(namespace, { kind: 'property', ...this.record(), namespaceId: namespace.id, ...property });
  }

  /** Adds an object. @throws MetadefError `part-exists`, `four-byte`, `unstorable`. */
  addObject(namespace: Namespace, object: ObjectFields, part: WriteContext['part']): ObjectDefinition {
    checkObject(object, { part, isUpdate: false });
    const fields = objectFields(object);
    return this.#add(namespace, { kind: 'object', ...this.record(), namespaceId: namespace.id, ...fields });
  }

  /** Adds a tag. @throws MetadefError `part-exists`, `four-byte`, `unstorable`. */
  addTag(namespace: Namespace, name: string, part: WriteContext['part']): TagDefinition {
    checkText(name, 'name', { part, isUpdate: false });
    return this.#add(namespace, { kind: 'tag', ...this.record(), namespaceId: namespace.id, name });
  }

  /** Adds all of these tags, or none if one of them exists. @throws MetadefError `part-exists`, `unstorable`. */
  addTags(namespace: Namespace, tags: readonly string[], isAppending: boolean): void {
    checkStorable(tags);
    const names = new Set<string>();
    for (const tag of tags) {
      if (names.has(tag) || (isAppending && this.#store.part('tag', namespace, tag) !== undefined)) {
        throw partExists(namespace, { part: 'tag', name: tag, isRename: false });
      }
      names.add(tag);
    }
    if (!isAppending) this.#store.removeParts('tag', namespace);
    for (const name of tags) this.#store.putPart({ kind: 'tag', ...this.record(), namespaceId: namespace.id, name });
  }

  /** Changes a part. @throws MetadefError `part-exists` if another part has its new name. */
  change<P extends PartOf[PartKind]>(namespace: Namespace, before: P, fields: Partial<P>): Change<P> {
    checkStorable(fields);
    const after: P = { ...before, ...fields, updatedAt: this.#clock.now() };
    if (after.name !== before.name && this.#store.part(after.kind, namespace, after.name) !== undefined) {
      const name = after.kind === 'tag' ? after.name : before.name;
      throw partExists(namespace, { part: after.kind, name, isRename: true });
    }
    this.#store.putPart(after, before);
    return { before, after };
  }

  #add<P extends PartOf[PartKind]>(namespace: Namespace, part: P): P {
    checkStorable(part);
    if (this.#store.part(part.kind, namespace, part.name) !== undefined) {
      throw partExists(namespace, { part: part.kind, name: part.name, isRename: false });
    }
    this.#store.putPart(part);
    return part;
  }
}

const partExists = (
  { name: namespace }: Namespace,
  part: { readonly part: PartKind; readonly name: string; readonly isRename: boolean },
): MetadefError => new MetadefError({ kind: 'part-exists', namespace, ...part });

/** The fields of an object without any other members of the value. */
export const objectFields = ({ name, description, required, properties }: ObjectFields): ObjectFields => ({
  name,
  description,
  required,
  properties,
});
