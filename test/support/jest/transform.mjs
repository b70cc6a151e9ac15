/** Replaces a source file, or a file of a package, by one line that loads it through `environment.mjs`. */
export default {
  process: (_text, path) => ({ code: `module.exports = loadNatively(${JSON.stringify(path)});` }),
};
