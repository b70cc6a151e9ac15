/** The document that the contract follows. */
export const SOURCE = 'Rackspace Cloud Images API v2 developer guide';

/** Statuses that the guide lists for most operations that read. */
export const READ_STATUSES = [200, 400, 401, 403, 404, 405, 413, 500, 503] as const;

/** Statuses that the guide lists for operations that delete. */
export const DELETE_STATUSES = [204, 400, 401, 403, 404, 405, 413, 500, 503] as const;

/** Statuses that the guide lists for most operations that change something; the unknown id is missing. */
export const CHANGE_STATUSES = [200, 400, 401, 403, 405, 413, 415, 500, 503] as const;
