import type { Log } from '../ports.ts';
import type { Command } from '../shell/command.ts';
import { Secret } from '../shell/secret.ts';

/** Registers every secret that a command carries, before anything can print it. */
export function maskSecrets(command: Command, log: Log): void {
  for (const value of Object.values(command.env ?? {})) {
    if (value instanceof Secret) {
      log.mask(value.reveal());
    }
  }
}
