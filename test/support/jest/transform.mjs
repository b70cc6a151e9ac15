/** Turns a source file, or a file of a package, into one line that takes it from `environment.mjs`. */
export default {
  process: (_text, path) => ({ code: `module.exports = loadNatively(${JSON.stringify(path)});` }),
};
