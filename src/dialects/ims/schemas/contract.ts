import type { Operation } from '../../../contract/contract.ts';
import { SCHEMA_REPLY } from '../../glance/schema-documents.ts';

const SOURCE = 'Image Management Service API reference';

const schemaOperation = <const Path extends string>(path: Path, subject: string, section: string) => ({
  method: 'get' as const,
  path,
  summary: `Returns the JSON schema of ${subject}.`,
  success: 200,
  statuses: [200, 400, 401, 403, 404, 500, 503],
  triggers: { 404: 'inject' as const },
  response: SCHEMA_REPLY,
  source: `${SOURCE}, "Querying an ${section} Schema (Native OpenStack API)"`,
});

/** Operations that return JSON schemas. */
export const schemaOperations = {
  showImagesSchema: schemaOperation('/v2/schemas/images', 'a list of images', 'Image List'),
  showImageSchema: schemaOperation('/v2/schemas/image', 'an image', 'Image'),
  showMembersSchema: schemaOperation('/v2/schemas/members', 'a list of image members', 'Image Member List'),
  showMemberSchema: schemaOperation('/v2/schemas/member', 'an image member', 'Image Member'),
} as const satisfies Readonly<Record<string, Operation>>;
