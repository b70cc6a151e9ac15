// Runs the steps of a Dockerfile without a container engine: each stage is a file system of its own (an overlay over that of this
// machine, which stands in for the base image), in which commands run with chroot. Needs Linux and root.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options });

/** A stage: its file system, its settings. */
class Stage {
  env = {};
  folder = '/';
  user = 'root';

  constructor() {
    this.base = mkdtempSync(join(tmpdir(), 'sideglance-image-'));
    for (const name of ['changed', 'work', 'root']) mkdirSync(join(this.base, name));
    this.root = join(this.base, 'root');
    const layers = `lowerdir=/,upperdir=${join(this.base, 'changed')},workdir=${join(this.base, 'work')}`;
    run('mount', ['-t', 'overlay', 'overlay', '-o', layers, this.root]);
    for (const name of ['dev', 'proc']) run('mount', ['--rbind', `/${name}`, join(this.root, name)]);
    // The base image has this user.
    this.run(['sh', '-c', 'id -u node >/dev/null 2>&1 || useradd --create-home node']);
  }

  /** The arguments of chroot for a command of the stage. */
  argumentsFor(command, env = {}) {
    const variables = Object.entries({ HOME: `/${this.user}`, PATH: process.env.PATH, ...this.env, ...env });
    const settings = variables.map(([name, value]) => `${name}=${value}`);
    const script = 'cd "$0" && exec "$@"';
    return [
      `--userspec=${this.user}:${this.user}`,
      this.root,
      'env',
      '-i',
      ...settings,
      'sh',
      '-c',
      script,
      this.folder,
      ...command,
    ];
  }

  run(command) {
    run('chroot', this.argumentsFor(command));
  }

  /** Path of a file in the file system of this machine. */
  path(file) {
    return join(this.root, posix.resolve(this.folder, file));
  }

  remove() {
    for (const name of ['dev', 'proc', '']) run('umount', ['--lazy', join(this.root, name)]);
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** Reads the names that .dockerignore leaves out. Only plain paths are understood. */
function ignoredIn(context) {
  const lines = readFileSync(join(context, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  for (const line of lines)
    if (/[*?!#]/.test(line)) throw new Error(`.dockerignore: a pattern is not understood: ${line}`);
  return new Set(lines.map((line) => join(context, line)));
}

function copy(instruction, { context, stages, stage }) {
  const sources = instruction.getArguments().map((argument) => argument.getValue());
  const target = sources.pop();
  const from = instruction
    .getFlags()
    .find((one) => one.getName() === 'from')
    ?.getValue();
  const ignored = ignoredIn(context);
  for (const name of sources) {
    const source = from === undefined ? join(context, name) : stages.get(from).path(name);
    if (from === undefined && ignored.has(source)) throw new Error(`.dockerignore leaves out ${name}, which is copied`);
    const to = stage.path(target.endsWith('/') ? join(target, name.split('/').pop()) : target);
    mkdirSync(dirname(to), { recursive: true });
    const isWanted = (path) => from !== undefined || !ignored.has(path);
    cpSync(source, to, { recursive: true, verbatimSymlinks: true, filter: isWanted });
  }
}

/** The words of a command in its exec form: `["node", "app.js"]`. */
function words(instruction) {
  const text = instruction.getArgumentsContent();
  return JSON.parse(text.slice(text.indexOf('[')));
}

/** Sets a property of the stage. */
const setting =
  (name, read) =>
  (instruction, { stage }) => {
    stage[name] = read(instruction);
  };

/** What an instruction does to a stage. */
const EFFECTS = {
  WORKDIR(instruction, { stage }) {
    stage.folder = posix.resolve(stage.folder, instruction.getArgumentsContent());
    mkdirSync(stage.path('.'), { recursive: true });
  },
  ENV(instruction, { stage }) {
    for (const property of instruction.getProperties()) stage.env[property.getName()] = property.getValue();
  },
  USER: setting('user', (instruction) => instruction.getArgumentsContent()),
  COPY: copy,
  RUN: (instruction, { stage }) => stage.run(['sh', '-c', instruction.getArgumentsContent()]),
  ENTRYPOINT: setting('entrypoint', words),
  CMD: setting('command', words),
  HEALTHCHECK: setting('healthCheck', words),
  EXPOSE: () => undefined,
};

/**
 * Builds the last stage of a Dockerfile.
 * @param context - folder with the Dockerfile and the files that it copies.
 * @returns the stage, and a function that removes all stages.
 */
export function buildImage(context) {
  const stages = new Map();
  const remove = () => {
    for (const stage of new Set(stages.values())) stage.remove();
  };
  let stage;
  try {
    for (const instruction of DockerfileParser.parse(
      readFileSync(join(context, 'Dockerfile'), 'utf8'),
    ).getInstructions()) {
      const keyword = instruction.getKeyword();
      console.log(`${keyword} ${instruction.getArgumentsContent()?.split('\n')[0] ?? ''}`);
      if (keyword === 'FROM') {
        stage = new Stage();
        stages.set(instruction.getBuildStage() ?? String(stages.size), stage);
      } else if (EFFECTS[keyword] === undefined) {
        throw new Error(`${keyword} is not understood`);
      } else {
        EFFECTS[keyword](instruction, { context, stages, stage });
      }
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { image: stage, remove };
}

/** Names of the entries of a folder of the image. */
export const entriesOf = (image, folder) => readdirSync(image.path(folder));
