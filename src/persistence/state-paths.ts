/** Path of the log with the changes since the state file was written. */
export const logOf = (file: string): string => `${file}.log`;

/** Path of the log before that one; it exists while its changes are written to the state file. */
export const oldLogOf = (file: string): string => `${file}.log.old`;

/** Path of a log that is about to take the place of the present one. */
export const newLogOf = (file: string): string => `${file}.log.new`;

/** Path of a state file that is about to take the place of the present one. */
export const newFileOf = (file: string): string => `${file}.new`;

/** Path of the directory for image data. */
export const dataOf = (file: string): string => `${file}.data`;
