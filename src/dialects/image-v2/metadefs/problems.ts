import type { MetadefAction, MetadefProblem } from '../../../domain/metadefs/problem.ts';
import { FAILED, GlanceError } from '../../glance/errors.ts';
import { titleCase } from '../../glance/problems.ts';
import { pythonRepr } from '../../glance/python-repr.ts';

/** What an operation works on. Messages about a missing namespace depend on it. */
export type OperationTarget = 'namespace' | 'object' | 'other';

/** Presents a problem of the catalog as an error of this API. */
export function metadefError(problem: MetadefProblem, target: OperationTarget): GlanceError {
  const present = ERRORS[problem.kind] as (problem: MetadefProblem, target: OperationTarget) => GlanceError;
  return present(problem, target);
}

/** Names of the policies that deny an action. */
const POLICIES: Readonly<Record<MetadefAction, string>> = {
  'add-namespace': 'add_metadef_namespace',
  'modify-namespace': 'modify_metadef_namespace',
  'delete-namespace': 'delete_metadef_namespace',
  'add-association': 'add_metadef_resource_type_association',
  'delete-association': 'remove_metadef_resource_type_association',
  'add-property': 'add_metadef_property',
  'modify-property': 'modify_metadef_property',
  'delete-property': 'remove_metadef_property',
  'add-object': 'add_metadef_object',
  'modify-object': 'modify_metadef_object',
  'delete-object': 'delete_metadef_object',
  'add-tag': 'add_metadef_tag',
  'add-tags': 'add_metadef_tags',
  'modify-tag': 'modify_metadef_tag',
  'delete-tag': 'delete_metadef_tag',
};

/** Names of the parts in the error for a protected one. */
const PROTECTED = {
  namespace: 'namespace',
  association: 'resource-type-association',
  property: 'property',
  object: 'object',
  tag: 'tag',
} as const;

type ProblemOf<Kind extends MetadefProblem['kind']> = Extract<MetadefProblem, { readonly kind: Kind }>;

const ERRORS: {
  readonly [Kind in MetadefProblem['kind']]: (problem: ProblemOf<Kind>, target: OperationTarget) => GlanceError;
} = {
  'namespace-not-found': (problem, target) => new GlanceError(404, namespaceNotFound(problem, target)),
  'marker-not-found': ({ name, exists }) =>
    exists
      ? new GlanceError(403, `Forbidding request, metadata definition namespace=${name} is not visible.`)
      : new GlanceError(404, noNamespace(name)),
  'namespace-exists': ({ name, isRename }) =>
    new GlanceError(
      409,
      isRename
        ? `Invalid update. It would result in a duplicate metadata definition namespace with the same name of ${name}`
        : `The metadata definition namespace=${name} already exists.`,
    ),
  'part-not-found': (problem) => new GlanceError(404, partNotFound(problem)),
  'part-exists': (problem) => new GlanceError(409, partExists(problem)),
  'type-not-found': ({ name }) =>
    new GlanceError(404, `The metadata definition resource-type with name=${name}, was not found.`),
  'not-associated': ({ name, namespace }) =>
    new GlanceError(
      404,
      `The metadata definition resource-type association of resource-type=${name} to namespace=${namespace}, was not found.`,
    ),
  'prefix-missing': ({ name, prefix }) =>
    new GlanceError(
      404,
      `Property ${name} does not start with the expected resource type association prefix of ${pythonRepr(prefix ?? 'None')}.`,
    ),
  protected: ({ part, name }) =>
    new GlanceError(403, `Metadata definition ${PROTECTED[part]} ${name} is protected and cannot be deleted.`),
  'not-allowed': ({ action }) => new GlanceError(403, `You are not authorized to complete ${POLICIES[action]} action.`),
  'four-byte': (problem) => new GlanceError(400, fourByte(problem)),
  unstorable: () => new GlanceError(500, FAILED),
};

function fourByte({ attribute, part, isUpdate }: ProblemOf<'four-byte'>): string {
  const name = titleCase(attribute === 'displayName' ? 'display_name' : attribute);
  return `Couldn't ${isUpdate ? 'update' : 'create'} metadata ${part}: ${name} can't contain 4 byte unicode characters.`;
}

const noNamespace = (name: string): string =>
  name === ''
    ? 'Metadata definition namespace not found for id='
    : `Metadata definition namespace=${name} was not found.`;

function namespaceNotFound({ name, exists }: ProblemOf<'namespace-not-found'>, target: OperationTarget): string {
  if (target === 'other' || (target === 'object' && exists)) return `Namespace ${name} not found`;
  return exists ? 'The resource could not be found.' : noNamespace(name);
}

function partNotFound({ part, name }: ProblemOf<'part-not-found'>): string {
  switch (part) {
    case 'association':
      return `Failed to find resource type ${name} to delete`;
    case 'property':
      return `Could not find property ${name}`;
    default:
      return `Could not find metadata ${part} ${name}`;
  }
}

function partExists({ part, name, namespace, isRename }: ProblemOf<'part-exists'>): string {
  if (part === 'association') {
    return `The metadata definition resource-type association of resource-type=${name} to namespace=${namespace} already exists.`;
  }
  if (part === 'tag') {
    return `A metadata tag with name=${name} already exists in namespace=${namespace}. (Please note that metadata tag names are case insensitive).`;
  }
  return isRename
    ? `Invalid update. It would result in a duplicate metadata definition ${part} with the same name=${name} in namespace=${namespace}.`
    : `A metadata definition ${part} with name=${name} already exists in namespace=${namespace}.`;
}
