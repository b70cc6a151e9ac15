import { isObject, type Json } from '../../base/json.ts';
import type { Reply } from '../../contract/contract.ts';
import { toSeconds } from '../../domain/clock.ts';
import type { Image } from '../../domain/image.ts';
import type { FaultRequest } from '../dialect.ts';
import { BARE_REPLY, emptyReply, JSON_TYPE } from '../glance/wire.ts';
import { blankImage } from '../shared/placeholder-image.ts';
import { bodyMember } from '../shared/request-values.ts';
import { type SampleReplies, type SampleReply, sampleReply, textSample } from '../shared/sample-replies.ts';
import type { contract } from './contract.ts';
import { createdHeaders } from './images/handlers.ts';
import { imageText, pageText } from './images/present.ts';
import { IMPORT_METHODS } from './import/methods.ts';
import { metadefSampleReplies } from './metadefs/sample-replies.ts';
import { nameIn, pythonSample } from './sample-json.ts';
import { schemaText } from './schemas/present.ts';
import { taskText } from './tasks/present.ts';
import { versionsText } from './versions/present.ts';
import { apiVersionsOf } from './versions/releases.ts';

const versions = textSample(({ call, context }) => versionsText(call.base, apiVersionsOf(context.cloud)));

/** An empty reply, where the service returns 200 without a body. */
const nothing: SampleReply = () => emptyReply(200);

/** MD5 of no data. */
const MD5_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e';

const noData: SampleReply = ({ status }) => ({
  status,
  headers: { 'Content-Type': 'application/octet-stream', 'Content-Md5': MD5_OF_NOTHING },
  body: '',
});

/** The data of the requested image; nothing if it has none. */
const imageData: SampleReply = (request) => {
  const image = requestedImage(request);
  const { status } = request;
  if (image === undefined || image.data === null || status !== 200) return noData(request);
  return {
    status,
    headers: {
      'Content-Type': 'application/octet-stream',
      ...(image.checksum !== null && { 'Content-Md5': image.checksum }),
      'Content-Length': String(image.sizeBytes ?? 0),
    },
    body: image.sizeBytes === 0 ? '' : request.context.cloud.blobs.open(image.data),
  };
};

const requestedImage = ({ call, context: { cloud } }: FaultRequest): Image | undefined => {
  const imageId = call.params['image_id'];
  return imageId === undefined ? undefined : cloud.images.peek(imageId);
};

/** The requested image; an empty object if there is none. */
const imageOrNothing = textSample((request) => {
  const image = requestedImage(request);
  return image === undefined ? '{}' : imageText(image);
});

/** A queued image with the requested id and name, for requests whose image does not exist. */
const queuedImage = ({ call, context: { cloud, caller } }: FaultRequest): Image => ({
  ...blankImage(call.params['image_id'] ?? cloud.ids.uuid('plausible-image'), cloud.clock.now()),
  name: nameIn(call),
  owner: caller.projectId,
  status: 'queued',
  visibility: 'shared',
});

const image = textSample((request) => imageText(requestedImage(request) ?? queuedImage(request)));

const createdImage: SampleReply = (request) => {
  const created = queuedImage(request);
  return {
    status: request.status,
    headers: createdHeaders(request.call, request.context.cloud, created.id),
    body: imageText(created),
  };
};

const member = pythonSample(({ call: { params }, context: { cloud } }) => {
  const now = toSeconds(cloud.clock.now());
  return {
    member_id: params['member_id'] ?? 'member',
    image_id: params['image_id'],
    status: 'pending',
    created_at: now,
    updated_at: now,
    schema: '/v2/schemas/member',
  };
});

/** A pending task with the requested id, type and input, for requests whose task does not exist. */
const sampleTask = ({ call, context: { cloud, caller, requestId } }: FaultRequest) => {
  const now = cloud.clock.now();
  return {
    id: call.params['task_id'] ?? cloud.ids.uuid('plausible-task'),
    input: objectMember(call, 'input'),
    type: 'import',
    status: 'pending',
    owner: caller.projectId,
    message: '',
    result: null,
    createdAt: now,
    updatedAt: now,
    imageId: null,
    requestId,
    userId: caller.userId,
    expiresAt: null,
  } as const;
};

const task = textSample((request) => taskText(sampleTask(request)));

const createdTask: SampleReply = (request) => {
  const created = sampleTask(request);
  return {
    status: request.status,
    headers: { ...JSON_TYPE, Location: `${request.call.base}/v2/tasks/${created.id}` },
    body: taskText(created),
  };
};

const stores = pythonSample(({ context: { cloud } }) => ({ stores: cloud.stores.map(({ id }) => ({ id })) }));

/** A member of the body that is an object; an empty one if there is none. */
function objectMember(call: FaultRequest['call'], name: string): Json {
  const value = bodyMember(call, name);
  return isObject(value) ? value : {};
}

const schema = (name: Parameters<typeof schemaText>[0]): SampleReply => textSample(() => schemaText(name));
const emptyObject = textSample(() => '{}');

const REPLIES: SampleReplies<typeof contract> = {
  listVersions: versions,
  listVersionsExplicit: versions,
  listImages: textSample(() => pageText([], { first: '/v2/images' })),
  createImage: createdImage,
  showImage: image,
  updateImage: image,
  deleteImage: imageOrNothing,
  downloadImageData: imageData,
  uploadImageData: noData,
  createImageMember: member,
  showImageMember: member,
  listImageMembers: pythonSample(() => ({ members: [], schema: '/v2/schemas/members' })),
  updateImageMember: member,
  deleteImageMember: imageOrNothing,
  addImageTag: imageOrNothing,
  deleteImageTag: imageOrNothing,
  deactivateImage: imageOrNothing,
  reactivateImage: imageOrNothing,
  discoverUsage: pythonSample(() => ({ usage: {} })),
  stageImageData: imageOrNothing,
  importImage: imageOrNothing,
  showImageTasks: pythonSample(() => ({ tasks: [] })),
  discoverImport: pythonSample(() => ({
    'import-methods': { description: 'Import methods available.', type: 'array', value: Object.keys(IMPORT_METHODS) },
  })),
  discoverStores: stores,
  discoverStoresDetail: stores,
  deleteImageFromStore: imageOrNothing,
  addImageLocation: nothing,
  listImageLocations: pythonSample(() => []),
  createTask: createdTask,
  listTasks: pythonSample(() => ({ tasks: [], first: '/v2/tasks', schema: '/v2/schemas/tasks' })),
  showTask: task,
  deleteTask: emptyObject,
  queryCache: pythonSample(() => ({ cached_images: [], queued_images: [] })),
  queueCacheImage: imageOrNothing,
  deleteCacheImage: imageOrNothing,
  clearCache: emptyObject,
  cleanCache: nothing,
  pruneCache: pythonSample(() => ({ total_files_pruned: 0, total_bytes_pruned: 0 })),
  showImageSchema: schema('image'),
  showImagesSchema: schema('images'),
  showMemberSchema: schema('member'),
  showMembersSchema: schema('members'),
  showTaskSchema: schema('task'),
  showTasksSchema: schema('tasks'),
  ...metadefSampleReplies,
};

/** Builds the reply of an injected success. */
export function presentSuccess(request: FaultRequest): Reply {
  const { status, operationId } = request;
  if (operationId === 'deleteImageMember' && status === 204) return BARE_REPLY;
  return status === 202 || status === 204 ? emptyReply(status) : sampleReply(REPLIES, request);
}
