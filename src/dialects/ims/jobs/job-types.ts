import type { TaskKind } from '../../../domain/progress.ts';

/** What jobs are called, and what each does. The reference has no name for copies to other regions: that one is ours. */
export const JOB_TYPES = {
  imsCreateImageByInstance: 'snapshot',
  imsImportImageJob: 'import',
  imsImportOvaImageJob: 'import',
  imsVolumeCreateImageJob: 'snapshot',
  imsVolumesToSysDataImagesJob: 'snapshot',
  imsImportDataImageJob: 'import',
  imsCreateWholeImageByInstanceJob: 'snapshot',
  imsCreateWholeImageByBackupJob: 'snapshot',
  imsNativeImportImageJob: 'import',
  imsNativeExportImageJob: 'export',
  imsAddImageMembersJob: 'share',
  imsDelImageMembersJob: 'share',
  imsUpdateImageMembersJob: 'share',
  imsCopyImageInRegionJob: 'copy',
  imsCopyImageCrossRegionJob: 'copy',
} as const satisfies Readonly<Record<string, TaskKind>>;
export type JobType = keyof typeof JOB_TYPES;

/** What the parts of jobs are called, and what each does. */
export const SUB_JOB_TYPES = {
  imsGoofysImportImageJob: 'import',
  imsGoofysImportImageWithoutconfigJob: 'import',
  imsGoofysUploadImageJob: 'import',
  imsGoofysExportImageJob: 'export',
  imsImportBigFileImageJob: 'import',
  imsQuickExportImageJob: 'export',
  imsImportIsoFileImageJob: 'import',
  imsImportDataImageJob: 'import',
  imsCopyVolumeToImageJob: 'snapshot',
} as const satisfies Readonly<Record<string, TaskKind>>;
export type SubJobType = keyof typeof SUB_JOB_TYPES;
