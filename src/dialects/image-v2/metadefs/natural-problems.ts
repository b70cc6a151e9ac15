import type { PartKind } from '../../../domain/metadefs/metadef.ts';
import type { MetadefAction, MetadefProblem } from '../../../domain/metadefs/problem.ts';
import type { FaultRequest, NaturalProblem, ProblemsByName, ProblemsByStatus } from '../../dialect.ts';
import { BODY_MALFORMED, glanceReason } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { param, textMember } from '../../shared/request-values.ts';
import type { metadefOperations } from './contract.ts';
import { metadefError, type OperationTarget } from './problems.ts';

const namespaceOf = (request: FaultRequest): string => param(request, 'namespace_name');

/** Returns the name of the part of the path, or else of the body. */
const partNameOf =
  (parameter: string) =>
  (request: FaultRequest): string =>
    param(request, parameter) || (textMember(request.call, 'name') ?? '');

const reason = (target: OperationTarget, problem: (request: FaultRequest) => MetadefProblem): NaturalProblem =>
  glanceReason((request) => metadefError(problem(request), target));

const noNamespace = (target: OperationTarget): ProblemsByName => ({
  'namespace-not-found': reason(target, (request) => ({
    kind: 'namespace-not-found',
    name: namespaceOf(request),
    exists: false,
  })),
});

const denied = (action: MetadefAction): ProblemsByName => ({
  'not-authorized': reason('other', () => ({ kind: 'not-allowed', action })),
});

/** Name of the path parameter, and target of the operations, by kind of part. */
const PARTS: Readonly<Record<PartKind, { readonly parameter: string; readonly target: OperationTarget }>> = {
  association: { parameter: 'resource_type_name', target: 'other' },
  property: { parameter: 'property_name', target: 'other' },
  object: { parameter: 'object_name', target: 'object' },
  tag: { parameter: 'tag_name', target: 'other' },
};

const noPart = (part: PartKind): ProblemsByName => ({
  [`${part}-not-found`]: reason('other', (request) => ({
    kind: 'part-not-found',
    part,
    name: partNameOf(PARTS[part].parameter)(request),
    namespace: namespaceOf(request),
  })),
});

const partExists = (part: PartKind, isRename = false): ProblemsByName => ({
  [`${part}-exists`]: reason('other', (request) => ({
    kind: 'part-exists',
    part,
    name: partNameOf(PARTS[part].parameter)(request),
    namespace: namespaceOf(request),
    isRename,
  })),
});

const isProtected = (part: PartKind | 'namespace', name: (request: FaultRequest) => string): ProblemsByName => ({
  protected: reason('other', (request) => ({ kind: 'protected', part, name: name(request) })),
});

/** Reasons for the errors of an operation on one part. */
function onePart(part: PartKind, action: MetadefAction | undefined): ProblemsByStatus {
  const { parameter, target } = PARTS[part];
  return {
    400: BODY_MALFORMED,
    ...(action !== undefined && { 403: { ...denied(action), ...isProtected(part, partNameOf(parameter)) } }),
    404: { ...noPart(part), ...noNamespace(target) },
    409: partExists(part, true),
  };
}

/** Reasons for the errors of an operation that lists, creates or deletes parts. */
const allParts = (part: PartKind, action?: MetadefAction): ProblemsByStatus => ({
  400: BODY_MALFORMED,
  ...(action !== undefined && { 403: denied(action) }),
  404: noNamespace(PARTS[part].target),
  409: partExists(part),
});

const associationType: ProblemsByName = {
  'type-not-found': reason('other', (request) => ({
    kind: 'type-not-found',
    name: partNameOf('resource_type_name')(request),
  })),
};

const namespaceExists = (isRename: boolean): ProblemsByName => ({
  'namespace-exists': reason('namespace', (request) => ({
    kind: 'namespace-exists',
    name: textMember(request.call, 'namespace') ?? namespaceOf(request),
    isRename,
  })),
});

const markerMissing = (exists: boolean): ProblemsByName => ({
  'marker-not-found': reason('namespace', ({ call }) => ({
    kind: 'marker-not-found',
    name: call.query.get('marker') ?? 'none',
    exists,
  })),
});

/** Reasons for the errors of the operations on metadata definitions. */
export const metadefProblems: NaturalProblemsOf<typeof metadefOperations> = {
  listMetadefNamespaces: { 400: BODY_MALFORMED, 403: markerMissing(true), 404: markerMissing(false) },
  createMetadefNamespace: { 400: BODY_MALFORMED, 403: denied('add-namespace'), 409: namespaceExists(false) },
  showMetadefNamespace: { 400: BODY_MALFORMED, 404: noNamespace('namespace') },
  updateMetadefNamespace: {
    400: BODY_MALFORMED,
    403: denied('modify-namespace'),
    404: noNamespace('namespace'),
    409: namespaceExists(true),
  },
  deleteMetadefNamespace: {
    400: BODY_MALFORMED,
    403: { ...denied('delete-namespace'), ...isProtected('namespace', namespaceOf) },
    404: noNamespace('namespace'),
  },
  listMetadefAssociations: allParts('association'),
  createMetadefAssociation: {
    ...allParts('association', 'add-association'),
    404: { ...noNamespace('other'), ...associationType },
  },
  deleteMetadefAssociation: onePart('association', 'delete-association'),
  listMetadefProperties: allParts('property'),
  createMetadefProperty: allParts('property', 'add-property'),
  deleteMetadefProperties: allParts('property', 'delete-property'),
  showMetadefProperty: onePart('property', undefined),
  updateMetadefProperty: onePart('property', 'modify-property'),
  deleteMetadefProperty: onePart('property', 'delete-property'),
  listMetadefObjects: allParts('object'),
  createMetadefObject: allParts('object', 'add-object'),
  deleteMetadefObjects: allParts('object', 'delete-object'),
  showMetadefObject: onePart('object', undefined),
  updateMetadefObject: onePart('object', 'modify-object'),
  deleteMetadefObject: onePart('object', 'delete-object'),
  listMetadefTags: allParts('tag'),
  createMetadefTags: allParts('tag', 'add-tags'),
  deleteMetadefTags: allParts('tag', 'delete-tag'),
  showMetadefTag: onePart('tag', undefined),
  createMetadefTag: { ...allParts('tag', 'add-tag') },
  updateMetadefTag: onePart('tag', 'modify-tag'),
  deleteMetadefTag: onePart('tag', 'delete-tag'),
};
