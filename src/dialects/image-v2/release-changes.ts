import type { ReleaseChange } from '../../contract/contract.ts';

const UPLOADS = ['uploadImageData', 'stageImageData'];

/** What releases of Glance changed for clients, besides new operations and defaults of profiles. */
export const RELEASE_CHANGES: readonly ReleaseChange[] = [
  {
    since: '2025.1',
    operations: ['listVersions', 'listVersionsExplicit'],
    what: 'Current version',
    before: 'v2.16',
    after: 'v2.17, listed after v2.8',
  },
  {
    since: '2026.2',
    operations: ['listVersions', 'listVersionsExplicit'],
    what: 'Current version',
    before: 'v2.17, listed after v2.8',
    after: 'v2.18, listed first',
  },
  {
    since: '2025.1',
    operations: [
      'createImage',
      'updateImage',
      'deleteImage',
      'stageImageData',
      'addImageTag',
      'deleteImageTag',
      'createImageMember',
      'deactivateImage',
      'reactivateImage',
    ],
    what: 'A caller whose only role is `reader`',
    before: 'may do what a member may',
    after: '403 `You are not authorized to complete ... action.`',
  },
  {
    since: '2025.1',
    operations: ['downloadImageData'],
    what: "A reader's download of a private image of the own project",
    before: '200',
    after: '403 `You are not authorized to complete download_image action.`',
  },
  {
    since: '2025.1',
    operations: ['listImages', 'createImage', 'showImage'],
    what: 'A token without a project, or with the role `service` alone',
    before: '200 or 201',
    after: '403, and 404 for a single image',
  },
  {
    since: '2025.1',
    operations: ['deleteImageFromStore'],
    what: 'Who may delete data from one store',
    before: 'the owner',
    after: 'administrators; others get 403',
  },
  {
    since: '2025.1',
    operations: ['updateImage', 'deleteImage', 'createImageMember', 'updateImageMember', 'deleteImageMember'],
    what: 'Wording of the 403 for an image of others',
    before: '`You do not own this image`, `Not allowed to create members for image ...`',
    after: '`You are not authorized to complete modify_image action.`, by action',
  },
  {
    since: '2025.1',
    operations: ['createImage'],
    what: 'Wording of the 403 for another owner',
    before: "`You are not permitted to create images owned by '...'`",
    after: '`Access was denied to this resource.` before that',
  },
  {
    since: '2025.1',
    operations: ['uploadImageData'],
    what: 'Data that is not what `disk_format` says, or that is unsafe',
    before: '204, and the image is active',
    after: '415, and the image is queued again; `raw` still takes almost any data',
  },
  {
    since: '2025.1',
    operations: ['importImage'],
    what: 'Import of data that is not what `disk_format` says',
    before: 'the image is active',
    after: 'the task fails, and the image is queued again',
  },
  {
    since: '2026.2',
    operations: UPLOADS,
    what: 'Text of the 415 for a Content-Type or data',
    before: 'the type is not supported by this server',
    after: 'followed by the type or by what is wrong with the data',
  },
];
