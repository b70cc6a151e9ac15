/** The document that the contract follows. */
export const SOURCE = 'Image Management Service API reference';

/** Error statuses that the reference lists for most operations. */
export const ERRORS = [400, 401, 403, 404, 500, 503] as const;
