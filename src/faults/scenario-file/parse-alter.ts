import type { Json } from '../../base/json.ts';
import { escapePointer } from '../../base/json-pointer.ts';
import type { InputIssue } from '../../input/input-error.ts';
import type { Alteration } from '../alteration.ts';
import type { Fault } from '../fault.ts';
import { WIRE_MEMBERS } from '../fault-kinds.ts';
import { optionalDelay } from './parse-answer.ts';
import { parseWire } from './parse-wire.ts';
import type { RuleContext } from './rule-context.ts';

/**
 * Parses a fault with `alter` that has passed the schema.
 * @param at - JSON pointer of the fault.
 */
export function parseAlter(
  value: Json,
  at: string,
  { issues }: RuleContext,
): Extract<Fault, { readonly kind: 'alter' }> {
  const allowed: readonly string[] = ['delay', ...WIRE_MEMBERS];
  for (const member of Object.keys(value)) {
    if (member === 'alter' || allowed.includes(member)) continue;
    const isInside = ['headers', 'body'].includes(member);
    issues.push({
      pointer: `${at}/${member}`,
      message: isInside
        ? `belongs inside "alter"`
        : 'cannot be combined with "alter", which keeps the natural response',
      allowed: isInside ? [`alter: { ${member}: ... }`] : allowed,
    });
  }
  const alter = value['alter'] as Alteration;
  checkHeaders(alter, `${at}/alter`, issues);
  const wire = parseWire(value, at, issues);
  return { kind: 'alter', alter, ...optionalDelay(value, at, issues), ...(wire !== undefined && { wire }) };
}

/** Rejects headers that are named twice, in any case. */
function checkHeaders({ headers = {}, renameHeaders = {} }: Alteration, at: string, issues: InputIssue[]): void {
  const seen = new Map<string, string>();
  const names = [
    ...Object.keys(headers).map((name) => ['headers', name] as const),
    ...Object.keys(renameHeaders).map((name) => ['renameHeaders', name] as const),
  ];
  for (const [member, name] of names) {
    const earlier = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    if (earlier === undefined) continue;
    issues.push({
      pointer: `${at}/${member}/${escapePointer(name)}`,
      message: `is the same header as ${earlier}`,
      found: name,
      allowed: 'one of them',
    });
  }
}
