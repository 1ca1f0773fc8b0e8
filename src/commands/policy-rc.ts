import { quote, Shell, sh } from '../shell/quote.ts';
import { bash, strict } from './bash.ts';
import { ROOT } from './host-library.ts';

/** Where things lie on a host; a test gives its own. */
export interface PolicyPlaces {
  /** Debian's one place for a local policy. */
  readonly path: string;
  /** Keeps the policy that was there before. */
  readonly folder: string;
}

const usual: PolicyPlaces = { path: '/usr/sbin/policy-rc.d', folder: `${ROOT}/policy` };

/** By this line a policy is known as ours. */
const marker = '# synnefo-upgrade: keeps the services of an unfinished upgrade down';

/**
 * Makes maintainer scripts leave the given services down (invoke-rc.d and deb-systemd-invoke ask this policy), and only
 * these: with everything denied, an upgraded sshd is not restarted and refuses every new connection. A policy that was
 * there before is kept, and asked about everything else. Repeating it changes nothing but the list.
 */
export function installPolicy(services: readonly string[], places: PolicyPlaces = usual): Shell {
  return bash`${prelude(places)}mkdir -p -m 0700 -- "$FOLDER"
if ! ours; then
  rm -f -- "$FOLDER/previous"
  if [ -e "$POLICY" ] || [ -L "$POLICY" ]; then put_in_place "$POLICY" "$FOLDER/previous"; fi
fi
cat > "$FOLDER/policy" << 'END_OF_POLICY'
${policy(services, places)}
END_OF_POLICY
chmod 0755 -- "$FOLDER/policy"
put_in_place "$FOLDER/policy" "$POLICY"
rm -f -- "$FOLDER/policy"
`;
}

/**
 * Puts back what was there before `installPolicy`; leaves a policy that is not ours alone. While a package is
 * half-configured ours stays and this fails: whoever configures it later would start the services.
 */
export function removePolicy(places: PolicyPlaces = usual): Shell {
  return bash`${prelude(places)}if ours; then
  unfinished=$(dpkg-query -W -f='\${binary:Package} \${Status}\n' |
    { grep -E ' (half-configured|unpacked|half-installed)$' || true; })
  if [ -n "$unfinished" ]; then
    printf 'not configured to the end, so the services must still not be started by packages:\n%s\n' "$unfinished"
    exit 1
  fi
  if [ -e "$FOLDER/previous" ] || [ -L "$FOLDER/previous" ]; then
    put_in_place "$FOLDER/previous" "$POLICY"
  else
    rm -f -- "$POLICY"
    sync -- "\${POLICY%/*}"
  fi
fi
rm -rf -- "$FOLDER"
`;
}

/** Ends 0 while the policy of `installPolicy` stands. */
export function policyStands(places: PolicyPlaces = usual): Shell {
  return bash`${prelude(places)}ours || { echo "$POLICY is not there any more"; exit 1; }
`;
}

function prelude({ path, folder }: PolicyPlaces): Shell {
  return bash`${strict}POLICY=${sh`${path}`} FOLDER=${sh`${folder}`}
ours() { [ -f "$POLICY" ] && [ ! -L "$POLICY" ] && grep -qxF -e ${sh`${marker}`} -- "$POLICY"; }
# Whole or not at all, also after a power cut; owner, mode and times as they are.
put_in_place() {
  cp -a -T -- "$1" "$2.synnefo-upgrade"
  sync
  mv -T -- "$2.synnefo-upgrade" "$2"
  sync -- "\${2%/*}"
}
`;
}

/** The policy itself, for sh. It is called with options, the service, the action and perhaps runlevels. */
function policy(services: readonly string[], { folder }: PolicyPlaces): Shell {
  const denied = services.length > 0 ? services.map(quote).join('|') : "''";
  return bash`#!/bin/sh
${new Shell(marker)}
for word; do
  case "$word" in
    --*) ;;
    *) service=\${word%.service}; break ;;
  esac
done
case "\${service:-}" in
  ${new Shell(denied)}) exit 101 ;;
esac
previous=${sh`${folder}`}/previous
if [ -x "$previous" ]; then exec "$previous" "$@"; fi
exit 0`;
}
