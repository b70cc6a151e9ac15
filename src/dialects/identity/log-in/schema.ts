import { BOOLEAN, TEXT } from '../records/schema-parts.ts';

const objectOf = <P extends object>(properties: P) => ({ type: 'object', properties }) as const;

const REFERENCE = objectOf({ id: TEXT, name: TEXT });

const IDENTITY = {
  ...objectOf({
    methods: { type: 'array', items: TEXT },
    password: objectOf({ user: objectOf({ id: TEXT, name: TEXT, password: TEXT, domain: REFERENCE }) }),
    token: { ...objectOf({ id: TEXT }), required: ['id'] },
  }),
  required: ['methods'],
} as const;

const SCOPE = {
  type: ['object', 'string'],
  properties: {
    project: objectOf({ name: TEXT, id: TEXT, domain: REFERENCE }),
    domain: REFERENCE,
    'OS-TRUST:trust': objectOf({ id: TEXT }),
    system: objectOf({ all: BOOLEAN }),
  },
} as const;

/** The member `auth` of a login. */
export const AUTH = { ...objectOf({ identity: IDENTITY, scope: SCOPE }), required: ['identity'] } as const;
