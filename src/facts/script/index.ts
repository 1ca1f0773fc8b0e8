import { aptLibrary } from '../../commands/apt-library.ts';
import { bash, strict } from '../../commands/bash.ts';
import { serviceLibrary } from '../../commands/service-library.ts';
import { Shell } from '../../shell/quote.ts';
import { databaseAnswers } from './database.ts';
import { fileAnswers } from './file.ts';
import { hostAnswers } from './host.ts';
import { journalAnswers } from './journal.ts';
import { packageAnswers } from './packages.ts';
import { pageAnswers } from './page.ts';
import { questionsLibrary } from './questions.ts';
import { schemaAnswers } from './schema.ts';

/** By this line alone a host tells another version of the script from any other script. */
export const LOOK_HEADING = '# The look script of synnefo-upgrade: it reads, and changes nothing.';

/** The script's argument where nothing binds its caller to it. */
export const UNBOUND = 'unbound';

/**
 * The one script that looks at a host. It is the same text always; `../look.ts` writes its input. The answer has one
 * record a line, fields parted by bars; inside a field `\\\\`, `\\p`, `\\n` and `\\r` stand for backslash, bar, newline and
 * carriage return, and the whole output of a tool travels as base64, so that nothing that a host says can pass for a
 * record. The last line is `end`.
 *
 * A key can be bound to it (docs/look-only-key.md). Then the host itself starts it, without an argument, and it runs
 * no command of its caller's; so it is whenever it has not been told otherwise.
 */
export const lookScript = bash`${new Shell(LOOK_HEADING)}
${strict}BOUND=yes
[ "\${1-}" != ${new Shell(UNBOUND)} ] || BOUND=no
${questionsLibrary}${serviceLibrary}${aptLibrary}${hostAnswers}${packageAnswers}${databaseAnswers}${journalAnswers}${schemaAnswers}${pageAnswers}${fileAnswers}
answer() {
  local wanted=1
  split "$1"
  set -- "\${FIELDS[@]:1}"
  case \${FIELDS[0]} in
    service) wanted=5 ;;
    database | file) wanted=3 ;;
    page) wanted=$(($# > 7 ? 7 + ($# - 7) / 2 * 2 : 7)) ;;
  esac
  [ "$#" = "$wanted" ] || { echo "the question about a \${FIELDS[0]} has $# fields instead of $wanted" >&2; exit 2; }
  "answer_\${FIELDS[0]}" "$@"
}

main() {
  local question
  read_questions
  find_init
  [ "$HOST" = no ] || answer_host
  answer_packages
  case " \${QUESTIONS[*]-}" in *' service|'*) scan_processes ;; esac
  for question in \${QUESTIONS[@]+"\${QUESTIONS[@]}"}; do answer "$question"; done
  put end "$(date +%s%N)"
}
main
`;
