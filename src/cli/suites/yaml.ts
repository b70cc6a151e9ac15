/** Formats nested objects as YAML. Strings are in JSON syntax, which is also valid YAML. */
export function yamlOf(value: object, indent = ''): string {
  let text = '';
  for (const [name, member] of Object.entries(value)) {
    text +=
      typeof member === 'object' && member !== null
        ? `${indent}${name}:\n${yamlOf(member as object, `${indent}  `)}`
        : `${indent}${name}: ${JSON.stringify(member)}\n`;
  }
  return text;
}
