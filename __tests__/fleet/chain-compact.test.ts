import { aChain } from './support/chain-and-root.ts';

// The second job begins with the migration, on packages that the first one installed.
aChain('compact', 'migrate');
