// The file that the command `sideglance` runs. It loads the command line, which is another file, in its compiled form.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScript } from './base/cached-script.ts';

loadScript(join(dirname(fileURLToPath(import.meta.url)), 'command-line.js'));
