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
  'tasks: off': {
    listTasks: [404],
  },
} as const;
