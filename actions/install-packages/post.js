import { run } from '../../dist/index.js';

await run('install-packages', 'post');
