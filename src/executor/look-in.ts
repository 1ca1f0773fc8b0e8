import { look } from '../facts/look.ts';
import type { Transport } from '../ports.ts';
import { commandFailed } from './ask.ts';

/**
 * Logs in and looks, without a question: shows that commands can be run there, by a key that can only look as well.
 * @throws UpgradeError when that did not end well, and what the transport throws
 */
export async function lookIn(host: Transport): Promise<void> {
  const command = look('log in');
  const result = await host.exec(command);
  if (result.code !== 0) {
    throw commandFailed(host.host, command.title, result);
  }
}
