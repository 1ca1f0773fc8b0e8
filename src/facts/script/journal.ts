import { bash } from '../../commands/bash.ts';
import { livenessLibrary } from '../../commands/host-library.ts';

/** What the look script says of the journal, for `parseJournal`. */
export const journalAnswers = bash`${livenessLibrary}
answer_journal() {
  must_be 'id of an upgrade' '[A-Za-z0-9][A-Za-z0-9._-]*|' "$1"
  put_output journal read_journal "$1"
}

journal_field() { printf '%s\t%s\n' "$1" "$(base64 -w 0 < "$2")"; }

read_journal() {
  local id=$1 name upgrade step state record
  [ ! -e "$root/epoch" ] || journal_field epoch "$root/epoch"
  for name in id owner; do [ ! -e "$root/lock/$name" ] || journal_field "lock-$name" "$root/lock/$name"; done
  if [ -e "$root/current" ]; then id=$(cat "$root/current")
  elif [ -z "$id" ] || [ ! -e "$root/upgrades/$id/plan.json" ]; then return 0; fi
  printf 'current\t%s\n' "$(printf '%s' "$id" | base64 -w 0)"
  upgrade=$root/upgrades/$id
  [ -d "$upgrade" ] || { echo "$upgrade is missing" >&2; return 1; }
  journal_field plan "$upgrade/plan.json"
  for step in "$upgrade"/steps/*/; do
    [ -e "$step/epoch" ] || continue
    if [ -e "$step/rc" ]; then state="ended $(cat "$step/rc") $(cat "$step/started" "$step/ended" | tr '\n' ' ')"
    elif alive "$step"; then state=running
    elif [ -e "$step/pid" ]; then state=died
    else state=unborn; fi
    printf 'step\t%s\t%s\n' "$(basename "$step")" "$state"
  done
  for record in "$upgrade"/records/*; do
    case $record in *.new | *'*') ;; *) journal_field "record $(basename "$record")" "$record" ;; esac
  done
}
`;
