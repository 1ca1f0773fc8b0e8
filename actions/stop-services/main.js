import { run } from '../../dist/index.js';

await run('stop-services', 'main');
