import { run } from '../../dist/index.js';

await run('prepare', 'main');
