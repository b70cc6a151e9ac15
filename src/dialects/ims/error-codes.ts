import type { ErrorCode } from '../../contract/contract.ts';

/** Codes of the service itself. All have status 400; only that of a missing right has 403, and that in one edition alone. */
export const IMS_CODES = {
  'IMG.0001': { status: 400, meaning: 'Request body cannot be read or has the wrong form.' },
  'IMG.0002': { status: 400, meaning: 'Image name longer than 128 characters.' },
  'IMG.0003': { status: 400, meaning: 'Image name has characters that are not allowed.' },
  'IMG.0004': { status: 400, meaning: 'Description longer than 1024 characters.' },
  'IMG.0005': { status: 400, meaning: 'The server named does not exist.' },
  'IMG.0006': { status: 400, meaning: 'The system disk of that server cannot be imaged.' },
  'IMG.0007': { status: 400, meaning: 'A body was expected and none came.' },
  'IMG.0008': { status: 400, meaning: 'The server is not stopped.' },
  'IMG.0009': { status: 400, meaning: 'Another image has that name.' },
  'IMG.0010': { status: 400, meaning: 'The server is busy with another task.' },
  'IMG.0012': { status: 400, meaning: 'Server id missing or not valid.' },
  'IMG.0013': { status: 400, meaning: 'Image name missing.' },
  'IMG.0014': { status: 400, meaning: 'The layer below failed while it ran the task.' },
  'IMG.0015': { status: 400, meaning: 'Quota of private images used up.' },
  'IMG.0017': { status: 400, meaning: 'The URL is badly formed.' },
  'IMG.0018': { status: 400, meaning: 'The job could not be queued.' },
  'IMG.0019': { status: 400, meaning: 'Backup id missing.' },
  'IMG.0020': { status: 400, meaning: 'No such backup.' },
  'IMG.0021': { status: 400, meaning: 'Unknown kind of resource.' },
  'IMG.0022': { status: 400, meaning: 'The disk cannot be imaged in its state.' },
  'IMG.0023': { status: 400, meaning: 'The job could not be looked up.' },
  'IMG.0024': { status: 400, meaning: 'Image type is neither ECS nor BMS.' },
  'IMG.0026': { status: 403, meaning: 'The role lacks the right.' },
  'IMG.0027': { status: 400, meaning: 'No image with that id.' },
  'IMG.0028': { status: 400, meaning: 'The image is protected.' },
  'IMG.0029': { status: 400, meaning: 'An image was made from that backup before.' },
  'IMG.0030': { status: 400, meaning: 'Project id and token do not belong together.' },
  'IMG.0031': { status: 400, meaning: 'Resource id is not right.' },
  'IMG.0035': { status: 400, meaning: 'Attributes contradict each other.' },
  'IMG.0046': { status: 400, meaning: 'The image cannot be used now.' },
  'IMG.0047': { status: 400, meaning: 'Only the owner may do this.' },
  'IMG.0054': { status: 400, meaning: 'Description has characters that are not allowed.' },
  'IMG.0055': { status: 400, meaning: 'Memory or disk size out of range.' },
  'IMG.0056': { status: 400, meaning: 'Unknown OS version.' },
  'IMG.0057': { status: 400, meaning: 'Image file empty, missing, unreadable or in a wrong format.' },
  'IMG.0058': { status: 400, meaning: 'The bucket is in another region.' },
  'IMG.0059': { status: 400, meaning: 'Image file too large (128 GB).' },
  'IMG.0060': { status: 400, meaning: 'Too many tasks at once; wait.' },
  'IMG.0061': { status: 400, meaning: 'Unknown error.' },
  'IMG.0064': { status: 400, meaning: 'IAM did not return the tenant.' },
  'IMG.0066': { status: 400, meaning: 'Image id is not right.' },
  'IMG.0067': { status: 400, meaning: 'Project id is not right.' },
  'IMG.0068': { status: 400, meaning: 'No bucket named.' },
  'IMG.0069': { status: 400, meaning: 'The bucket cannot be reached.' },
  'IMG.0070': { status: 400, meaning: 'The target file is there already.' },
  'IMG.0071': { status: 400, meaning: 'This image cannot be exported.' },
  'IMG.0072': { status: 400, meaning: 'File format not offered.' },
  'IMG.0073': { status: 400, meaning: 'Target file name missing.' },
  'IMG.0076': { status: 400, meaning: 'An image cannot be shared with its owner.' },
  'IMG.0077': { status: 400, meaning: 'Public images cannot be exported.' },
  'IMG.0083': { status: 400, meaning: 'The image is public.' },
  'IMG.0086': { status: 400, meaning: 'No image matched.' },
  'IMG.0087': { status: 400, meaning: 'The token is not right.' },
  'IMG.0088': { status: 400, meaning: 'Quota of shared images used up.' },
  'IMG.0089': { status: 400, meaning: 'Public images cannot be shared.' },
  'IMG.0090': { status: 400, meaning: 'The image is still being made and cannot be deleted.' },
  'IMG.0091': { status: 400, meaning: 'Protected images cannot be deleted.' },
  'IMG.0092': { status: 400, meaning: 'Only the owner may delete the image.' },
  'IMG.0093': { status: 400, meaning: 'Marketplace images cannot be deleted.' },
  'IMG.0094': { status: 400, meaning: 'Public images cannot be deleted.' },
  'IMG.0095': { status: 400, meaning: 'No such KMS key.' },
  'IMG.0098': { status: 400, meaning: 'Encrypted images cannot be shared.' },
  'IMG.0106': { status: 400, meaning: 'The image belongs to another tenant.' },
  'IMG.0115': { status: 400, meaning: 'The tag is not valid.' },
  'IMG.0116': { status: 400, meaning: 'Too many tags on the image.' },
  'IMG.0123': { status: 400, meaning: 'The same file was named twice.' },
  'IMG.0127': { status: 400, meaning: 'No such CSBS backup.' },
  'IMG.0128': { status: 400, meaning: 'Full-ECS images cannot be exported.' },
  'IMG.0130': { status: 400, meaning: 'Full-ECS images can be neither exported nor copied.' },
  'IMG.0135': { status: 400, meaning: 'Full-ECS images cannot be shared.' },
  'IMG.0141': { status: 400, meaning: 'Boot mode is neither uefi nor bios.' },
  'IMG.0142': { status: 400, meaning: 'Source and destination region are the same.' },
  'IMG.0144': { status: 400, meaning: 'The image does not exist.' },
  'IMG.0148': { status: 400, meaning: 'The image is being exported.' },
  'IMG.0160': { status: 400, meaning: 'Only images below 128 GB can be exported.' },
  'IMG.0166': { status: 400, meaning: 'An ISO needs an OS version.' },
  'IMG.0176': { status: 400, meaning: 'The backup of a full-ECS image could not be removed.' },
  'IMG.0196': { status: 400, meaning: 'A shared image must be accepted before it is copied.' },
  'IMG.0212': { status: 400, meaning: 'Architecture is neither x86 nor arm.' },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** A code of the service's own answers. */
export type ImsCode = keyof typeof IMS_CODES;

/** Codes of the gateway in front of the service. */
export const GATEWAY_CODES = {
  'APIGW.0101': { status: 404, meaning: 'The API does not exist or has not been published' },
  'APIGW.0103': { status: 500, meaning: 'The backend does not exist' },
  'APIGW.0106': { status: 400, meaning: 'Orchestration error: a header that is needed is missing' },
  'APIGW.0201': { status: 400, meaning: 'The request cannot be accepted' },
  'APIGW.0301': { status: 401, meaning: 'Incorrect IAM authentication information' },
  'APIGW.0302': { status: 403, meaning: 'The IAM user may not call this API' },
  'APIGW.0303': { status: 401, meaning: 'Incorrect app authentication information' },
  'APIGW.0304': { status: 403, meaning: 'The app may not call this API' },
  'APIGW.0305': { status: 401, meaning: 'Incorrect authentication information' },
  'APIGW.0306': { status: 403, meaning: 'API access denied' },
  'APIGW.0307': { status: 401, meaning: 'The token must be updated' },
  'APIGW.0308': { status: 429, meaning: 'The throttling threshold has been reached' },
  'APIGW.0310': { status: 403, meaning: 'The project is not available' },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** A code of the gateway's answers. */
export type GatewayCode = keyof typeof GATEWAY_CODES;

/** All codes that an error body of this API can carry. */
export const ERROR_CODES = { ...IMS_CODES, ...GATEWAY_CODES } as const;

/** Whether a code is one of the gateway's. */
export const isGatewayCode = (code: string): code is GatewayCode => Object.hasOwn(GATEWAY_CODES, code);

/** Whether a code is one of the service's own. */
export const isImsCode = (code: string): code is ImsCode => Object.hasOwn(IMS_CODES, code);
