import { isObject, type Json } from '../base/json.ts';
import { OPERATIONS, VERBS } from './operations.ts';
import type { Api } from './tasks.ts';

/** What placeholders in a case stand for. */
export type Placeholders = Readonly<Record<string, unknown>>;

const WHOLE = /^\{([a-z]+)\}$/;
const PART = /\{([a-z]+)\}/g;
const VERB = /^\$([A-Za-z]+)$/;

/** Returns a value in which placeholders and verbs are replaced, and the messages about those that are unknown. */
export function expand(
  value: unknown,
  api: Api,
  placeholders: Placeholders,
): { readonly value: unknown; readonly issues: readonly ExpandIssue[] } {
  const issues: ExpandIssue[] = [];
  const replace = (part: unknown, pointer: string): unknown => {
    if (typeof part === 'string') return replaceText(part, { api, placeholders, pointer, issues });
    if (Array.isArray(part)) return part.map((item: unknown, at) => replace(item, `${pointer}/${at}`));
    if (!isObject(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, member]) => [
        name,
        replace(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
      ]),
    );
  };
  return { value: replace(value, ''), issues };
}

/** A placeholder or verb that stands for nothing. */
export interface ExpandIssue {
  readonly pointer: string;
  readonly message: string;
  readonly found: string;
  readonly allowed: readonly string[];
}

interface TextContext {
  readonly api: Api;
  readonly placeholders: Placeholders;
  readonly pointer: string;
  readonly issues: ExpandIssue[];
}

function replaceText(text: string, { api, placeholders, pointer, issues }: TextContext): unknown {
  const [, verb] = VERB.exec(text) ?? [];
  if (verb !== undefined) return operationOf(verb, { api, placeholders, pointer, issues });
  const [, whole] = WHOLE.exec(text) ?? [];
  if (whole !== undefined && whole in placeholders) return placeholders[whole];
  return text.replace(PART, (found, name: string) => {
    if (name in placeholders) return String(placeholders[name]);
    // `{project_id}` and the like are texts of the services.
    if (!RESERVED.has(name)) {
      issues.push({
        pointer,
        message: 'unknown placeholder',
        found,
        allowed: Object.keys(placeholders).map((each) => `{${each}}`),
      });
    }
    return found;
  });
}

/** What the runner replaces later: ids that only a world has. */
const RESERVED: ReadonlySet<string> = new Set(['target', 'url', 'elsewhere', 'secure', 'mount']);

function operationOf(verb: string, { api, pointer, issues }: TextContext): string {
  const operation = (OPERATIONS[api] as Readonly<Record<string, string>>)[verb];
  if (operation !== undefined) return operation;
  const isVerb = (VERBS as readonly string[]).includes(verb);
  issues.push({
    pointer,
    message: isVerb ? `${api} has no such operation` : 'unknown verb',
    found: `$${verb}`,
    allowed: Object.keys(OPERATIONS[api]).map((each) => `$${each}`),
  });
  return `$${verb}`;
}

/** Merges fixtures: lists are joined, other members replaced. */
export function mergeWorlds(base: Json, own: Json): Json {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(own)) {
    const before = merged[name];
    merged[name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value;
  }
  return merged;
}
