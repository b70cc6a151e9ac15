/** Generates docs/conduct.md, which lists the rules on what clients do. */
import type { ConductRule, Severity } from '../src/conduct/rule.ts';
import { CONDUCT_RULES } from '../src/conduct/rules/index.ts';

const TITLES: Readonly<Record<Severity, string>> = {
  error: 'Errors: a client loses or duplicates data, leaks a secret, or harms the service',
  warning: 'Warnings: a client burdens the service, or misses what it needs to know',
  info: 'Notes: a client could do better',
};

/** Returns the page in Markdown. */
export const conductPage = (): string => `# Conduct: how your client behaves

Generated from \`src/conduct/\` (\`npm run generate\`). Sideglance judges what clients did by ${CONDUCT_RULES.length} rules, each with its source. It works on the [journal](journal.md) when
you ask, and costs nothing while requests are served.

\`\`\`sh
curl -s -X POST localhost:9292/__admin/faults --json '{ "match": { "operation": "image-v2.listImages" }, "undocumented": true, "calls": { "to": 2 }, "fault": { "answer": 503, "retryAfter": 5 } }'
TOKEN=$(curl -si localhost:9292/identity/v3/auth/tokens -H 'Content-Type: application/json' -d '{"auth": {"identity": {"methods": ["password"], "password": {"user":
  {"name": "demo", "domain": {"id": "default"}, "password": "secret"}}}, "scope": {"project": {"name": "demo", "domain": {"id": "default"}}}}}' | sed -n 's/^X-Subject-Token: *//Ip' | tr -d '\\r')
for attempt in 1 2 3; do curl -s 'localhost:9292/image/v2/images?limit=100' -H "X-Auth-Token: $TOKEN"; done   # a client that does not wait
sideglance conduct --fail-on warning
curl -s 'localhost:9292/__admin/conduct?ignore=no-jitter,connection-per-request'
\`\`\`
\`\`\`text
SEVERITY  RULE                         REQUESTS  FINDING
error     retry-after-seconds-ignored  2 3       repeated GET /image/v2/images after 0.05 s, although Retry-After asked to wait 5 s
error     retry-after-seconds-ignored  3 4       repeated GET /image/v2/images after 0.04 s, although Retry-After asked to wait 5 s

fail: 2 findings; 9 of ${CONDUCT_RULES.length} rules had an opportunity
\`\`\`

Each finding names the rule, its severity, the client, what happened, and the journal entries that show it. Each rule has a verdict:

| verdict | |
|---|---|
| \`pass\` | there was an opportunity to break the rule, and no client did |
| \`warn\`, \`fail\` | a client broke it: \`fail\` for an error, \`warn\` otherwise |
| \`inconclusive\` | there was no opportunity, because the fault did not fire or the client did not get that far; or the journal has dropped requests that could matter |

The verdict of the report is the worst one. A client is what sends the same \`X-Sideglance-Client\` header, or else the same \`User-Agent\`. Waits are measured by the clock of the machine and by
[that of the world](worlds.md#the-clock), whichever shows more, so that neither a busy machine nor a clock that you advance leads to a false finding.

| parameter | |
|---|---|
| \`label\` | only requests with this [label](journal.md#label-requests) |
| \`ignore\`, \`only\` | ids of rules to leave out, or of the only ones to apply, separated by commas |
| \`client\` | \`success\` or \`failure\`: what the client reported in the end. Rules such as \`fault-swallowed\` need to know it |
| \`sequential\` | \`true\`: each client does one thing at a time, so that an equal request on another connection is a retry |

Requests that overlap, or that take turns on several connections, come from several threads or processes: an equal request on another connection is then no retry. Neither is one through a proxy, which adds \`Via\`, \`Forwarded\` or \`X-Forwarded-For\`. Name your clients if several
programs with the same \`User-Agent\` share a world.

\`sideglance conduct --fail-on <severity>\` exits with 4 when there is a finding this serious, and with 5 when the verdict of the report is \`inconclusive\`, as for a label that no request has.

In process, \`cloud.conduct({ label: 'upload' })\` returns the same report.

${(['error', 'warning', 'info'] as const).map(section).join('\n')}
## How the rules are tested
Each rule finds what a bad client does over HTTP and lets a client pass that differs in one line (\`test/conduct/proofs\`). Good clients that do random work in worlds with random faults get no finding:
\`npm test\` runs 60 of them, \`CONDUCT_RUNS=1000 npm test -- test/conduct/good-client\` runs 1,000, and \`CONDUCT_SEED=55\` starts with the one of that seed.
`;

const section = (severity: Severity): string => {
  const rules = CONDUCT_RULES.filter((rule) => rule.severity === severity);
  return `## ${TITLES[severity]}
| rule | what a good client does | source |
|---|---|---|
${rules.map(row).join('\n')}
`;
};

const row = ({ id, title, sources }: ConductRule): string =>
  `| \`${id}\` | ${title} | ${sources.map(link).join('; ')} |`;

const link = ({ title, url }: ConductRule['sources'][number]): string =>
  url === undefined ? title : `[${title}](${url})`;
