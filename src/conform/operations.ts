import type { Api } from './tasks.ts';

/** What a step of a task is called in suite files, whatever the API calls it: `$list`, `$upload`. */
export const VERBS = [
  'login',
  'list',
  'show',
  'create',
  'update',
  'delete',
  'upload',
  'download',
  'addTag',
  'removeTag',
  'share',
  'accept',
  'members',
  'unshare',
  'snapshot',
  'import',
  'export',
  'copy',
  'tasks',
  'task',
  'deactivate',
  'reactivate',
] as const;
/** One of `VERBS`. */
export type Verb = (typeof VERBS)[number];

const IMAGES = {
  list: 'listImages',
  show: 'showImage',
  update: 'updateImage',
  delete: 'deleteImage',
  addTag: 'addImageTag',
  removeTag: 'deleteImageTag',
  share: 'createImageMember',
  accept: 'updateImageMember',
  members: 'listImageMembers',
  unshare: 'deleteImageMember',
};

const SERVERS = {
  list: 'listImages*',
  show: 'showImage',
  update: 'updateImageMetadata',
  delete: 'deleteImage',
  snapshot: 'createServerImage',
};

const KEYSTONE = 'identity.authPassword*';
const RACKSPACE = 'identity.raxAuthenticate*';

const named = (
  api: Api,
  login: string,
  operations: Partial<Record<Verb, string>>,
): Readonly<Partial<Record<Verb, string>>> => ({
  login,
  ...Object.fromEntries(Object.entries(operations).map(([verb, operation]) => [verb, `${api}.${operation}`])),
});

/** The operations of each API behind a verb, as a name or a glob. */
export const OPERATIONS: Readonly<Record<Api, Readonly<Partial<Record<Verb, string>>>>> = {
  'image-v2': named('image-v2', KEYSTONE, {
    ...IMAGES,
    create: 'createImage',
    upload: 'uploadImageData',
    download: 'downloadImageData',
    import: 'importImage',
    copy: 'importImage',
    tasks: 'listTasks',
    task: 'showTask',
    deactivate: 'deactivateImage',
    reactivate: 'reactivateImage',
  }),
  'compute-v2.1': named('compute-v2.1', KEYSTONE, SERVERS),
  'rackspace-images': named('rackspace-images', RACKSPACE, {
    ...IMAGES,
    import: 'createImportTask',
    export: 'createExportTask',
    tasks: 'listTasks',
    task: 'showTask',
  }),
  'rackspace-servers': named('rackspace-servers', RACKSPACE, SERVERS),
  ims: named('ims', 'identity.iamAuthPassword', {
    ...IMAGES,
    list: 'list*mages',
    update: 'update*mage',
    create: 'createImage',
    upload: 'uploadImage',
    snapshot: 'createCloudImage',
    import: 'createCloudImage',
    export: 'exportImage',
    copy: 'copyImage*',
    task: 'show*Job*',
  }),
  identity: { login: KEYSTONE },
};
