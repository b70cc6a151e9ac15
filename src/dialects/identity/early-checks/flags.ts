/** Truth values in queries and bodies of newer releases. */

/** The values that Keystone accepts for a truth value, in the order of its messages. */
const VALUES = [
  true,
  'True',
  'TRUE',
  'true',
  false,
  'False',
  'FALSE',
  'false',
  '',
  '1',
  '0',
  'y',
  'Y',
  'n',
  'N',
  'on',
  'ON',
  'off',
  'OFF',
  'yes',
  'no',
] as const;

/** A truth value, which may be a text. The schema allows `null` as a type, but not as a value. */
export const FLAG = { type: ['boolean', 'string', 'null'], enum: VALUES } as const;
