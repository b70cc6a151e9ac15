/** Longest text of an action, in characters. */
const MAX_LENGTH = 160;

/** Returns an action of the admin API in one line: its operation and what it was given. */
export function actionText(operation: string, input: unknown): string {
  const { params, query, body } = (input ?? {}) as {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: object;
    readonly body?: unknown;
  };
  const parts = [
    operation,
    ...Object.values(params ?? {}),
    ...(query === undefined || Object.keys(query).length === 0 ? [] : [JSON.stringify(query)]),
    ...(body === undefined || JSON.stringify(body) === '{}' ? [] : [JSON.stringify(body)]),
  ];
  const text = parts.join(' ');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
