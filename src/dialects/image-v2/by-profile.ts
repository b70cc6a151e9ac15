/** Documented statuses that take another choice of a profile than the default one, by choice and operation. */
export const BY_PROFILE = {
  'media-type: checked': {
    createImage: [415],
    importImage: [415],
    createTask: [415],
  },
  'unseen: forbidden': {
    showImage: [403],
  },
  'size-header: checked': {
    stageImageData: [400],
  },
  'discovery: administrators': {
    discoverImport: [403],
  },
  'add-location: done': {
    addImageLocation: [200],
  },
  'tasks: off': {
    listTasks: [404],
  },
} as const;

/** Statuses that the reference does not list and that only another choice of a profile than the default one causes. */
export const ALSO_BY_PROFILE = {
  'tasks: off': {
    createTask: [404],
    deleteTask: [404],
  },
} as const;
