import { aChain } from './support/chain-and-root.ts';

// The second job begins where the services are down and the dumps are taken.
aChain('spread', 'install-packages');
