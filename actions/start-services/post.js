import { run } from '../../dist/index.js';

await run('start-services', 'post');
