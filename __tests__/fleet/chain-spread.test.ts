import { stopOneRole } from './support/a-chain.ts';
import { aChain } from './support/chain-and-root.ts';

// The second job begins where the services are down and the dumps are taken. One role is stopped first, by a limit.
aChain('spread', 'install-packages', (job) => stopOneRole(job, 'pithos', ['astakos', 'cyclades', 'node1']));
