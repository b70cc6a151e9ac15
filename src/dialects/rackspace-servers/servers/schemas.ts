/** Response body of the operations on scheduled images: `{image_schedule}`. */
export const SCHEDULE_REPLY = {
  type: 'object',
  required: ['image_schedule'],
  properties: {
    image_schedule: {
      type: 'object',
      properties: { retention: { type: 'integer', minimum: 1, maximum: 65_535 }, day_of_week: { type: 'string' } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;
