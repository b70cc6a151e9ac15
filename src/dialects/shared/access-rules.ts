import type { Cloud } from '../../cloud.ts';
import type { Call } from '../../contract/contract.ts';

/**
 * Returns whether a token is valid for a request. Tokens of application credentials with access rules are valid only for
 * the service, method and path of a rule, where `*` and `{name}` match one segment and `**` any number.
 * @param service - type of the service in the catalog.
 */
export function allowsRequest(token: string, service: string, call: Call, cloud: Cloud): boolean {
  const rules = cloud.identity.accessRulesOf(token);
  if (rules === null) return true;
  return rules.some(
    (rule) => rule.service === service && rule.method === call.method && patternOf(rule.path).test(call.path),
  );
}

const patterns = new Map<string, RegExp>();

/** Maximum number of cached patterns, so that clients cannot fill the memory. */
const MAX_PATTERNS = 256;

function patternOf(path: string): RegExp {
  let pattern = patterns.get(path);
  if (pattern === undefined) {
    const source = path
      .replaceAll(/[.+?^$()|[\]\\]/g, '\\$&')
      .replaceAll(/\{[^/}]*\}/g, '[^/]+')
      .replaceAll('**', '\u0000')
      .replaceAll('*', '[^/]+')
      .replaceAll('\u0000', '.*');
    pattern = new RegExp(`^${source}$`);
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(path, pattern);
  }
  return pattern;
}
