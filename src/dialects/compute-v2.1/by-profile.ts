/** Documented statuses that take another choice of a profile than the default one, by choice and operation. */
export const BY_PROFILE = {
  'version-list: reference': {
    listVersions: [300],
  },
  'foreign-image: reference': {
    showImage: [403],
    listImageMetadata: [403],
    showImageMetadataItem: [403],
  },
  'image-being-saved: reference': {
    updateImageMetadata: [409],
    replaceImageMetadata: [409],
    setImageMetadataItem: [409],
    deleteImageMetadataItem: [409],
  },
} as const;
