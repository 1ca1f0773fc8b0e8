import { run } from '../../dist/index.js';

await run('run-steps', 'main');
