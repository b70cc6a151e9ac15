/** The shell variable with the folder of the files that printed commands write. */
export const FOLDER = 'SIDEGLANCE_SUITE';

/** Returns a shell command for each variable that exports it. */
export const exportsOf = (variables: Readonly<Record<string, string>>): string[] =>
  Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`);

const quote = (value: string): string =>
  /^[A-Za-z0-9_./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;

/** Returns shell commands that write files into a new folder, which texts and values name as `$SIDEGLANCE_SUITE`. */
export function writesOf(files: Readonly<Record<string, string>>): string[] {
  const commands = Object.entries(files).map(([name, text]) => `cat > "$${FOLDER}/${name}" <<END\n${escaped(text)}END`);
  return commands.length === 0 ? [] : [`export ${FOLDER}="$(mktemp -d)"`, ...commands];
}

/** Returns shell commands that export variables whose values name the folder as `$SIDEGLANCE_SUITE`. */
export const exportsInFolder = (variables: Readonly<Record<string, string>>): string[] =>
  Object.entries(variables).map(([name, value]) =>
    value.startsWith(`$${FOLDER}`) ? `export ${name}="${value}"` : (exportsOf({ [name]: value })[0] as string),
  );

/** Escapes what the shell would replace in a text, except for the folder. */
const escaped = (text: string): string => text.replaceAll(/[\\$`]/g, '\\$&').replaceAll(`\\$${FOLDER}/`, `$${FOLDER}/`);
