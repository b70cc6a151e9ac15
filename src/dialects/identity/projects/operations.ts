import { recordHandler } from '../records/handlers.ts';
import { recordOperation } from '../records/operations.ts';
import { TAGS_REPLY } from '../special-response-schemas.ts';
import { addTag, checkTag, deleteTags, listTags, removeTag, replaceTags } from './tags.ts';

const TAGS_PATH = '/v3/projects/{project_id}/tags';
const TAG_PATH = `${TAGS_PATH}/{tag}`;
const READ = [401, 403, 404];
const CHANGE = [400, ...READ];
const section = 'Project tags';

/** The operations on tags of projects. */
export const tagOperations = {
  listProjectTags: recordOperation({
    method: 'get',
    path: TAGS_PATH,
    summary: 'List the tags of a project.',
    success: 200,
    statuses: [200, ...READ],
    response: TAGS_REPLY,
    section,
  }),
  replaceProjectTags: recordOperation({
    method: 'put',
    path: TAGS_PATH,
    summary: 'Replace the tags of a project.',
    success: 200,
    statuses: [200, ...CHANGE],
    response: TAGS_REPLY,
    section,
  }),
  deleteProjectTags: recordOperation({
    method: 'delete',
    path: TAGS_PATH,
    summary: 'Delete the tags of a project.',
    success: 204,
    statuses: [204, ...READ],
    section,
  }),
  checkProjectTag: recordOperation({
    method: 'get',
    path: TAG_PATH,
    summary: 'Check whether a project has a tag.',
    success: 204,
    statuses: [204, ...READ],
    section,
  }),
  addProjectTag: recordOperation({
    method: 'put',
    path: TAG_PATH,
    summary: 'Add a tag to a project.',
    success: 201,
    statuses: [201, ...CHANGE],
    section,
  }),
  removeProjectTag: recordOperation({
    method: 'delete',
    path: TAG_PATH,
    summary: 'Remove a tag from a project.',
    success: 204,
    statuses: [204, ...READ],
    section,
  }),
};

/** Handlers of `tagOperations`. */
export const tagHandlers = {
  listProjectTags: recordHandler(listTags),
  replaceProjectTags: recordHandler(replaceTags),
  deleteProjectTags: recordHandler(deleteTags),
  checkProjectTag: recordHandler(checkTag),
  addProjectTag: recordHandler(addTag),
  removeProjectTag: recordHandler(removeTag),
};
