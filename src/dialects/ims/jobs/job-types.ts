import type { TaskKind } from '../../../domain/progress.ts';

/** The types of jobs, and the task of each. The reference does not name the type of cross-region copies: this name is ours. */
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
/** The type of a job, such as `imsImportImageJob`. */
export type JobType = keyof typeof JOB_TYPES;

/** The types of sub-jobs, and the task of each. */
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
/** The type of a sub-job, such as `imsGoofysImportImageJob`. */
export type SubJobType = keyof typeof SUB_JOB_TYPES;
