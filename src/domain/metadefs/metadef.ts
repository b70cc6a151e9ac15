/** Who can read a namespace: everybody, or only its owner. */
export const NAMESPACE_VISIBILITIES = ['public', 'private'] as const;
/** Who can read a namespace. */
export type NamespaceVisibility = (typeof NAMESPACE_VISIBILITIES)[number];

/** What all records of the catalog have. Immutable. */
interface RecordFields {
  /** Rises with each new record; orders records of the same time. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The fields of a namespace that clients set. */
export interface NamespaceFields {
  readonly name: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly visibility: NamespaceVisibility;
  /** Whether the namespace and its parts cannot be removed. */
  readonly isProtected: boolean;
  /** Project id; any text is allowed. */
  readonly owner: string;
}

/** A named set of metadata definitions. */
export interface Namespace extends NamespaceFields, RecordFields {
  readonly kind: 'namespace';
}

/** A type of resource that takes metadata, such as `OS::Nova::Flavor`. */
export interface ResourceType extends RecordFields {
  readonly kind: 'type';
  readonly name: string;
}

interface Contained extends RecordFields {
  /** Id of the namespace. */
  readonly namespaceId: number;
  readonly name: string;
}

/** The association of a namespace with a resource type. */
export interface Association extends Contained, AssociationFields {
  readonly kind: 'association';
}

/** The fields of an association that clients set. */
export interface AssociationFields {
  readonly name: string;
  /** Prefix of property names on resources of this type. */
  readonly prefix: string | null;
  readonly propertiesTarget: string | null;
}

/** The JSON schema of a property. */
export type PropertySchema = Readonly<Record<string, unknown>>;

/** The fields of a property that clients set. */
export interface PropertyFields {
  readonly name: string;
  readonly schema: PropertySchema;
}

/** A property of a namespace. */
export interface PropertyDefinition extends Contained, PropertyFields {
  readonly kind: 'property';
}

/** The fields of an object that clients set. */
export interface ObjectFields {
  readonly name: string;
  readonly description: string | null;
  /** Names of required properties. */
  readonly required: readonly string[];
  /** In the order in which the client sent them. */
  readonly properties: readonly PropertyFields[];
}

/** A group of properties. */
export interface ObjectDefinition extends Contained, ObjectFields {
  readonly kind: 'object';
}

/** A tag of a namespace. */
export interface TagDefinition extends Contained {
  readonly kind: 'tag';
}

/** The parts of a namespace, by kind. */
export interface PartOf {
  readonly association: Association;
  readonly property: PropertyDefinition;
  readonly object: ObjectDefinition;
  readonly tag: TagDefinition;
}
/** Kind of a part of a namespace. */
export type PartKind = keyof PartOf;
/** A part of a namespace. */
export type Part = PartOf[PartKind];

/** A record of the catalog. */
export type MetadefRecord = Namespace | ResourceType | Part;

/** A namespace to create, with its initial parts. */
export interface NewNamespace extends Omit<NamespaceFields, 'owner' | 'visibility' | 'isProtected'> {
  /** Default: the caller's project. */
  readonly owner?: string;
  readonly visibility?: NamespaceVisibility;
  readonly isProtected?: boolean;
  readonly associations?: readonly AssociationFields[];
  readonly objects?: readonly ObjectFields[];
  readonly tags?: readonly string[];
  readonly properties?: readonly PropertyFields[];
}

/** Fields that namespaces can be sorted by. */
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
/** Field that namespaces can be sorted by. */
export type NamespaceSortKey = (typeof NAMESPACE_SORT_KEYS)[number];

/** Fields that the tags of a namespace can be sorted by. */
export const TAG_SORT_KEYS = ['createdAt', 'updatedAt', 'id', 'name', 'namespaceId'] as const;
/** Field that tags can be sorted by. */
export type TagSortKey = (typeof TAG_SORT_KEYS)[number];

/** One page of a list. */
export interface Paging<Key extends string> {
  readonly sortKey: Key;
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  /** Name of the last item of the previous page. */
  readonly marker?: string;
}

/** A query for a list of namespaces. */
export interface NamespaceQuery extends Paging<NamespaceSortKey> {
  /** An unknown visibility matches nothing. */
  readonly visibility?: string;
  /** Matches namespaces that are associated with one of these resource types. */
  readonly resourceTypes?: readonly string[];
}
