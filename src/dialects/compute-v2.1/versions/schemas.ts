const text = { type: 'string' } as const;

const version = (more: Readonly<Record<string, object>>) =>
  ({
    type: 'object',
    required: ['id', 'status', 'version', 'min_version', 'updated', 'links', ...Object.keys(more)],
    properties: {
      id: text,
      status: { enum: ['CURRENT', 'SUPPORTED', 'DEPRECATED'] },
      version: text,
      min_version: text,
      updated: text,
      links: { type: 'array', items: { type: 'object', required: ['rel', 'href'] } },
      ...more,
    },
    additionalProperties: false,
  }) as const;

/** `{versions}`, at the root. */
export const VERSIONS_REPLY = {
  type: 'object',
  required: ['versions'],
  properties: { versions: { type: 'array', items: version({}) } },
  additionalProperties: false,
} as const;

/** `{version}`. */
export const VERSION_REPLY = {
  type: 'object',
  required: ['version'],
  properties: { version: version({ 'media-types': { type: 'array', items: { type: 'object' } } }) },
  additionalProperties: false,
} as const;
