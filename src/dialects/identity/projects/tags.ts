/** The tags of projects. */
import type { Reply } from '../../../contract/contract.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { VARY } from '../errors.ts';
import { selfLink } from '../links.ts';
import { assertValid } from '../records/check-body.ts';
import { isImmutable } from '../records/immutable.ts';
import { DOMAIN_CHANGE, type Policy } from '../records/policy.ts';
import { authorize, pathId, type RecordRequest, wrappedBody } from '../records/record-request.ts';
import { TAGS } from '../records/schema-parts.ts';
import { forbidden, notFound } from '../request-error.ts';
import { NO_CONTENT, reply } from '../service-handler.ts';
import { findProject, PROJECT_STORAGE } from './domain-as-project.ts';

/** The filters of lists for tags: comma-separated names. */
const TAG_FILTERS: Readonly<Record<string, (tags: readonly unknown[], names: readonly string[]) => boolean>> = {
  tags: (tags, names) => names.every((name) => tags.includes(name)),
  'tags-any': (tags, names) => names.some((name) => tags.includes(name)),
  'not-tags': (tags, names) => !names.every((name) => tags.includes(name)),
  'not-tags-any': (tags, names) => !names.some((name) => tags.includes(name)),
};

/** Returns whether the tags of a project match all tag filters of a query. */
export const matchesTags = (tags: unknown, query: URLSearchParams): boolean =>
  Object.entries(TAG_FILTERS).every(([filter, matches]) =>
    query.getAll(filter).every((names) => matches(Array.isArray(tags) ? tags : [], names.split(','))),
  );

/** The policies of reading and changing tags. */
interface TagPolicies {
  readonly read: Policy;
  readonly change: Policy;
}

const POLICIES: TagPolicies = {
  read: ['admin', 'system-reader', 'domain-reader', 'own-project'],
  change: DOMAIN_CHANGE,
};

/** Returns the project of a request, if there is one, once the policy permits the action. @throws IdentityError `not-allowed`. */
function findProjectOf(request: RecordRequest, action: string, policy: Policy): EntityRecord | undefined {
  const id = pathId(request, 'project_id');
  const project = findProject(request.records, id);
  const domainId = typeof project?.['domain_id'] === 'string' ? project['domain_id'] : null;
  authorize(request, action, { policy, target: project === undefined ? {} : { id, domainId } });
  return project;
}

/** Returns the project of a request, once the policy permits the action. @throws RequestError 404; IdentityError `not-allowed`. */
const requestedProject = (request: RecordRequest, action: string, policy: Policy): EntityRecord =>
  existing(findProjectOf(request, action, policy), request);

const existing = (project: EntityRecord | undefined, request: RecordRequest): EntityRecord =>
  project ?? notFound(`Could not find project: ${pathId(request, 'project_id')}.`);

const tagsOf = ({ tags }: EntityRecord): readonly string[] => (Array.isArray(tags) ? (tags as readonly string[]) : []);

/** Stores the tags of a project. */
function storeTags({ records }: RecordRequest, project: EntityRecord, tags: readonly string[]): void {
  PROJECT_STORAGE.put(records, { ...project, tags });
}

/** @throws RequestError 403 if the project is immutable. */
function assertTaggable(project: EntityRecord, verb: 'create' | 'update' | 'delete'): void {
  if (!isImmutable(project)) return;
  forbidden(
    `Cannot ${verb} project tags for ${project.id}, project is immutable. Set "immutable" option to false before creating project tags.`,
  );
}

const replyTags = ({ call }: RecordRequest, tags: readonly string[]): Reply =>
  reply(200, { links: { self: selfLink(call, '/v3') }, tags });

/** Lists the tags of a project. */
export const listTags = (request: RecordRequest): Reply =>
  replyTags(request, tagsOf(requestedProject(request, 'list_project_tags', POLICIES.read)));

/** Replaces the tags of a project. */
export function replaceTags(request: RecordRequest): Reply {
  const found = findProjectOf(request, 'update_project_tags', POLICIES.change);
  const tags = wrappedBody(request, 'tags');
  assertValid(tags, TAGS);
  const project = existing(found, request);
  assertTaggable(project, 'update');
  storeTags(request, project, tags as readonly string[]);
  return replyTags(request, tags as readonly string[]);
}

/** Deletes the tags of a project. */
export function deleteTags(request: RecordRequest): Reply {
  const project = requestedProject(request, 'delete_project_tags', POLICIES.change);
  assertTaggable(project, 'update');
  storeTags(request, project, []);
  return NO_CONTENT;
}

/** Checks whether a project has a tag. */
export function checkTag(request: RecordRequest): Reply {
  assertTag(requestedProject(request, 'get_project_tag', POLICIES.read), pathId(request, 'tag'));
  return NO_CONTENT;
}

/** Adds a tag to a project; 400 if the project has it. */
export function addTag(request: RecordRequest): Reply {
  const project = requestedProject(request, 'create_project_tag', POLICIES.change);
  const tag = pathId(request, 'tag');
  assertValid(tag, TAGS.items);
  const tags = [...tagsOf(project), tag];
  assertValid(tags, TAGS);
  assertTaggable(project, 'create');
  storeTags(request, project, tags);
  const location = `${request.call.base}/v3/${project.id}/tags/${encodeURI(tag)}`;
  return {
    status: 201,
    headers: { 'Content-Type': 'text/html; charset=utf-8', Location: location, ...VARY },
    body: '',
  };
}

/** Removes a tag from a project. */
export function removeTag(request: RecordRequest): Reply {
  const project = requestedProject(request, 'delete_project_tag', POLICIES.change);
  const tag = pathId(request, 'tag');
  assertTaggable(project, 'delete');
  assertTag(project, tag);
  storeTags(
    request,
    project,
    tagsOf(project).filter((each) => each !== tag),
  );
  return NO_CONTENT;
}

function assertTag(project: EntityRecord, tag: string): void {
  if (!tagsOf(project).includes(tag)) notFound(`Could not find project tag: ${tag}.`);
}
