import type { Call, Operation, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { presentMember } from '../glance/sharing.ts';
import { contract } from './contract.ts';
import { imageListText, imageText, json, taskPageText, taskText } from './images/present.ts';
import { SCHEMA_TEXTS } from './images/schemas.ts';

const { operations } = contract;

const SCHEMAS: ReadonlyMap<Operation, string> = new Map<Operation, string>([
  [operations.showImagesSchema, SCHEMA_TEXTS.images],
  [operations.showImageSchema, SCHEMA_TEXTS.image],
  [operations.showMembersSchema, SCHEMA_TEXTS.members],
  [operations.showMemberSchema, SCHEMA_TEXTS.member],
  [operations.showTasksSchema, SCHEMA_TEXTS.tasks],
  [operations.showTaskSchema, SCHEMA_TEXTS.task],
]);

/** A success that nothing brought about. */
export function sampleReply(status: number, call: Call, context: Context, operation: Operation): Reply {
  if (status === 204 || status >= 300) return { status };
  return { ...json(bodyOf(call, context, operation)), status };
}

function bodyOf({ params, query }: Call, { cloud, caller }: Context, operation: Operation): string {
  const schema = SCHEMAS.get(operation);
  if (schema !== undefined) return schema;
  const imageId = params['image_id'];
  const now = cloud.clock.now();
  switch (operation) {
    case operations.listImages:
      return imageListText({ images: [], hasMore: false }, query);
    case operations.listImageMembers:
      return '{"members": [], "schema": "/v2/schemas/members"}';
    case operations.createImageMember:
    case operations.showImageMember:
    case operations.updateImageMember: {
      const memberId = params['member_id'] ?? caller.projectId;
      return JSON.stringify(
        presentMember({ memberId, status: 'pending', createdAt: now, updatedAt: now }, imageId ?? ''),
      );
    }
    case operations.listTasks:
      return taskPageText([], { first: '/v2/tasks' });
    case operations.createImportTask:
    case operations.createExportTask:
    case operations.showTask:
      return taskText({
        id: params['task_id'] ?? cloud.ids.uuid('plausible-task'),
        type: operation === operations.createExportTask ? 'export' : 'import',
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
    default: {
      const image = imageId === undefined ? undefined : cloud.images.peek(imageId);
      return image === undefined ? '{}' : imageText(image);
    }
  }
}
