import { aQuestion } from './support/a-question.ts';
import { aRoughStart } from './support/a-rough-start.ts';
import { sharedHosts } from './support/shared-hosts.ts';
import { wholeUpgrade } from './support/whole-upgrade.ts';

// Two hosts that share roles, services and a database, as small clouds have them.
wholeUpgrade('compact', (scene) => {
  sharedHosts(scene);
  aRoughStart(scene);
  aQuestion(scene);
});
