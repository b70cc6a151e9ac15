import type { JsonSchema } from '../../../contract/schema.ts';
import { KEY_VALUE } from '../tags/schemas.ts';
import { JOB_TYPES, SUB_JOB_TYPES } from './job-types.ts';

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const TEXTS = { type: 'array', items: TEXT } as const;
/** The range is checked later, which returns a code of its own. */
const NUMBER = { type: 'integer' } as const;

/** Members of every body that creates an image. */
const ATTRIBUTES = {
  name: TEXT,
  description: TEXT,
  tags: TEXTS,
  image_tags: { type: 'array', items: KEY_VALUE },
  enterprise_project_id: TEXT,
} as const;

const FILE = { image_url: TEXT, min_disk: NUMBER } as const;

/** Request body of `createCloudImage`. */
export const CREATE_REQUEST: JsonSchema = {
  type: 'object',
  properties: {
    ...ATTRIBUTES,
    ...FILE,
    instance_id: TEXT,
    volume_id: TEXT,
    os_version: TEXT,
    os_type: TEXT,
    type: TEXT,
    is_config: FLAG,
    is_config_init: FLAG,
    is_quick_import: FLAG,
    cmk_id: TEXT,
    min_ram: NUMBER,
    max_ram: NUMBER,
    hw_firmware_type: TEXT,
    architecture: TEXT,
    data_images: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { ...ATTRIBUTES, ...FILE, volume_id: TEXT, is_quick_import: FLAG },
      },
    },
  },
};

/** Request body of `quickImport`. */
export const QUICK_IMPORT_REQUEST: JsonSchema = {
  type: 'object',
  properties: {
    ...ATTRIBUTES,
    ...FILE,
    os_version: TEXT,
    os_type: TEXT,
    type: TEXT,
    architecture: TEXT,
    hw_firmware_type: TEXT,
  },
};

/** Request body of `createDataImage`. */
export const DATA_IMAGE_REQUEST: JsonSchema = {
  type: 'object',
  properties: { ...ATTRIBUTES, ...FILE, os_type: TEXT, cmk_id: TEXT },
};

/** Request body of `createWholeImage`. */
export const WHOLE_IMAGE_REQUEST: JsonSchema = {
  type: 'object',
  properties: {
    ...ATTRIBUTES,
    instance_id: TEXT,
    vault_id: TEXT,
    backup_id: TEXT,
    whole_image_type: TEXT,
    min_ram: NUMBER,
    max_ram: NUMBER,
  },
};

/** Request body of `registerImage`. */
export const REGISTER_REQUEST: JsonSchema = { type: 'object', properties: { image_url: TEXT } };

/** Request body of `exportImage`. */
export const EXPORT_REQUEST: JsonSchema = {
  type: 'object',
  properties: { bucket_url: TEXT, file_format: TEXT, is_quick_export: FLAG },
};

/** Request body of `copyImage`. */
export const COPY_REQUEST: JsonSchema = {
  type: 'object',
  properties: { name: TEXT, description: TEXT, cmk_id: TEXT, enterprise_project_id: TEXT },
};

/** Request body of `copyImageCrossRegion`. */
export const CROSS_REGION_REQUEST: JsonSchema = {
  type: 'object',
  properties: { name: TEXT, description: TEXT, region: TEXT, project_name: TEXT, agency_name: TEXT },
};

const IDS = { ...TEXTS, minItems: 1 } as const;

/** Request body of `addMembersBatch` and `deleteMembersBatch`. */
export const MEMBERS_REQUEST: JsonSchema = {
  type: 'object',
  required: ['images', 'projects'],
  properties: { images: IDS, projects: IDS },
};

/** Request body of `updateMembersBatch`. */
export const MEMBER_STATUS_REQUEST: JsonSchema = {
  type: 'object',
  required: ['images', 'project_id', 'status'],
  properties: { images: IDS, project_id: TEXT, status: { enum: ['accepted', 'rejected'] }, vault_id: TEXT },
};

const JOB_ID = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;

/** Response body of the operations that start a job. */
export const JOB_ID_REPLY: JsonSchema = {
  type: 'object',
  required: ['job_id'],
  properties: { job_id: JOB_ID },
  additionalProperties: false,
};

const TIME = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' } as const;
const TEXT_OR_NULL = { type: ['string', 'null'] } as const;

const SUB_JOB_ENTITIES = {
  image_id: TEXT,
  image_name: TEXT,
} as const;

const baseMembers = (types: readonly string[]) => ({
  job_id: JOB_ID,
  job_type: { enum: types },
  begin_time: TIME,
  end_time: { anyOf: [TIME, { const: '' }] },
  status: { enum: ['INIT', 'RUNNING', 'SUCCESS', 'FAIL'] },
  error_code: TEXT_OR_NULL,
  fail_reason: TEXT_OR_NULL,
});

const jobSchema = (types: readonly string[], entities: JsonSchema): JsonSchema => ({
  type: 'object',
  required: [...Object.keys(baseMembers(types)), 'entities'],
  properties: {
    ...baseMembers(types),
    entities: { type: 'object', properties: entities, additionalProperties: false },
  },
  additionalProperties: false,
});

const TYPES = Object.keys({ ...JOB_TYPES, ...SUB_JOB_TYPES });

const ENTITIES = {
  ...SUB_JOB_ENTITIES,
  results: {
    type: 'array',
    items: {
      type: 'object',
      required: ['image_id', 'project_id', 'status'],
      properties: { image_id: TEXT, project_id: TEXT, status: { enum: ['success', 'failed'] } },
      additionalProperties: false,
    },
  },
  sub_jobs_result: { type: 'array', items: jobSchema(TYPES, SUB_JOB_ENTITIES) },
  sub_jobs_list: { type: 'array', items: JOB_ID },
};

/** Response body of `showJob`. */
export const JOB_REPLY: JsonSchema = jobSchema(TYPES, ENTITIES);

/** Response body of `showJobProgress`. */
export const JOB_PROGRESS_REPLY: JsonSchema = jobSchema(TYPES, {
  ...SUB_JOB_ENTITIES,
  results: ENTITIES.results,
  process_percent: { type: 'number', minimum: 0, maximum: 1 },
  current_task: TEXT,
  subJobId: JOB_ID,
});
