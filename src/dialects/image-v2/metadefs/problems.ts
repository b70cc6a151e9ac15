import type { MetadefAction, MetadefProblem } from '../../../domain/metadefs/problem.ts';
import { GlanceError } from '../../glance/errors.ts';
import { titled } from '../../glance/problems.ts';
import { pythonRepr } from '../../glance/python-repr.ts';

/** What a call is about: some word a missing namespace differently. */
export type Subject = 'namespace' | 'object' | 'other';

/** A problem of the catalogue, as this API answers it. */
export function metadefError(problem: MetadefProblem, subject: Subject): GlanceError {
  const [status, message] = wordsFor(problem, subject);
  return new GlanceError(status, message);
}

/** What the policies call an action. */
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

const PROTECTED = {
  namespace: 'namespace',
  association: 'resource-type-association',
  property: 'property',
  object: 'object',
  tag: 'tag',
} as const;

type Words = readonly [status: number, message: string];

function wordsFor(problem: MetadefProblem, subject: Subject): Words {
  switch (problem.kind) {
    case 'namespace-not-found':
      return [404, namespaceNotFound(problem.name, problem.exists, subject)];
    case 'marker-not-found':
      if (problem.exists) {
        return [403, `Forbidding request, metadata definition namespace=${problem.name} is not visible.`];
      }
      return [404, absent(problem.name)];
    case 'namespace-exists':
      return [
        409,
        problem.isRename
          ? `Invalid update. It would result in a duplicate metadata definition namespace with the same name of ${problem.name}`
          : `The metadata definition namespace=${problem.name} already exists.`,
      ];
    case 'part-not-found':
      return [404, partNotFound(problem)];
    case 'part-exists':
      return [409, partExists(problem)];
    case 'type-not-found':
      return [404, `The metadata definition resource-type with name=${problem.name}, was not found.`];
    case 'not-associated':
      return [
        404,
        `The metadata definition resource-type association of resource-type=${problem.name} to namespace=${problem.namespace}, was not found.`,
      ];
    case 'prefix-missing':
      return [
        404,
        `Property ${problem.name} does not start with the expected resource type association prefix of ${pythonRepr(
          problem.prefix ?? 'None',
        )}.`,
      ];
    case 'protected':
      return [
        403,
        `Metadata definition ${PROTECTED[problem.part]} ${problem.name} is protected and cannot be deleted.`,
      ];
    case 'not-allowed':
      return [403, `You are not authorized to complete ${POLICIES[problem.action]} action.`];
    case 'four-byte': {
      const attribute = problem.attribute === 'displayName' ? 'display_name' : problem.attribute;
      const verb = problem.isUpdate ? 'update' : 'create';
      return [
        400,
        `Couldn't ${verb} metadata ${problem.part}: ${titled(attribute)} can't contain 4 byte unicode characters.`,
      ];
    }
    default:
      return problem satisfies never;
  }
}

const absent = (name: string): string =>
  name === ''
    ? 'Metadata definition namespace not found for id='
    : `Metadata definition namespace=${name} was not found.`;

function namespaceNotFound(name: string, exists: boolean, subject: Subject): string {
  if (subject === 'other' || (subject === 'object' && exists)) return `Namespace ${name} not found`;
  return exists ? 'The resource could not be found.' : absent(name);
}

function partNotFound({ part, name }: Extract<MetadefProblem, { readonly kind: 'part-not-found' }>): string {
  switch (part) {
    case 'association':
      return `Failed to find resource type ${name} to delete`;
    case 'property':
      return `Could not find property ${name}`;
    default:
      return `Could not find metadata ${part} ${name}`;
  }
}

function partExists({
  part,
  name,
  namespace,
  isRename,
}: Extract<MetadefProblem, { readonly kind: 'part-exists' }>): string {
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
