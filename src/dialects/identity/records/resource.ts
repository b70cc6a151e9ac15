import type { Json } from '../../../base/json.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import type { EntityRecord, RecordKind } from '../../../identity/records/record.ts';
import type { IndexName } from '../../../identity/records/record-kinds.ts';
import type { Records } from '../../../identity/records/records.ts';
import type { Policy, PolicyTarget } from './policy.ts';
import type { RecordRequest } from './record-request.ts';

/** What every resource can offer. */
export const VERBS = ['list', 'create', 'show', 'update', 'delete'] as const;
/** One of `VERBS`. */
export type Verb = (typeof VERBS)[number];

/** How a filter of a list compares: as text, or as a boolean. */
export type FilterKind = 'text' | 'boolean';

/** A rule that no two records have the same key. */
export interface UniqueKey {
  readonly index: IndexName;
  /** The key of a record, as the index has it; `undefined` for a record that may exist twice. */
  readonly value: (record: EntityRecord) => string | undefined;
  /** What the 409 calls the resource; default: its `one`. */
  readonly kind?: string;
  /** What the 409 says after `Conflict occurred attempting to store <kind> - `. */
  readonly details: (record: EntityRecord, isNew: boolean) => string;
}

/** Rules of a resource that its data cannot express. Each may throw a `RequestError`. */
export interface ResourceRules {
  /** Checks a body instead of the schemas. */
  readonly validate?: (body: unknown) => void;
  /** Rejects what a body holds under its wrapper before the policy is checked. */
  readonly checkBody?: (body: unknown, verb: Verb) => void;
  /** Rejects a list whose filters are malformed. */
  readonly list?: (request: RecordRequest) => void;
  /** Rejects an operation on one record, once the policy permits it. */
  readonly requested?: (request: RecordRequest) => void;
  /** Completes a new record, or rejects it. */
  readonly create?: (record: EntityRecord, request: RecordRequest) => EntityRecord;
  /** Rejects an update before it is known whether the record exists. */
  readonly beforeUpdate?: (body: Json, request: RecordRequest) => void;
  /** Completes a changed record, or rejects the change. `body` holds the members that the client sent. */
  readonly update?: (record: EntityRecord, before: EntityRecord, body: Json, request: RecordRequest) => EntityRecord;
  /** Rejects a deletion. */
  readonly delete?: (record: EntityRecord, request: RecordRequest) => void;
  /** Runs after the change of a record, with the record before and after it. */
  readonly changed?: (after: EntityRecord, before: EntityRecord, request: RecordRequest) => void;
}

/** Where the records of a resource are, if not all of them are of its kind. */
export interface RecordStorage {
  readonly get: (records: Records, id: string, request: RecordRequest) => EntityRecord | undefined;
  readonly put: (records: Records, record: EntityRecord) => void;
  readonly delete: (records: Records, record: EntityRecord) => void;
  /** The records that a list chooses from. */
  readonly list: (request: RecordRequest) => readonly EntityRecord[];
}

/** A kind of records as Keystone's API offers it. Machinery turns it into operations, handlers and sample replies. */
export interface Resource {
  readonly kind: RecordKind;
  readonly storage?: RecordStorage;
  /** Names in operation ids: `Domain`, `Domains`. */
  readonly title: { readonly one: string; readonly many: string };
  /** Member that holds one in bodies; policy rules are `create_<one>` and so on. */
  readonly one: string;
  /** Member that holds what the body of a create asks for; default: `one`. */
  readonly createWrapper?: string;
  /** Member that holds a list of them. */
  readonly many: string;
  /** Path of the collection. */
  readonly path: string;
  /** Path of one, if it does not continue the path of the collection. */
  readonly itemPath?: string;
  /** Name of the path parameter with the id. */
  readonly idParam: string;
  /** Operations; default: all. */
  readonly verbs?: readonly Verb[];
  /** Method that creates: a `POST` to the collection, or a `PUT` with the id in the path. */
  readonly createBy?: 'post' | 'put';
  /** What the message of a 404 says; default: `Could not find <one>: <id>.` */
  readonly notFound?: (id: string, request: RecordRequest) => string;
  /** Members in the order of replies, without `links`. Other members come before them, in the order they were sent. */
  readonly members: readonly string[];
  /** Members that operations on one record return and lists do not. */
  readonly omittedInLists?: readonly string[];
  /** Members that come even before those. */
  readonly leading?: readonly string[];
  /** Members of replies that records do not hold. */
  readonly fixed?: Json;
  /** Members of a new record that the body omits. */
  readonly defaults: Json;
  /** Schemas of the bodies, as the service quotes them. */
  readonly schemas: { readonly create: JsonSchema; readonly update: JsonSchema };
  /** Whether blanks around the name are cut off. */
  readonly trimsName?: boolean;
  /** Whether members of bodies that the resource does not know are dropped. By default they are kept. */
  readonly dropsExtra?: boolean;
  /** `false` if the database has no column for members that the resource does not know, whose name is `extra`. */
  readonly hasExtra?: false;
  /** Filters of the list; other parameters are ignored. */
  readonly filters: Readonly<Record<string, FilterKind>>;
  /** Indexes that find what a filter asks for, by filter. */
  readonly filterIndexes?: Readonly<Record<string, IndexName>>;
  readonly policy: Readonly<Record<Verb, Policy>>;
  /** The policy for some records; `undefined` for that of the verb. Lists pass an empty record. */
  readonly policyFor?: (verb: Verb, record: Json, request: RecordRequest) => Policy | undefined;
  /** Policy rules whose name is not made of verb and `one`. */
  readonly actions?: Partial<Readonly<Record<Verb, string>>>;
  /** The policy rule for some records, such as `create_domain_role`; `undefined` for the usual one. Lists pass an empty record. */
  readonly actionFor?: (verb: Verb, record: Json, request: RecordRequest) => string | undefined;
  /** Whether an update looks the record up after the policy and before the body is checked. */
  readonly findsBeforeBody?: boolean;
  /** Operations that look the record up before they check the policy, so that the 404 comes before the 403. */
  readonly lookupFirst?: readonly Verb[];
  /** Operations whose policies look at the record. */
  readonly targeted?: readonly Verb[];
  /** Operations whose policies look at the record in releases with the role `manager`. */
  readonly targetedLater?: readonly Verb[];
  /** What rules of policies look at; default: `id`, `domain_id` and `user_id` of the record. */
  readonly target?: (record: Json, records: Records) => PolicyTarget;
  /** Whether a list holds a record that matches its filters. */
  readonly lists?: (record: EntityRecord, request: RecordRequest) => boolean;
  /** Whether a token for a domain lists what is in that domain alone. */
  readonly isListedByDomain?: boolean;
  readonly unique?: readonly UniqueKey[];
  /** Whether `options.immutable` protects records: until it is unset, or without a way back. */
  readonly immutable?: 'until-unset' | 'for-good';
  /** Whether the body of a create may have an `id`. By default one is generated in any case. */
  readonly acceptsId?: boolean;
  /** Whether an `id` in the body of an update is ignored. By default it has to be that of the path. */
  readonly ignoresId?: boolean;
  /** What is checked if the body has no wrapper; default: an empty object. */
  readonly missingWrapper?: null;
  /** Maximum lengths of texts that the database of the service has, by member. */
  readonly columns?: Readonly<Record<string, number>>;
  /** Whether the reply to an update repeats the other members as `extra`. */
  readonly repeatsExtra?: boolean;
  readonly rules?: ResourceRules;
  /** Links of a record; default: `self`. @param base - URL of the API, such as `http://127.0.0.1/identity/v3`. */
  readonly links?: (record: EntityRecord, base: string) => Json;
  /** Changes the reply of operations on one record; lists present it whole. */
  readonly presentOne?: (reply: Json) => Json;
  /** Changes the reply to a request that shows one record. */
  readonly presentShown?: (reply: Json) => Json;
  /** Changes the reply to a create, with the record that was created. */
  readonly presentCreated?: (reply: Json, record: EntityRecord) => Json;
  /** Changes the reply for one record. */
  readonly present?: (reply: Json, record: EntityRecord, request: RecordRequest) => Json;
  /** Members of the record in sample replies, besides the defaults. */
  readonly sample: Json;
  /** Section of the API reference. */
  readonly section: string;
}

/** The id of the operation of a verb, such as `listDomains`. */
export type OperationIdOf<R extends Resource, V extends Verb> = V extends 'list'
  ? `list${R['title']['many']}`
  : `${V}${R['title']['one']}`;

/** The verbs of a resource. */
type VerbOf<R extends Resource> = R extends { readonly verbs: readonly (infer V extends Verb)[] } ? V : Verb;

/** The ids of all operations of a resource. */
export type OperationIds<R extends Resource> = R extends Resource
  ? { [V in VerbOf<R>]: OperationIdOf<R, V> }[VerbOf<R>]
  : never;

/** Defines a resource; keeps the literal types from which its operation ids are made. */
export const defineResource = <const R extends Resource>(resource: R): R => resource;

/** Returns the id of the operation of a verb. */
export const operationId = ({ title }: Resource, verb: Verb): string =>
  verb === 'list' ? `list${title.many}` : `${verb}${title.one}`;

/** Returns the verbs of a resource. */
export const verbsOf = ({ verbs = VERBS }: Resource): readonly Verb[] => verbs;

/** Returns the path template of the operation of a verb. */
export function pathOf(resource: Resource, verb: Verb): string {
  const isCollection = verb === 'list' || (verb === 'create' && resource.createBy !== 'put');
  return isCollection ? resource.path : (resource.itemPath ?? `${resource.path}/{${resource.idParam}}`);
}

/** Returns the policy rule of a verb as errors name it: `get_domain`. */
export const actionOf = ({ actions, one, many }: Resource, verb: Verb): string =>
  actions?.[verb] ?? (verb === 'list' ? `list_${many}` : `${verb === 'show' ? 'get' : verb}_${one}`);

/** Returns what a 404 says. */
export const notFoundMessage = ({ notFound, one }: Resource, id: string, request: RecordRequest): string =>
  notFound?.(id, request) ?? `Could not find ${one.replaceAll('_', ' ')}: ${id}.`;
