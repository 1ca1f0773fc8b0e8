// Jest runs the sources as Node 24 does: types stripped in place, so that lines in stack traces are true.
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source, path) => ({ code: path.endsWith('.ts') ? stripTypeScriptTypes(source) : source }),
};
