import { packageFile, type Sideglance } from '../index.ts';
import type { Colors } from './colors.ts';
import { DEFAULT_URL } from './options.ts';
import type { ServeFlags } from './serve-flags.ts';

/** Returns where a server listens, line by line, and the admin token if it was generated. */
export function addressLines(sideglance: Sideglance, flags: ServeFlags): readonly string[] {
  const lines = [`Sideglance ${sideglance.version} listens on ${sideglance.url} (port ${sideglance.port})`];
  for (const [name, url] of Object.entries(sideglance.own)) lines.push(`  ${name} listens on ${url}`);
  if (sideglance.caFile !== undefined) lines.push(`  certificate of the authority: ${sideglance.caFile}`);
  if (flags.adminPort === 'off') lines.push('  the admin API is off');
  else if (sideglance.adminPort !== sideglance.port) lines.push(`  admin API on port ${sideglance.adminPort}`);
  const token = generatedToken(sideglance, flags);
  if (token !== undefined) lines.push(`  admin token: ${token}`);
  return lines;
}

/** Only a generated token is printed; users know their own. */
export const generatedToken = ({ adminToken }: Sideglance, flags: ServeFlags): string | undefined =>
  flags.adminToken ? undefined : adminToken;

/** Returns what a user does next: client settings, scenarios, requests, admin API and documentation. */
export function nextSteps(sideglance: Sideglance, flags: ServeFlags, { strong, quiet }: Colors): readonly string[] {
  const variables = variablesFor(sideglance, flags);
  const steps: readonly (readonly [string, string])[] = [
    ...(variables === '' ? [] : [['In another shell', `export ${variables}`] as const]),
    ['Client settings', 'eval "$(npx sideglance env)"'],
    ...(flags.adminPort === 'off' ? [] : adminSteps(sideglance, flags)),
    ['Documentation', packageFile('docs/README.md')],
  ];
  return ['', ...steps.map(([title, text]) => `  ${quiet(title.padEnd(16))}  ${strong(text)}`), ''];
}

function adminSteps(sideglance: Sideglance, flags: ServeFlags): readonly (readonly [string, string])[] {
  return [
    ['Inject an error', 'npx sideglance scenarios enable image-v2.createImage.413'],
    ['See requests', 'npx sideglance requests --follow'],
    ['Console', `${adminAddress(sideglance, flags)}/__admin/`],
    ['Admin API', `${adminAddress(sideglance, flags)}/__admin`],
  ];
}

/** Address of the admin API, which commands use too. */
function adminAddress({ url, port, adminPort }: Sideglance, flags: ServeFlags): string {
  if (adminPort === port || flags.adminPort === 'off') return url;
  const address = new URL(url);
  address.port = String(adminPort);
  return address.origin;
}

/** The variables without which commands do not find this server, or have no access to it. */
function variablesFor(sideglance: Sideglance, flags: ServeFlags): string {
  const address = adminAddress(sideglance, flags);
  const token = generatedToken(sideglance, flags);
  return [
    ...(address === DEFAULT_URL ? [] : [`SIDEGLANCE_URL=${address}`]),
    ...(token === undefined ? [] : [`SIDEGLANCE_ADMIN_TOKEN=${token}`]),
    ...(sideglance.caFile === undefined ? [] : [`NODE_EXTRA_CA_CERTS=${sideglance.caFile}`]),
  ].join(' ');
}
