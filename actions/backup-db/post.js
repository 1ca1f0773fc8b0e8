import { run } from '../../dist/index.js';

await run('backup-db', 'post');
