import type { Fleet } from './fleet.ts';
import { attempt, until } from './process.ts';
import { must, scripted, type Undo } from './undo.ts';

/** The fleet's key is no longer let in for the fleet's user. */
export function refuseKey(fleet: Fleet, host: string): Promise<Undo> {
  const file = '/home/upgrade/.ssh/authorized_keys';
  return scripted(fleet, host, `mv ${file} ${file}.away`, `mv ${file}.away ${file}`);
}

/** sudo asks the fleet's user for a password, which nobody has. */
export function sudoAsks(fleet: Fleet, host: string): Promise<Undo> {
  const edit = (from: string, to: string): string => `sed -i 's/${from}/${to}/' /etc/sudoers.d/upgrade`;
  return scripted(fleet, host, edit('NOPASSWD: ALL', 'ALL'), edit(') ALL', ') NOPASSWD: ALL'));
}

/** A login shell that talks: its lines come before the output of every command over ssh. */
export function chattyLogin(fleet: Fleet, host: string): Promise<Undo> {
  const file = '/home/upgrade/.bashrc';
  const make = `cp -p ${file} ${file}.quiet; sed -i '1i echo "Welcome to $(hostname)"; echo "::error::not a command"' ${file}`;
  return scripted(fleet, host, make, `mv ${file}.quiet ${file}`);
}

/** New host keys, as after a reinstallation or a man in the middle. */
export async function otherHostKeys(fleet: Fleet, host: string): Promise<Undo> {
  const keys = '/etc/ssh/ssh_host_*_key*';
  const reload = 'if [ -d /run/systemd/system ]; then systemctl reload ssh; else service ssh reload; fi';
  const make = `mkdir /root/keys; cp -p ${keys} /root/keys; rm ${keys}; ssh-keygen -A >/dev/null; ${reload}`;
  const undo = await scripted(fleet, host, make, `mv /root/keys/* /etc/ssh/; rmdir /root/keys; ${reload}`);
  await servesItsKey(fleet, host);
  return async () => {
    await undo();
    await servesItsKey(fleet, host);
  };
}

/** sshd takes new keys up some time after it was told to. */
async function servesItsKey(fleet: Fleet, host: string): Promise<void> {
  const file = await must(fleet, host, 'cut -d " " -f 2 /etc/ssh/ssh_host_ed25519_key.pub');
  await until(`sshd of ${host} shows its new key`, 10, async () => {
    const scan = await attempt('ssh-keyscan', ['-t', 'ed25519', fleet.host(host).address]);
    return scan.stdout.includes(file.trim());
  });
}

/** sshd opens only so many channels on one connection. */
export async function fewSessions(fleet: Fleet, host: string, sessions: number): Promise<Undo> {
  const file = '/etc/ssh/sshd_config.d/few.conf';
  const reload = 'if [ -d /run/systemd/system ]; then systemctl restart ssh; else service ssh restart; fi';
  return scripted(
    fleet,
    host,
    `echo 'MaxSessions ${sessions}' > ${file}; ${reload}`,
    `rm ${file}; ${reload}`,
  );
}
