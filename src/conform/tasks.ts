/** The APIs that conformance cases are for. */
export const APIS = ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims', 'identity'] as const;
/** One of `APIS`. */
export type Api = (typeof APIS)[number];

/** What a task gives back in `SIDEGLANCE_OUTPUT`. */
export type TaskOutput = 'none' | 'ids' | 'id' | 'data' | 'members';

/** A task that a client program is asked to carry out. */
export interface TaskDescription {
  /** What the client has to achieve before it may exit with 0. */
  readonly goal: string;
  readonly output: TaskOutput;
}

const task = (goal: string, output: TaskOutput = 'none'): TaskDescription => ({ goal, output });

/** The tasks, by the name in `SIDEGLANCE_TASK`. */
export const TASKS = {
  authenticate: task('Log in, and find the address of the API in the service catalog.'),
  'list-images': task('Read the whole list of images.', 'ids'),
  'show-image': task('Read the record of an image.'),
  'create-image': task('Create an image without data.', 'id'),
  'upload-image': task('Upload data to a queued image, until it is active.'),
  'create-and-upload': task('Create an image and upload its data, until it is active.', 'id'),
  'import-image': task('Have the service fetch the data of an image from an address, until the image is active.', 'id'),
  'wait-for-active': task('Wait until an image is active, or can no longer become active.'),
  'download-image': task('Download the data of an image, and check it.', 'data'),
  'update-image': task('Set one property of an image, and leave the others alone.'),
  'delete-image': task('Delete an image.'),
  'protect-image': task('Protect an image from being deleted.'),
  'deactivate-image': task('Deactivate an image.'),
  'reactivate-image': task('Reactivate an image.'),
  'add-tag': task('Add a tag to an image.'),
  'remove-tag': task('Remove a tag from an image.'),
  'share-image': task('Share an image with a project.'),
  'accept-image': task('Accept an image that another project shares.'),
  'list-members': task('Read the members of an image.', 'members'),
  'unshare-image': task('Stop sharing an image with a project.'),
  'create-snapshot': task('Create an image of a server, until the image is active.', 'id'),
  'list-tasks': task('Read the whole list of tasks.', 'ids'),
  'export-image': task('Export the data of an image into a container, until the file is there.'),
  'copy-image': task('Copy an image, until the copy is active.', 'id'),
} as const satisfies Readonly<Record<string, TaskDescription>>;
/** One of `TASKS`. */
export type Task = keyof typeof TASKS;

/** Names of all tasks. */
export const TASK_NAMES = Object.keys(TASKS) as readonly Task[];
