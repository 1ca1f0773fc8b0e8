// Preloaded into a process (`node --import`): at its end it says which inputs its code has asked for.
import { writeSync } from 'node:fs';

const asked = new Set();
process.env = new Proxy(process.env, {
  get(env, name) {
    if (typeof name === 'string' && name.startsWith('INPUT_')) {
      asked.add(name.slice('INPUT_'.length).toLowerCase());
    }
    return env[name];
  },
});
process.on('exit', () => writeSync(1, `asked for: ${[...asked].sort().join(' ')}\n`));
