/** Who can read a namespace: everybody, or its owner alone. */
export const NAMESPACE_VISIBILITIES = ['public', 'private'] as const;
export type NamespaceVisibility = (typeof NAMESPACE_VISIBILITIES)[number];

/** What all records of the catalogue have; a value. */
interface Recorded {
  /** Rises with each record that is made; tells the order where times are equal. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a namespace says of itself. */
export interface NamespaceFields {
  readonly name: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly visibility: NamespaceVisibility;
  /** Neither it nor anything in it can be removed. */
  readonly isProtected: boolean;
  /** A project; any text will do. */
  readonly owner: string;
}

/** A set of metadata definitions under one name. */
export interface Namespace extends NamespaceFields, Recorded {
  readonly kind: 'namespace';
}

/** A kind of thing that takes metadata, such as `OS::Nova::Flavor`. */
export interface ResourceType extends Recorded {
  readonly kind: 'type';
  readonly name: string;
}

interface Contained extends Recorded {
  /** Id of the namespace. */
  readonly namespaceId: number;
  readonly name: string;
}

/** That a namespace is meant for a resource type. */
export interface Association extends Contained, AssociationFields {
  readonly kind: 'association';
}

export interface AssociationFields {
  readonly name: string;
  /** What goes before the names of properties on resources of this type. */
  readonly prefix: string | null;
  readonly propertiesTarget: string | null;
}

/** A JSON schema of one property, member by member as given. */
export type PropertySchema = Readonly<Record<string, unknown>>;

export interface PropertyFields {
  readonly name: string;
  readonly schema: PropertySchema;
}

export interface PropertyDefinition extends Contained, PropertyFields {
  readonly kind: 'property';
}

export interface ObjectFields {
  readonly name: string;
  readonly description: string | null;
  /** Names of properties that must be there. */
  readonly required: readonly string[];
  /** In the order in which they were given. */
  readonly properties: readonly PropertyFields[];
}

/** A group of properties. */
export interface ObjectDefinition extends Contained, ObjectFields {
  readonly kind: 'object';
}

export interface TagDefinition extends Contained {
  readonly kind: 'tag';
}

/** What a namespace contains, by kind. */
export interface PartOf {
  readonly association: Association;
  readonly property: PropertyDefinition;
  readonly object: ObjectDefinition;
  readonly tag: TagDefinition;
}
export type PartKind = keyof PartOf;
export type Part = PartOf[PartKind];

/** Anything that the catalogue keeps. */
export type MetadefRecord = Namespace | ResourceType | Part;

/** A namespace that is to be made, with what it starts out with. */
export interface NewNamespace extends Omit<NamespaceFields, 'owner' | 'visibility' | 'isProtected'> {
  /** The caller's project when left out. */
  readonly owner?: string;
  readonly visibility?: NamespaceVisibility;
  readonly isProtected?: boolean;
  readonly associations?: readonly AssociationFields[];
  readonly objects?: readonly ObjectFields[];
  readonly tags?: readonly string[];
  readonly properties?: readonly PropertyFields[];
}

/** By what namespaces can be put in order. */
export const NAMESPACE_SORT_KEYS = [
  'createdAt',
  'updatedAt',
  'id',
  'name',
  'displayName',
  'description',
  'visibility',
  'isProtected',
  'owner',
] as const;
export type NamespaceSortKey = (typeof NAMESPACE_SORT_KEYS)[number];

/** By what tags of one namespace can be put in order. */
export const TAG_SORT_KEYS = ['createdAt', 'updatedAt', 'id', 'name', 'namespaceId'] as const;
export type TagSortKey = (typeof TAG_SORT_KEYS)[number];

/** One page of a list. */
export interface Paging<Key extends string> {
  readonly sortKey: Key;
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  /** Name of the last one on the page before. */
  readonly marker?: string;
}

export interface NamespaceQuery extends Paging<NamespaceSortKey> {
  /** A visibility that there is not matches nothing. */
  readonly visibility?: string;
  /** Those that are meant for one of these resource types. */
  readonly resourceTypes?: readonly string[];
}
