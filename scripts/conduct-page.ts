/** Generates docs/conduct.md, which lists the rules on what clients do. */
import type { ConductRule, Severity } from '../src/conduct/rule.ts';
import { CONDUCT_RULES } from '../src/conduct/rules/index.ts';
import { listItem, wrapMarkdown } from './wrap-markdown.ts';

const TITLES: Readonly<Record<Severity, string>> = {
  error: 'Errors: a client loses or duplicates data, leaks a secret, or harms the service',
  warning: 'Warnings: a client burdens the service, or misses what it needs to know',
  info: 'Notes: a client could do better',
};

type Source = ConductRule['sources'][number];

/** Sources on the web, each once. Their addresses are at the end of the page, so that it can be read as text. */
const LINKS: readonly Source[] = [
  ...new Map(
    CONDUCT_RULES.flatMap(({ sources }) => sources)
      .filter(({ url }) => url !== undefined)
      .map((source) => [source.url, source]),
  ).values(),
];

/** Returns the page in Markdown. */
export const conductPage = (): string => `# Conduct: how your client behaves

${wrapMarkdown(`Generated from \`src/conduct/\` (\`npm run generate\`). Sideglance judges what clients did by ${CONDUCT_RULES.length} rules, each with its source. It works on the [journal](journal.md) when you ask, and costs nothing while requests are served.`)}

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

Each finding names the rule, its severity, the client, what happened, and the journal entries that show it. Each rule
has a verdict:
- \`pass\`: there was an opportunity to break the rule, and no client did;
- \`warn\`, \`fail\`: a client broke it: \`fail\` for an error, \`warn\` otherwise;
- \`inconclusive\`: there was no opportunity, because the fault did not fire or the client did not get that far; or the
  journal has dropped requests that could matter.

The verdict of the report is the worst one. Clients are told apart by \`X-Sideglance-Client\`, or else by
\`User-Agent\`. Waits are measured by the clock of the machine and by [that of the world](worlds.md#the-clock), whichever
shows more, so that neither a busy machine nor a clock that you advance leads to a false finding.

| parameter | |
|---|---|
| \`label\` | only requests with this [label](journal.md#label-requests) |
| \`ignore\`, \`only\` | ids of rules to leave out, or of the only ones to apply, separated by commas |
| \`client\` | \`success\` or \`failure\`: what the client reported in the end. Rules such as \`fault-swallowed\` need it |
| \`sequential\` | \`true\`: each client does one thing at a time; an equal request on another connection is a retry |

Requests that overlap, or that take turns on several connections, come from several threads or processes: an equal
request on another connection is then no retry. Neither is one through a proxy, which adds \`Via\`, \`Forwarded\` or
\`X-Forwarded-For\`. Name your clients if several programs with the same \`User-Agent\` share a world.

\`sideglance conduct --fail-on <severity>\` exits with 4 when there is a finding this serious, and with 5 when the verdict
of the report is \`inconclusive\`, as for a label that no request has.

In process, \`cloud.conduct({ label: 'upload' })\` returns the same report.

${(['error', 'warning', 'info'] as const).map(section).join('\n')}
## How the rules are tested
Each rule finds what a bad client does over HTTP and lets a client pass that differs in one line
(\`test/conduct/proofs\`). Good clients that do random work in worlds with random faults get no finding: \`npm test\` runs
60 of them, \`CONDUCT_RUNS=1000 npm test -- test/conduct/good-client\` runs 1,000, and \`CONDUCT_SEED=55\` starts with the
one of that seed.

${LINKS.map(({ url }, at) => `[${at + 1}]: ${url}`).join('\n')}
`;

const section = (severity: Severity): string => {
  const rules = CONDUCT_RULES.filter((rule) => rule.severity === severity);
  return `## ${TITLES[severity]}
Each rule says what a good client does.

${rules.map(item).join('\n')}
`;
};

const item = ({ id, title, sources }: ConductRule): string =>
  listItem(`\`${id}\`: ${title}. ${sources.map(link).join('; ')}`);

const link = ({ title, url }: Source): string =>
  url === undefined ? title : `[${title}][${LINKS.findIndex((other) => other.url === url) + 1}]`;
