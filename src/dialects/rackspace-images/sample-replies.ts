import type { Reply } from '../../contract/contract.ts';
import type { FaultRequest } from '../dialect.ts';
import { presentMember } from '../glance/sharing.ts';
import { DELETED } from '../rackspace/replies.ts';
import { blankImage } from '../shared/placeholder-image.ts';
import { ABSENT_ID } from '../shared/request-values.ts';
import { jsonSample, type SampleReplies, type SampleReply, sampleReply, textSample } from '../shared/sample-replies.ts';
import type { contract } from './contract.ts';
import { imageListText, imageText } from './images/present.ts';
import { SCHEMA_TEXTS } from './schemas/documents.ts';
import { taskPageText, taskText } from './tasks/present.ts';

/** The requested image, or a placeholder with its id if it does not exist. */
const image = textSample(({ call, context: { cloud } }) => {
  const imageId = call.params['image_id'] ?? ABSENT_ID;
  return imageText(cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now()));
});

const member = jsonSample(({ call: { params }, context: { cloud, caller } }) => {
  const now = cloud.clock.now();
  const memberId = params['member_id'] ?? caller.projectId;
  return presentMember({ memberId, status: 'pending', createdAt: now, updatedAt: now }, params['image_id'] ?? '');
});

const task = (type: string): SampleReply =>
  textSample(({ call: { params }, context: { cloud, caller } }) => {
    const now = cloud.clock.now();
    return taskText({
      id: params['task_id'] ?? cloud.ids.uuid('plausible-task'),
      type,
      status: 'pending',
      owner: caller.projectId,
      input: {},
      result: null,
      message: '',
      code: null,
      createdAt: now,
      updatedAt: now,
      expiresAt: null,
    });
  });

const schema = (name: keyof typeof SCHEMA_TEXTS): SampleReply => textSample(() => SCHEMA_TEXTS[name]);

const REPLIES: SampleReplies<typeof contract> = {
  listImages: textSample(({ call }) => imageListText({ images: [], hasMore: false }, call.query)),
  showImage: image,
  updateImage: image,
  deleteImage: image,
  createImageMember: member,
  listImageMembers: textSample(() => '{"members": [], "schema": "/v2/schemas/members"}'),
  showImageMember: member,
  updateImageMember: member,
  deleteImageMember: image,
  addImageTag: image,
  deleteImageTag: image,
  createImportTask: task('import'),
  createExportTask: task('export'),
  listTasks: textSample(() => taskPageText([], { first: '/v2/tasks' })),
  showTask: task('import'),
  showImagesSchema: schema('images'),
  showImageSchema: schema('image'),
  showMembersSchema: schema('members'),
  showMemberSchema: schema('member'),
  showTasksSchema: schema('tasks'),
  showTaskSchema: schema('task'),
};

/** Builds the reply of an injected success. */
export function presentSuccess(request: FaultRequest): Reply {
  if (request.status === 204) return DELETED;
  return request.status >= 300 ? { status: request.status } : sampleReply(REPLIES, request);
}
