/** Pattern of the names of metadata items. */
export const METADATA_KEY = '^[a-zA-Z0-9-_:. ]{1,255}$';

/** An object with exactly one member. */
export const wrapped = <Name extends string>(name: Name, value: object) =>
  ({ type: 'object', required: [name], properties: { [name]: value }, additionalProperties: false }) as const;
