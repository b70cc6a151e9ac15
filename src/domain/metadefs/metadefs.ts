import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import {
  checkAllowed,
  checkNamespace,
  checkObject,
  checkProperty,
  checkText,
  checkUnprotected,
  isVisible,
} from './checks.ts';
import type {
  Association,
  AssociationFields,
  Namespace,
  NamespaceFields,
  NamespaceQuery,
  NewNamespace,
  ObjectDefinition,
  ObjectFields,
  Paging,
  PartKind,
  PartOf,
  PropertyDefinition,
  PropertyFields,
  ResourceType,
  TagDefinition,
  TagSortKey,
} from './metadef.ts';
import { type Change, objectFields, PartWriter } from './part-writer.ts';
import { type MetadefAction, MetadefError } from './problem.ts';
import { type MetadefListener, MetadefStore, type MetadefsState } from './store.ts';

/** What `Metadefs` uses of its world. */
export interface MetadefsDependencies {
  readonly clock: Clock;
  readonly onChange?: MetadefListener;
}

/** One part of a namespace, by the names of both. */
export interface PartKey {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The catalog of metadata definitions of one world: which properties, objects and tags each type of resource may have.
 * Everybody reads public namespaces and those of their project; administrators read all of them, and only they write.
 */
export class Metadefs {
  readonly #store: MetadefStore;
  readonly #clock: Clock;
  readonly #writer: PartWriter;

  constructor(state: MetadefsState | undefined, { clock, onChange }: MetadefsDependencies) {
    this.#store = new MetadefStore(state, onChange);
    this.#clock = clock;
    this.#writer = new PartWriter(this.#store, clock);
  }

  /** The current state; costs the same for any number of definitions. */
  snapshot(): MetadefsState {
    return this.#store.snapshot();
  }

  /**
   * Lists one page of the namespaces that the caller may see.
   * @throws MetadefError `marker-not-found`.
   */
  list(caller: Caller, query: NamespaceQuery): readonly Namespace[] {
    const { sortKey, direction, limit, marker } = query;
    const after = marker === undefined ? undefined : this.#findMarker(caller, marker);
    const page: Namespace[] = [];
    if (limit === 0) return page;
    for (const namespace of this.#store.walk(sortKey, direction, after)) {
      if (!isVisible(namespace, caller) || !this.#matches(namespace, query)) continue;
      page.push(namespace);
      if (page.length === limit) break;
    }
    return page;
  }

  /** Returns a namespace that the caller may see. @throws MetadefError `namespace-not-found`. */
  namespace(caller: Caller, name: string): Namespace {
    const namespace = this.#store.namespace(name);
    if (namespace !== undefined && isVisible(namespace, caller)) return namespace;
    throw new MetadefError({ kind: 'namespace-not-found', name, exists: namespace !== undefined });
  }

  /**
   * Creates a namespace with its initial parts. If two parts have the same name, only new resource types remain; if the
   * service cannot store a text, everything before it remains.
   * @throws MetadefError `not-allowed`, `namespace-exists`, `part-exists`, `four-byte`.
   */
  create(caller: Caller, request: NewNamespace): Namespace {
    checkAllowed(caller, 'add-namespace');
    const fields = fieldsOf(request, caller);
    checkNamespace(fields, false);
    if (this.#store.namespace(fields.name) !== undefined) {
      throw new MetadefError({ kind: 'namespace-exists', name: fields.name, isRename: false });
    }
    const namespace: Namespace = { kind: 'namespace', ...this.#writer.record(), ...fields };
    this.#store.putNamespace(namespace);
    try {
      this.#addInitialParts(namespace, request);
    } catch (error) {
      if (error instanceof MetadefError && error.problem.kind === 'part-exists') this.#store.removeNamespace(namespace);
      throw error;
    }
    return namespace;
  }

  /**
   * Replaces the fields of a namespace; absent fields get their defaults.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `namespace-exists`, `four-byte`.
   */
  update(caller: Caller, name: string, request: NewNamespace): Change<Namespace> {
    const before = this.#findWritable(caller, name, 'modify-namespace');
    const fields = fieldsOf(request, caller);
    checkNamespace(fields, true);
    const other = this.#store.namespace(fields.name);
    if (other !== undefined && other.id !== before.id) {
      throw new MetadefError({ kind: 'namespace-exists', name: fields.name, isRename: true });
    }
    const after: Namespace = { ...before, ...fields, updatedAt: this.#clock.now() };
    this.#store.putNamespace(after, before);
    return { before, after };
  }

  /**
   * Removes a namespace with all its parts.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `protected`.
   */
  remove(caller: Caller, name: string): void {
    const namespace = this.#findWritable(caller, name, 'delete-namespace');
    checkUnprotected(namespace, 'namespace', name);
    this.#store.removeNamespace(namespace);
  }

  /** Lists all resource types that a namespace was ever associated with, the oldest first. */
  types(): readonly ResourceType[] {
    return this.#store.types();
  }

  /** Lists the associations of a namespace with resource types, the oldest first. */
  associations(namespace: Namespace): readonly Association[] {
    return [...this.#store.parts('association', namespace)].sort((left, right) => left.id - right.id);
  }

  /**
   * Associates a namespace with a resource type.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`.
   */
  associate(caller: Caller, name: string, association: AssociationFields): Association {
    return this.#writer.associate(this.#findWritable(caller, name, 'add-association'), association);
  }

  /** Lists the properties of a namespace by name. */
  properties(namespace: Namespace): readonly PropertyDefinition[] {
    return this.#store.parts('property', namespace);
  }

  /**
   * Returns one property of a namespace.
   * @param type - resource type whose prefix the name begins with.
   * @throws MetadefError `part-not-found`, `type-not-found`, `not-associated`, `prefix-missing`.
   */
  property(namespace: Namespace, name: string, type?: string): PropertyDefinition {
    return this.part('property', namespace, type === undefined ? name : this.#withoutPrefix(namespace, name, type));
  }

  /**
   * Adds a property to a namespace.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`, `four-byte`.
   */
  addProperty(caller: Caller, name: string, property: PropertyFields): PropertyDefinition {
    return this.#writer.addProperty(this.#findWritable(caller, name, 'add-property'), property, 'property');
  }

  /** Replaces the fields of a property. @throws MetadefError as `addProperty`, and `part-not-found`. */
  updateProperty(caller: Caller, key: PartKey, fields: PropertyFields): Change<PropertyDefinition> {
    const namespace = this.#findWritable(caller, key.namespace, 'modify-property');
    const before = this.part('property', namespace, key.name);
    checkProperty(fields, { part: 'property', isUpdate: true });
    return this.#writer.change(namespace, before, fields);
  }

  /** Lists the objects of a namespace by name. */
  objects(namespace: Namespace): readonly ObjectDefinition[] {
    return this.#store.parts('object', namespace);
  }

  /**
   * Adds an object to a namespace.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`, `four-byte`.
   */
  addObject(caller: Caller, name: string, object: ObjectFields): ObjectDefinition {
    return this.#writer.addObject(this.#findWritable(caller, name, 'add-object'), object, 'object');
  }

  /** Replaces the fields of an object. @throws MetadefError as `addObject`, and `part-not-found`. */
  updateObject(caller: Caller, key: PartKey, fields: ObjectFields): Change<ObjectDefinition> {
    const namespace = this.#findWritable(caller, key.namespace, 'modify-object');
    const before = this.part('object', namespace, key.name);
    checkObject(fields, { part: 'object', isUpdate: true });
    return this.#writer.change(namespace, before, objectFields(fields));
  }

  /**
   * Lists one page of the tags of a namespace.
   * @throws MetadefError `part-not-found` for an unknown marker.
   */
  tags(namespace: Namespace, { sortKey, direction, limit, marker }: Paging<TagSortKey>): readonly TagDefinition[] {
    const sign = direction === 'asc' ? 1 : -1;
    const compare = (left: TagDefinition, right: TagDefinition): number => {
      const one = left[sortKey];
      const other = right[sortKey];
      return sign * (one < other ? -1 : one > other ? 1 : left.id - right.id);
    };
    const after = marker === undefined ? undefined : this.part('tag', namespace, marker);
    return [...this.#store.parts('tag', namespace)]
      .filter((tag) => after === undefined || compare(tag, after) > 0)
      .sort(compare)
      .slice(0, limit);
  }

  /**
   * Adds a tag to a namespace.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`, `four-byte`.
   */
  addTag(caller: Caller, name: string, tag: string): TagDefinition {
    return this.#writer.addTag(this.#findWritable(caller, name, 'add-tag'), tag, 'tag');
  }

  /** Rejects a caller who cannot add tags. @throws MetadefError `namespace-not-found`, `not-allowed`. */
  assertCanAddTags(caller: Caller, name: string): void {
    this.#findWritable(caller, name, 'add-tags');
  }

  /**
   * Replaces the tags of a namespace, or adds to them: either all tags or none.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`.
   */
  addTags(
    caller: Caller,
    name: string,
    { tags, isAppending }: { readonly tags: readonly string[]; readonly isAppending: boolean },
  ): void {
    this.#writer.addTags(this.#findWritable(caller, name, 'add-tags'), tags, isAppending);
  }

  /** Renames a tag. @throws MetadefError as `addTag`, and `part-not-found`. */
  renameTag(caller: Caller, key: PartKey, name: string): Change<TagDefinition> {
    const namespace = this.#findWritable(caller, key.namespace, 'modify-tag');
    const before = this.part('tag', namespace, key.name);
    checkText(name, 'name', { part: 'tag', isUpdate: true });
    return this.#writer.change(namespace, before, { name });
  }

  /** Returns one part of a namespace. @throws MetadefError `part-not-found`. */
  part<Kind extends PartKind>(kind: Kind, namespace: Namespace, name: string): PartOf[Kind] {
    const part = this.#store.part(kind, namespace, name);
    if (part !== undefined) return part;
    throw new MetadefError({ kind: 'part-not-found', part: kind, name, namespace: namespace.name });
  }

  /**
   * Removes one part of a namespace.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `part-not-found`, `protected`.
   */
  removePart(caller: Caller, kind: PartKind, key: PartKey): void {
    const namespace = this.#findWritable(caller, key.namespace, `delete-${kind}`);
    const part = this.part(kind, namespace, key.name);
    checkUnprotected(namespace, kind, key.name);
    this.#store.removePart(part);
  }

  /** Removes all parts of one kind. @throws MetadefError `namespace-not-found`, `not-allowed`, `protected`. */
  removeParts(caller: Caller, kind: PartKind, name: string): void {
    const namespace = this.#findWritable(caller, name, 'delete-namespace');
    checkUnprotected(namespace, 'namespace', name);
    this.#store.removeParts(kind, namespace);
  }

  #matches(namespace: Namespace, { visibility, resourceTypes }: NamespaceQuery): boolean {
    if (visibility !== undefined && namespace.visibility !== visibility) return false;
    const isAssociated = (type: string): boolean => this.#store.part('association', namespace, type) !== undefined;
    return resourceTypes === undefined || resourceTypes.some(isAssociated);
  }

  #addInitialParts(namespace: Namespace, request: NewNamespace): void {
    for (const association of request.associations ?? []) this.#writer.associate(namespace, association);
    for (const object of request.objects ?? []) this.#writer.addObject(namespace, object, 'namespace');
    for (const name of request.tags ?? []) this.#writer.addTag(namespace, name, 'namespace');
    for (const property of request.properties ?? []) this.#writer.addProperty(namespace, property, 'namespace');
  }

  #findMarker(caller: Caller, name: string): Namespace {
    const namespace = this.#store.namespace(name);
    if (namespace !== undefined && isVisible(namespace, caller)) return namespace;
    throw new MetadefError({ kind: 'marker-not-found', name, exists: namespace !== undefined });
  }

  #findWritable(caller: Caller, name: string, action: MetadefAction): Namespace {
    const namespace = this.namespace(caller, name);
    checkAllowed(caller, action);
    return namespace;
  }

  #withoutPrefix(namespace: Namespace, name: string, type: string): string {
    if (this.#store.type(type) === undefined) throw new MetadefError({ kind: 'type-not-found', name: type });
    const association = this.#store.part('association', namespace, type);
    if (association === undefined) {
      throw new MetadefError({ kind: 'not-associated', name: type, namespace: namespace.name });
    }
    const { prefix } = association;
    if (prefix === null || prefix === '' || !name.startsWith(prefix)) {
      throw new MetadefError({ kind: 'prefix-missing', name, prefix });
    }
    return name.slice(prefix.length);
  }
}

const fieldsOf = (request: NewNamespace, caller: Caller): NamespaceFields => ({
  name: request.name,
  displayName: request.displayName,
  description: request.description,
  visibility: request.visibility ?? 'private',
  isProtected: request.isProtected ?? false,
  owner: request.owner ?? caller.projectId,
});
