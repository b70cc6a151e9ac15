import type { ProblemsByName } from '../../dialect.ts';
import { BODY_UNEXPECTED } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { rejectedBody, wrongRequest } from '../../shared/body-reasons.ts';
import {
  bodyTextOf,
  IMAGE_NOT_OWNED,
  imageNotFound,
  notAllowed,
  TAG_NOT_FOUND,
  tooManyTags,
} from '../../shared/image-reasons.ts';
import { bodyMember, imageIdOf, imageOf, param, textMember } from '../../shared/request-values.ts';
import {
  CHANGE_DENIED,
  NOT_PUBLISHED,
  noImage,
  PROJECT_REJECTED,
  TOKEN_UNSCOPED,
  thrownBy,
  WRONG_PROJECT,
  wrongQuery,
} from '../reasons.ts';
import type { tagOperations } from './contract.ts';
import { checkRemovedKey } from './parse.ts';
import { checkQuery } from './query.ts';
import { checkKeysUnique, checkTag, MAX_TAGS, parseDottedTag, withTags } from './tag.ts';

const TOO_MANY_TAGS: ProblemsByName = {
  'too-many-tags': thrownBy(() =>
    withTags(
      [],
      Array.from({ length: MAX_TAGS + 1 }, (_, index) => ({ key: `key${index}`, value: '' })),
    ),
  ),
};

const KEYS_NOT_UNIQUE: ProblemsByName = {
  'keys-not-unique': thrownBy(() => checkKeysUnique([{ key: 'key' }, { key: 'key' }])),
};

/** The key of the tag in the body is too long. */
const KEY_TOO_LONG: ProblemsByName = {
  'key-too-long': thrownBy(({ call }) => {
    const tag = bodyMember(call, 'tag') as { readonly key?: unknown } | undefined;
    checkTag({ key: String(tag?.key ?? 'key').padEnd(37, 'x'), value: '' });
  }),
};

/** The tag in the body, or the tag with a blank, is not of the form `key.value`. */
const TAG_INVALID: ProblemsByName = {
  'tag-invalid': thrownBy(({ call }) => {
    const tag = textMember(call, 'tag') ?? 'tag';
    parseDottedTag(tag);
    parseDottedTag(`${tag} `);
  }),
};

const LIST_DENIED = { 403: PROJECT_REJECTED, 404: NOT_PUBLISHED };

/** Reasons for the errors of the operations on tags. */
export const tagProblems: NaturalProblemsOf<typeof tagOperations> = {
  addImageTag: {
    400: { 'tag-invalid': wrongRequest({ params: { tag: 'key=value' } }), ...BODY_UNEXPECTED },
    403: { ...notAllowed('update-tags'), ...CHANGE_DENIED },
    404: imageNotFound('part'),
    413: tooManyTags((request) => (imageOf(request)?.tags.length ?? 0) + 1, imageIdOf),
  },
  deleteImageTag: {
    400: BODY_UNEXPECTED,
    403: { ...notAllowed('delete-tags'), ...CHANGE_DENIED },
    404: { ...TAG_NOT_FOUND, ...imageNotFound('part') },
  },
  putTag: {
    400: { ...TAG_INVALID, ...TOO_MANY_TAGS, ...IMAGE_NOT_OWNED, ...TOKEN_UNSCOPED },
    403: CHANGE_DENIED,
    404: noImage('change', bodyTextOf('image_id')),
  },
  listTags: { ...LIST_DENIED, 400: { ...wrongQuery('page-invalid', 'page=0'), ...TOKEN_UNSCOPED } },
  addKeyValueTag: {
    400: { ...KEY_TOO_LONG, ...TOO_MANY_TAGS, ...IMAGE_NOT_OWNED, ...WRONG_PROJECT },
    403: CHANGE_DENIED,
    404: imageNotFound('change'),
  },
  batchTags: {
    400: {
      'action-unknown': rejectedBody({ action: 'none', tags: [{ key: 'key', value: '' }] }),
      ...KEYS_NOT_UNIQUE,
      ...TOO_MANY_TAGS,
      ...IMAGE_NOT_OWNED,
      ...WRONG_PROJECT,
    },
    403: CHANGE_DENIED,
    404: imageNotFound('change'),
  },
  deleteKeyValueTag: {
    400: {
      'key-too-long': thrownBy((request) => checkRemovedKey(param(request, 'key').padEnd(128, 'x'))),
      ...IMAGE_NOT_OWNED,
      ...WRONG_PROJECT,
    },
    403: CHANGE_DENIED,
    404: {
      'tag-not-found': (request) => ({
        kind: 'tag-not-found',
        imageId: imageIdOf(request),
        tag: param(request, 'key'),
      }),
      ...imageNotFound('change'),
    },
  },
  listKeyValueTags: { 400: WRONG_PROJECT, 403: PROJECT_REJECTED, 404: imageNotFound('show') },
  listAllTags: { ...LIST_DENIED, 400: WRONG_PROJECT },
  queryByTags: {
    ...LIST_DENIED,
    400: {
      'limit-out-of-range': thrownBy(() => checkQuery({ action: 'filter', limit: '1001' })),
      ...KEYS_NOT_UNIQUE,
      ...WRONG_PROJECT,
    },
  },
};
