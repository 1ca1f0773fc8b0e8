import type { ClientChannel } from 'ssh2';
import { widenWindow } from './receive-window.ts';
import type { Exit, Running } from './running.ts';
import type { SshConnection } from './ssh-connection.ts';

/** One channel of a connection as something to converse with. */
export function sshChannel(
  channel: ClientChannel,
  connection: SshConnection,
  host: string,
  sudoer: string | null,
): Running {
  const exited = Promise.withResolvers<Exit>();
  const closed = Promise.withResolvers<void>();
  channel.on('exit', (code: number | null, signal?: string) => {
    exited.resolve({ code: code ?? null, signal: signal ?? null });
  });
  // The exit code may come after the streams' ends, but never after this. A channel of a lost connection closes
  // as well, and looks as if the command had ended without a code.
  channel.on('close', () => {
    exited.resolve({ code: null, signal: null });
    if (connection.alive) {
      closed.resolve();
    }
  });
  return {
    host,
    sudoer,
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    exited: exited.promise,
    closed: Promise.race([closed.promise, connection.lost]),
    streamed: () => widenWindow(channel),
    abandon: () => abandon(channel),
  };
}

function abandon(channel: ClientChannel): void {
  channel.removeAllListeners('data');
  channel.stderr.removeAllListeners('data');
  channel.on('error', () => undefined);
  // What still comes must be read away, or the channel never closes.
  channel.resume();
  channel.stderr.resume();
  channel.close();
}
