import type { Command } from '../shell/command.ts';
import { type Shell, sh } from '../shell/quote.ts';
import {
  type AptRequest,
  archivesOption,
  heldOption,
  lockWait,
  prelude,
  target,
  trusted,
} from './apt-request.ts';
import { bash } from './bash.ts';

/** Both options: `confdef` alone asks where there is no default, `confold` alone keeps what nobody edited. */
const conffiles = sh`--force-confdef --force-confold`;

export interface InstallRequest extends AptRequest {
  /** The folder into which `download` put them. */
  readonly archives: string;
  /** Packages whose removal was approved; when apt would now remove anything else, nothing is done. */
  readonly removals?: readonly string[];
}

/**
 * Finishes what an earlier dpkg left half done, then installs exactly these versions from what was downloaded. What
 * cannot be finished may be what one of these versions repairs, so then apt has the last word. Answers
 * nothing by asking, removes nothing that was not approved, never downgrades, never takes an unsigned package.
 */
export function install(request: InstallRequest): Command {
  const { removals = [] } = request;
  const removing = removals.length > 0 ? approvedRemovals(request, removals) : sh`:`;
  const options = sh`${removals.length > 0 ? [] : ['--no-remove']} ${heldOption(request)}`;
  const script = bash`${prelude}wait_for_lock ${sh`${lockWait}`}
dpkg ${conffiles} --configure -a ||
  echo 'dpkg could not configure what an earlier run left; apt goes on with what is planned now'
${removing}
apt-get -y -q ${options} --no-download ${archivesOption(request)} ${trusted} \
  -o DPkg::Lock::Timeout=${sh`${lockWait}`} -o Dpkg::Use-Pty=0 \
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install ${target(request)}
`;
  return { title: 'apt-get install', script: script.text };
}

/** `--no-remove` has no exceptions, so with approved removals the transaction is looked at once more. */
function approvedRemovals(request: AptRequest, removals: readonly string[]): Shell {
  return bash`planned=$(apt-get -q -s install ${target(request)} < /dev/null)
for name in $(sed -n -E 's/^(Remv|Purg) ([^ ]+) .*/\2/p' <<< "$planned"); do
  case ${sh`${` ${removals.join(' ')} `}`} in
    *" $name "*) ;;
    *) echo "apt would remove $name, which was not approved" >&2; exit 100 ;;
  esac
done`;
}
