import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
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
import { type MetadefAction, MetadefError } from './problem.ts';
import { type MetadefKeeper, MetadefStore, type MetadefsState } from './store.ts';

/** What a catalogue is made of beside its state. */
export interface MetadefsDependencies {
  readonly clock: Clock;
  readonly keep?: MetadefKeeper;
}

/**
 * The catalogue of metadata definitions of one world: what properties, objects and tags may be put on which types of
 * resources. Everybody reads what is public or their project's own; administrators read all, and they alone write.
 */
export class Metadefs {
  readonly #store: MetadefStore;
  readonly #clock: Clock;

  constructor(state: MetadefsState | undefined, { clock, keep }: MetadefsDependencies) {
    this.#store = new MetadefStore(state, keep);
    this.#clock = clock;
  }

  snapshot(): MetadefsState {
    return this.#store.snapshot();
  }

  /**
   * A page of the namespaces that the caller may see.
   * @throws MetadefError `marker-not-found`.
   */
  list(caller: Caller, query: NamespaceQuery): readonly Namespace[] {
    const { sortKey, direction, limit, marker, visibility, resourceTypes } = query;
    const after = marker === undefined ? undefined : this.#marker(caller, marker);
    const found: Namespace[] = [];
    if (limit === 0) return found;
    for (const namespace of this.#store.walk(sortKey, direction, after)) {
      if (!isVisible(namespace, caller)) continue;
      if (visibility !== undefined && namespace.visibility !== visibility) continue;
      const isMeant = (type: string): boolean => this.#store.part('association', namespace, type) !== undefined;
      if (resourceTypes !== undefined && !resourceTypes.some(isMeant)) continue;
      found.push(namespace);
      if (found.length === limit) break;
    }
    return found;
  }

  /** @throws MetadefError `namespace-not-found`. */
  namespace(caller: Caller, name: string): Namespace {
    const namespace = this.#store.namespace(name);
    if (namespace !== undefined && isVisible(namespace, caller)) return namespace;
    throw new MetadefError({ kind: 'namespace-not-found', name, exists: namespace !== undefined });
  }

  /**
   * Makes a namespace with what it starts out with. Where two of that have one name nothing is made (but the resource
   * types); where the service cannot keep a text, what came before it is there.
   * @throws MetadefError `not-allowed`, `namespace-exists`, `part-exists`, `four-byte`.
   */
  create(caller: Caller, wish: NewNamespace): Namespace {
    permit(caller, 'add-namespace');
    const fields = fieldsOf(wish, caller);
    checkNamespace(fields, false);
    if (this.#store.namespace(fields.name) !== undefined) {
      throw new MetadefError({ kind: 'namespace-exists', name: fields.name, isRename: false });
    }
    const namespace: Namespace = { kind: 'namespace', ...this.#record(), ...fields };
    this.#store.putNamespace(namespace);
    try {
      for (const association of wish.associations ?? []) this.#associate(namespace, association);
      for (const object of wish.objects ?? []) this.#addObject(namespace, object, 'namespace');
      for (const name of wish.tags ?? []) this.#addTag(namespace, name, 'namespace');
      for (const property of wish.properties ?? []) this.#addProperty(namespace, property, 'namespace');
    } catch (error) {
      if (error instanceof MetadefError && error.problem.kind === 'part-exists') this.#store.removeNamespace(namespace);
      throw error;
    }
    return namespace;
  }

  /**
   * Changes what a namespace says of itself; what is left out goes back to what it starts out with.
   * @returns what it was, and what it is now.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `namespace-exists`, `four-byte`.
   */
  update(caller: Caller, name: string, wish: NewNamespace): Change<Namespace> {
    const before = this.#writable(caller, name, 'modify-namespace');
    const fields = fieldsOf(wish, caller);
    checkNamespace(fields, true);
    const other = this.#store.namespace(fields.name);
    if (other !== undefined && other.id !== before.id) {
      throw new MetadefError({ kind: 'namespace-exists', name: fields.name, isRename: true });
    }
    const after: Namespace = { ...before, ...fields, updatedAt: this.#clock.now() };
    this.#store.putNamespace(after, before);
    return { before, after };
  }

  /** @throws MetadefError `namespace-not-found`, `not-allowed`, `protected`. */
  remove(caller: Caller, name: string): void {
    const namespace = this.#writable(caller, name, 'delete-namespace');
    refuseProtected(namespace, 'namespace', name);
    this.#store.removeNamespace(namespace);
  }

  /** All resource types that any namespace was ever meant for, the first one first. */
  types(): readonly ResourceType[] {
    return this.#store.types();
  }

  /** What types of resources a namespace is meant for, the first one first. */
  associations(namespace: Namespace): readonly Association[] {
    return [...this.#store.parts('association', namespace)].sort((left, right) => left.id - right.id);
  }

  /** @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`. */
  associate(caller: Caller, name: string, association: AssociationFields): Association {
    return this.#associate(this.#writable(caller, name, 'add-association'), association);
  }

  /** The properties of a namespace by name. */
  properties(namespace: Namespace): readonly PropertyDefinition[] {
    return this.#store.parts('property', namespace);
  }

  /**
   * One property of a namespace.
   * @param type - a resource type, where the name is the one that resources of that type have it under.
   * @throws MetadefError `part-not-found`, `type-not-found`, `not-associated`, `prefix-missing`.
   */
  property(namespace: Namespace, name: string, type?: string): PropertyDefinition {
    return this.part('property', namespace, type === undefined ? name : this.#withoutPrefix(namespace, name, type));
  }

  /** @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`, `four-byte`. */
  addProperty(caller: Caller, name: string, property: PropertyFields): PropertyDefinition {
    return this.#addProperty(this.#writable(caller, name, 'add-property'), property, 'property');
  }

  /** @throws MetadefError as `addProperty`, and `part-not-found`. */
  updateProperty(caller: Caller, name: string, property: string, wish: PropertyFields): Change<PropertyDefinition> {
    const namespace = this.#writable(caller, name, 'modify-property');
    const before = this.part('property', namespace, property);
    checkProperty(wish, 'property', true);
    return this.#change(namespace, before, { ...before, ...wish, updatedAt: this.#clock.now() });
  }

  /** The objects of a namespace by name. */
  objects(namespace: Namespace): readonly ObjectDefinition[] {
    return this.#store.parts('object', namespace);
  }

  /** @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`, `four-byte`. */
  addObject(caller: Caller, name: string, object: ObjectFields): ObjectDefinition {
    return this.#addObject(this.#writable(caller, name, 'add-object'), object, 'object');
  }

  /** @throws MetadefError as `addObject`, and `part-not-found`. */
  updateObject(caller: Caller, name: string, object: string, wish: ObjectFields): Change<ObjectDefinition> {
    const namespace = this.#writable(caller, name, 'modify-object');
    const before = this.part('object', namespace, object);
    checkObject(wish, 'object', true);
    return this.#change(namespace, before, { ...before, ...objectFields(wish), updatedAt: this.#clock.now() });
  }

  /**
   * A page of the tags of a namespace.
   * @throws MetadefError `part-not-found` for a marker that is none of them.
   */
  tags(namespace: Namespace, paging: Paging<TagSortKey>): readonly TagDefinition[] {
    const { sortKey, direction, limit, marker } = paging;
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

  /** @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`, `four-byte`. */
  addTag(caller: Caller, name: string, tag: string): TagDefinition {
    return this.#addTag(this.#writable(caller, name, 'add-tag'), tag, 'tag');
  }

  /**
   * Puts tags in place of all that there are, or beside them: all of them or none.
   * @throws MetadefError `namespace-not-found`, `not-allowed`, `part-exists`.
   */
  addTags(caller: Caller, name: string, tags: readonly string[], isAppending: boolean): void {
    const namespace = this.#writable(caller, name, 'add-tags');
    const taken = new Set<string>();
    for (const tag of tags) {
      if (taken.has(tag) || (isAppending && this.#store.part('tag', namespace, tag) !== undefined)) {
        throw exists('tag', tag, namespace);
      }
      taken.add(tag);
    }
    if (!isAppending) this.#store.removeParts('tag', namespace);
    for (const tag of tags)
      this.#store.putPart({ kind: 'tag', ...this.#record(), namespaceId: namespace.id, name: tag });
  }

  /** @throws MetadefError as `addTag`, and `part-not-found`. */
  renameTag(caller: Caller, name: string, tag: string, wish: string): Change<TagDefinition> {
    const namespace = this.#writable(caller, name, 'modify-tag');
    const before = this.part('tag', namespace, tag);
    refuseFourByte(wish, 'name', 'tag', true);
    return this.#change(namespace, before, { ...before, name: wish, updatedAt: this.#clock.now() });
  }

  /** @throws MetadefError `part-not-found`. */
  part<Kind extends PartKind>(kind: Kind, namespace: Namespace, name: string): PartOf[Kind] {
    const part = this.#store.part(kind, namespace, name);
    if (part !== undefined) return part;
    throw new MetadefError({ kind: 'part-not-found', part: kind, name, namespace: namespace.name });
  }

  /** @throws MetadefError `namespace-not-found`, `not-allowed`, `part-not-found`, `protected`. */
  removePart(caller: Caller, kind: PartKind, name: string, partName: string): void {
    const namespace = this.#writable(caller, name, `delete-${kind}`);
    const part = this.part(kind, namespace, partName);
    refuseProtected(namespace, kind, partName);
    this.#store.removePart(part);
  }

  /** @throws MetadefError `namespace-not-found`, `not-allowed`, `protected`. */
  removeParts(caller: Caller, kind: PartKind, name: string): void {
    const namespace = this.#writable(caller, name, 'delete-namespace');
    refuseProtected(namespace, 'namespace', name);
    this.#store.removeParts(kind, namespace);
  }

  #marker(caller: Caller, name: string): Namespace {
    const namespace = this.#store.namespace(name);
    if (namespace !== undefined && isVisible(namespace, caller)) return namespace;
    throw new MetadefError({ kind: 'marker-not-found', name, exists: namespace !== undefined });
  }

  #writable(caller: Caller, name: string, action: MetadefAction): Namespace {
    const namespace = this.namespace(caller, name);
    permit(caller, action);
    return namespace;
  }

  #record(): { readonly id: number; readonly createdAt: number; readonly updatedAt: number } {
    const now = this.#clock.now();
    return { id: this.#store.nextId(), createdAt: now, updatedAt: now };
  }

  #associate(namespace: Namespace, association: AssociationFields): Association {
    if (this.#store.type(association.name) === undefined) {
      this.#store.putType({ kind: 'type', ...this.#record(), name: association.name });
    }
    return this.#add(namespace, { kind: 'association', ...this.#record(), namespaceId: namespace.id, ...association });
  }

  #addProperty(namespace: Namespace, property: PropertyFields, told: PartKind | 'namespace'): PropertyDefinition {
    checkProperty(property, told, false);
    return this.#add(namespace, { kind: 'property', ...this.#record(), namespaceId: namespace.id, ...property });
  }

  #addObject(namespace: Namespace, object: ObjectFields, told: PartKind | 'namespace'): ObjectDefinition {
    checkObject(object, told, false);
    return this.#add(namespace, {
      kind: 'object',
      ...this.#record(),
      namespaceId: namespace.id,
      ...objectFields(object),
    });
  }

  #addTag(namespace: Namespace, name: string, told: PartKind | 'namespace'): TagDefinition {
    refuseFourByte(name, 'name', told, false);
    return this.#add(namespace, { kind: 'tag', ...this.#record(), namespaceId: namespace.id, name });
  }

  #add<P extends PartOf[PartKind]>(namespace: Namespace, part: P): P {
    if (this.#store.part(part.kind, namespace, part.name) !== undefined) throw exists(part.kind, part.name, namespace);
    this.#store.putPart(part);
    return part;
  }

  #change<P extends PartOf[PartKind]>(namespace: Namespace, before: P, after: P): Change<P> {
    const isTaken = after.name !== before.name && this.#store.part(after.kind, namespace, after.name) !== undefined;
    if (isTaken) throw exists(after.kind, after.kind === 'tag' ? after.name : before.name, namespace, true);
    this.#store.putPart(after, before);
    return { before, after };
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

/** Something as it was, and as it is now. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

const isVisible = (namespace: Namespace, caller: Caller): boolean =>
  caller.isAdmin || namespace.visibility === 'public' || namespace.owner === caller.projectId;

function permit(caller: Caller, action: MetadefAction): void {
  if (!caller.isAdmin) throw new MetadefError({ kind: 'not-allowed', action });
}

function refuseProtected(namespace: Namespace, part: PartKind | 'namespace', name: string): void {
  if (namespace.isProtected) throw new MetadefError({ kind: 'protected', part, name });
}

const exists = (part: PartKind, name: string, namespace: Namespace, isRename = false): MetadefError =>
  new MetadefError({ kind: 'part-exists', part, name, namespace: namespace.name, isRename });

/** What is kept of an object, whatever else is known of it. */
const objectFields = ({ name, description, required, properties }: ObjectFields): ObjectFields => ({
  name,
  description,
  required,
  properties,
});

const fieldsOf = (wish: NewNamespace, caller: Caller): NamespaceFields => ({
  name: wish.name,
  displayName: wish.displayName,
  description: wish.description,
  visibility: wish.visibility ?? 'private',
  isProtected: wish.isProtected ?? false,
  owner: wish.owner ?? caller.projectId,
});

function refuseFourByte(value: unknown, attribute: string, part: PartKind | 'namespace', isUpdate: boolean): void {
  const has = (text: unknown): boolean => typeof text === 'string' && /[\u{10000}-\u{10ffff}]/u.test(text);
  if (has(value)) throw new MetadefError({ kind: 'four-byte', attribute, part, isUpdate });
}

function checkNamespace(fields: NamespaceFields, isUpdate: boolean): void {
  for (const attribute of ['name', 'displayName', 'description', 'owner'] as const) {
    refuseFourByte(fields[attribute], attribute === 'name' ? 'namespace' : attribute, 'namespace', isUpdate);
  }
}

/** Texts of a schema are looked at, lists in it are not. */
function checkProperty({ name, schema }: PropertyFields, part: PartKind | 'namespace', isUpdate: boolean): void {
  refuseFourByte(name, 'name', part, isUpdate);
  for (const [attribute, value] of Object.entries(schema)) refuseFourByte(value, attribute, part, isUpdate);
}

function checkObject(object: ObjectFields, part: PartKind | 'namespace', isUpdate: boolean): void {
  refuseFourByte(object.name, 'name', part, isUpdate);
  refuseFourByte(object.description, 'description', part, isUpdate);
  for (const name of object.required) refuseFourByte(name, 'required', part, isUpdate);
  for (const { schema } of object.properties) {
    for (const [attribute, value] of Object.entries(schema)) refuseFourByte(value, attribute, part, isUpdate);
  }
}
