import { Shell } from '../shell/quote.ts';
import { bash } from './bash.ts';
import { hostLibrary } from './host-library.ts';

/** Seconds without output, while a process reads its terminal, after which a question counts as unanswered. */
export const QUESTION_SECONDS = 20;

/** The exit code of a step that asked a question to which no answer is known. */
export const UNANSWERED = 97;

/**
 * Runs one step on its host and outlives the connection that began it: `supervisor FOLDER plain|terminal`.
 *
 * Standard output and error are the step's log. It writes `pid` before the step's script starts and `rc` after
 * it ended, both durably, so that whoever comes later knows whether the script can have begun and how it ended.
 * On a terminal (made by `script`, which every Debian has) a question is met instead of an end of file, which
 * some programs take for an answer; a question counts only while a process of that terminal is blocked reading it.
 */
export const supervisor: Shell = bash`${hostLibrary}
QUESTION_TICKS=${new Shell(String(QUESTION_SECONDS * 5))} UNANSWERED=${new Shell(String(UNANSWERED))}
folder=$1
cd "$folder" || exit 1
printf '%s %s %s\n' "$$" "$(start_of $$)" "$(boot_of)" >"$folder/pid.new" && become "$folder/pid" || exit 1
exec 9>&-

# Is a process of the terminal that $1 made blocked reading it? A read is known by its first argument, the file
# that it waits for; readline waits in select(1, ...) for file 0 alone.
asks() {
  local entry stat call fd target terminal='' mine=''
  for entry in /proc/[0-9]*/stat; do
    { read -r stat <"$entry"; } 2>/dev/null || continue
    set -- "$1" \${stat##*) }
    [ "$3" = "$1" ] && terminal=$6
  done
  [ -n "$terminal" ] || return 1
  for entry in /proc/[0-9]*/stat; do
    { read -r stat <"$entry"; } 2>/dev/null || continue
    set -- "$1" \${stat##*) }
    [ "$6" = "$terminal" ] && [ "$2" = S ] || continue
    { read -r call fd mine <"\${entry%stat}syscall"; } 2>/dev/null || continue
    case $(cat "\${entry%stat}wchan" 2>/dev/null) in
      wait_woken | n_tty_read) target=$(readlink "\${entry%stat}fd/$((fd))") ;;
      *select* | poll_schedule_timeout*) [ "$fd" = 0x1 ] && target=$(readlink "\${entry%stat}fd/0") || continue ;;
      *) continue ;;
    esac
    case $target in /dev/pts/* | /dev/tty) return 0 ;; esac
  done
  return 1
}

# The last 4000 bytes that came since the last answer, of those that were \`seen\`.
shown() {
  local from=$((seen - 4000))
  [ "$from" -gt "$answered" ] || from=$answered
  tail -c "+$((from + 1))" log | head -c "$((seen - from))" | tr -d '\0'
}

# Types the known answer when the text since the last one holds its prompt.
answer() {
  local prompt say recent
  recent=$(shown)
  while read -r prompt say; do
    [ -n "$prompt" ] || continue
    case $recent in
      *"$(base64 -d <<<"$prompt")"*)
        printf '%s\n' "$(base64 -d <<<"$say")" >&7
        answered=$seen
        return 0
        ;;
    esac
  done <"$folder/answers"
  return 1
}

# Looks at the log's growth five times a second until file 6 ends with the terminal; a step's bytes never pass bash.
watch() {
  # Prompts are compared byte by byte: a step may print anything, and the look begins anywhere.
  local LC_ALL=C size seen=0 answered=0 quiet=0
  while :; do
    read -r -t 0.2 <&6
    [ $? -ne 1 ] || return 0
    size=$(stat -c %s log)
    if [ "$size" -gt "$seen" ]; then seen=$size quiet=0; continue; fi
    quiet=$((quiet + 1))
    if [ -s answers ] && [ "$seen" -gt "$answered" ] && asks "$1" && answer; then quiet=0; continue; fi
    if [ "$quiet" -ge "$QUESTION_TICKS" ] && [ $((quiet % 5)) -eq 0 ] && asks "$1"; then
      shown | tail -n 15 >question
      printf '\nthe step waits for an answer that the plan does not have; it is ended here\n'
      # To \`script\`, which then ends its child, a deaf one too.
      kill -TERM "$1"
      cat <&6 >/dev/null
      return 0
    fi
  done
}

# \`tee\` reads on where the disk is full, so that only the log suffers; what it says of it goes to file 6.
on_terminal() {
  mkfifo keys screen && exec 7<>keys 6< <(exec tee /dev/null <screen 2>&1 >>log) || return 1
  SHELL=/bin/bash script -qefc "umask 022; cd / && exec bash '$folder/script'" /dev/null <keys >screen 6<&- 7>&- &
  watch "$!"
  wait "$!"
}

date +%s.%N >started
case $2 in
  terminal) on_terminal ;;
  *) (umask 022; cd / && exec bash "$folder/script" </dev/null) ;;
esac
rc=$?
[ ! -e question ] || rc=$UNANSWERED
date +%s.%N >ended
echo "$rc" >"$folder/rc.new" && sync log started ended && become "$folder/rc"
rm -f keys screen
`;
