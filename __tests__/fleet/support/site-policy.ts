import type { Fleet } from '../../../fleet/index.ts';
import { printed } from './each-host.ts';

const POLICY = '/usr/sbin/policy-rc.d';
const LOOK = `stat -c '%F %a %U:%G %y %N' ${POLICY} && cat ${POLICY}`;

/** A policy that was there before us: what it looked like, down to its times. */
export interface SitePolicy {
  readonly host: string;
  readonly look: string;
}

/** Gives the first host a policy that is a file, and the last one a link to its policy. */
export async function writeSitePolicies(fleet: Fleet, hosts: readonly string[]): Promise<SitePolicy[]> {
  const text = '#!/bin/sh\n# The site itself allows everything.\nexit 0\n';
  const [first = '', last = ''] = [hosts[0], hosts.at(-1)];
  await printed(
    fleet,
    first,
    `cat >${POLICY}; chmod 0750 ${POLICY}; chown root:adm ${POLICY}; touch -d 2020-02-02 ${POLICY}`,
    text,
  );
  await printed(
    fleet,
    last,
    `cat >/usr/local/sbin/site-policy; chmod 0755 /usr/local/sbin/site-policy; ln -s ../local/sbin/site-policy ${POLICY}`,
    text,
  );
  return [
    { host: first, look: await printed(fleet, first, LOOK) },
    { host: last, look: await printed(fleet, last, LOOK) },
  ];
}

/** Kind, mode, owner, time, target and text of a host's policy; empty when there is none. */
export async function lookOfPolicy(fleet: Fleet, host: string): Promise<string> {
  return (await fleet.exec(host, LOOK)).stdout;
}
