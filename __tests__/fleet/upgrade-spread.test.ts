import { wholeUpgrade } from './support/whole-upgrade.ts';

// Every role on a host of its own, two database servers, one of the hosts under sysvinit.
wholeUpgrade('spread');
