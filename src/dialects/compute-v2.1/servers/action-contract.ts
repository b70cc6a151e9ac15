import type { Operation } from '../../../contract/contract.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import { wrapped } from '../schemas.ts';

const SOURCE = 'Compute API v2.1 reference';

/** Nova ignores the value of an action that takes none. */
const ANYTHING = {};

const REBOOT = {
  type: 'object',
  required: ['type'],
  properties: { type: { type: 'string', enum: ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'] } },
  additionalProperties: false,
} as const;

/** An action: its member of the body, what it does, the title of its section, and the schema of the member. */
const action = <Member extends string>(member: Member, summary: string, title: string, schema: JsonSchema = ANYTHING) =>
  ({
    method: 'post',
    path: '/v2.1/{tenant_id}/servers/{server_id}/action',
    summary,
    success: 202,
    statuses: [202, 401, 403, 404, 409],
    annex: 'servers',
    alsoSeen: [400, 406, 413, 415],
    request: wrapped(member, schema),
    discriminator: `body: ${member}` as const,
    source: `${SOURCE}, "${title} (${member} action)"`,
  }) as const satisfies Operation;

/** Nova looks for the cell of the server first, and so finds no server of another project that its policy could deny. */
const IN_CELL = { triggers: { 403: 'inject' } } as const;

/** A lock does not depend on the state of the server. */
const LOCKING = { triggers: { 409: 'inject' } } as const;

/** The actions on servers that change their status or their lock. */
export const actionOperations = {
  startServer: { ...action('os-start', 'Starts a server that is shut off.', 'Start server'), ...IN_CELL },
  stopServer: { ...action('os-stop', 'Stops a server.', 'Stop server'), ...IN_CELL },
  pauseServer: action('pause', 'Pauses a server.', 'Pause server'),
  unpauseServer: action('unpause', 'Continues a paused server.', 'Unpause server'),
  suspendServer: action('suspend', 'Suspends a server.', 'Suspend server'),
  resumeServer: action('resume', 'Continues a suspended server.', 'Resume suspended server'),
  rebootServer: action('reboot', 'Reboots a server, softly or by force.', 'Reboot server', REBOOT),
  lockServer: { ...action('lock', 'Locks a server against changes.', 'Lock server'), ...LOCKING },
  unlockServer: { ...action('unlock', 'Unlocks a server.', 'Unlock server'), ...LOCKING },
} as const satisfies Readonly<Record<string, Operation>>;

/** The first microversion that stores why a server is locked. */
export const FIRST_WITH_REASON = 73;

/** The exact schema of a request that locks a server. @param minor - microversion. */
export const lockSchema = (minor: number): JsonSchema =>
  wrapped(
    'lock',
    minor < FIRST_WITH_REASON
      ? ANYTHING
      : {
          type: ['object', 'null'],
          properties: { locked_reason: { type: 'string', minLength: 1, maxLength: 255 } },
          additionalProperties: false,
        },
  );
