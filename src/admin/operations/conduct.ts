import type { JsonSchema } from '../../contract/schema.ts';
import { type ConductQuery, readConduct } from '../conduct.ts';
import { operation } from '../operation.ts';
import { boolean, integer, listOf, responseBody, text } from '../schema-helpers.ts';

const VERDICT: JsonSchema = {
  enum: ['pass', 'warn', 'fail', 'inconclusive'],
  description: '`inconclusive`: no opportunity to break the rule, or the journal has dropped requests.',
};

const SEVERITY: JsonSchema = { enum: ['error', 'warning', 'info'] };

const REPORT = responseBody({
  verdict: VERDICT,
  findings: listOf(
    responseBody({
      rule: text('Id of the rule.'),
      severity: SEVERITY,
      client: text('Name of the client.'),
      message: text('What happened.'),
      entries: listOf(integer('Id of a journal entry that shows it.')),
    }),
  ),
  rules: listOf(
    responseBody({
      rule: text('Id of the rule.'),
      title: text('What a good client does.'),
      severity: SEVERITY,
      verdict: VERDICT,
      opportunities: integer('How often a client could have broken the rule.'),
    }),
  ),
  clients: listOf(text('Name of a client.')),
});

/** The operation that judges clients. */
export const conductOperations = {
  /** Judges what the clients of the world did, by its journal. */
  conduct: operation({
    id: 'getConduct',
    method: 'get',
    path: '/conduct',
    summary: 'Judges what the clients did, by the requests in the journal',
    success: 200,
    statuses: [200, 400],
    query: {
      label: text('Only requests with this label.'),
      ignore: text('Ids of rules to leave out, separated by commas.'),
      only: text('Ids of the only rules to apply, separated by commas.'),
      client: { enum: ['success', 'failure'], description: 'Whether the client reported success in the end.' },
      sequential: boolean('Whether each client does one thing at a time, whatever connections it uses.'),
    },
    response: REPORT,
    call: (query: ConductQuery = {}) => ({ query }),
    run: ({ query }, context) => readConduct(context, query),
  }),
};
