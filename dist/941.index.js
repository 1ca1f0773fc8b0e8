const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 941;
export const ids = [941];
export const modules = {

/***/ 49613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ cancellation)
/* harmony export */ });
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);

/** Milliseconds after which a cancelled process ends by itself; the runner gives 7.5 s before it is killed. */
const LAST_WORDS = 4_500;
/** A signal that is aborted when the runner cancels the job: it sends SIGINT, and SIGTERM 7.5 s later. */
function cancellation() {
    const controller = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM']) {
        process.on(name, () => {
            controller.abort(new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CancelledError */ .cc(name));
            // Whatever still hangs must not keep the process: the journal on the hosts is true at every instant.
            setTimeout(() => process.exit(1), LAST_WORDS).unref();
        });
    }
    return controller.signal;
}


/***/ }),

/***/ 21759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/** The machine's own clock. */
const systemClock = {
    now: () => Date.now(),
    sleep(milliseconds, signal) {
        return new Promise((resolve, reject) => {
            signal?.throwIfAborted();
            const wake = () => {
                clearTimeout(timer);
                reject(signal?.reason);
            };
            const timer = setTimeout(() => {
                signal?.removeEventListener('abort', wake);
                resolve();
            }, milliseconds);
            signal?.addEventListener('abort', wake, { once: true });
        });
    },
};


/***/ }),

/***/ 13224:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   By: () => (/* binding */ closeUpgrade),
/* harmony export */   DS: () => (/* binding */ forgetSteps),
/* harmony export */   f_: () => (/* binding */ openUpgrade),
/* harmony export */   n7: () => (/* binding */ forgetAdhoc),
/* harmony export */   rh: () => (/* binding */ writeRecord)
/* harmony export */ });
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);
/* harmony import */ var _host_library_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28523);


/**
 * Makes the upgrade's folder on one host and names it as the current one; on a host where it is current
 * already, puts an amended plan beside the earlier one. Refuses (exit 1) over another unfinished upgrade.
 */
function openUpgrade(tenure, plan) {
    return { title: 'open the upgrade', script: open.text, args: tenureArgs(tenure), input: plan };
}
const open = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}
enter_as "$2" "$3"
upgrade=$root/upgrades/$1
current=$(cat "$root/current" 2>/dev/null)
if [ -n "$current" ] && [ "$current" != "$1" ]; then
  echo "this host is in the middle of another upgrade: $current" >&2
  exit 1
fi
mkdir -p "$upgrade/steps" "$upgrade/dumps" "$upgrade/rollback" "$upgrade/records" || exit 1
cat >"$upgrade/plan.json.new" || exit 1
if [ -e "$upgrade/plan.json" ] && ! cmp -s "$upgrade/plan.json" "$upgrade/plan.json.new"; then
  n=1
  while [ -e "$upgrade/plan.$n.json" ]; do n=$((n + 1)); done
  cp -a "$upgrade/plan.json" "$upgrade/plan.$n.json"
fi
become "$upgrade/plan.json" || exit 1
[ -n "$current" ] || { echo "$1" >"$root/current.new" && become "$root/current"; }
`;
/**
 * Ends the upgrade on one host: it is no longer current, its state is written, and older upgrades than the last
 * three are removed after a finished one. Does nothing where it is not current.
 */
function closeUpgrade(tenure, state) {
    return { title: 'close the upgrade', script: close.text, args: [...tenureArgs(tenure), state] };
}
const close = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}
# How many upgrades a host remembers, with their dumps.
KEPT_UPGRADES=3
enter_as "$2" "$3"
[ "$(cat "$root/current" 2>/dev/null)" = "$1" ] || exit 0
echo "$4" >"$root/upgrades/$1/state.new" && become "$root/upgrades/$1/state" || exit 1
rm -f "$root/current" && sync "$root"
[ "$4" = finished ] || exit 0
cd "$root/upgrades" && rm -rf ./adhoc-* && ls -1 | sort -r | tail -n +$((KEPT_UPGRADES + 1)) | while read -r old; do rm -rf "./$old"; done
`;
/** Removes what the dumps of a running stack left in the journal: nothing is ever taken up of them. */
function forgetAdhoc(tenure) {
    return { title: 'remove the folder of the dumps', script: forgetRunning.text, args: tenureArgs(tenure) };
}
const forgetRunning = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}
enter_as "$2" "$3"
case $1 in adhoc-*) rm -rf "$root/upgrades/$1" ;; esac
`;
/**
 * Writes a record of the upgrade, whole or not at all. With `once`, one that is there stays, whatever it says:
 * the first word about how things were before the upgrade is the true one.
 */
function writeRecord(tenure, name, content, once) {
    return {
        title: `record ${name}`,
        script: record.text,
        args: [...tenureArgs(tenure), name, once ? 'once' : 'replace'],
        input: content,
    };
}
const record = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}
enter_as "$2" "$3"
record=$root/upgrades/$1/records/$4
if [ "$5" = once ] && [ -e "$record" ]; then exit 0; fi
cat >"$record.new" && become "$record"
`;
/** Puts the steps of a database aside whose changes a restore has undone, so that they run again. */
function forgetSteps(tenure, steps) {
    return { title: 'put restored steps aside', script: forget.text, args: [...tenureArgs(tenure), ...steps] };
}
const forget = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}
enter_as "$2" "$3"
upgrade=$root/upgrades/$1
shift 3
for step in "$@"; do
  [ -d "$upgrade/steps/$step" ] || continue
  if alive "$upgrade/steps/$step"; then echo "$step still runs" >&2; exit $BUSY; fi
  set_aside "$upgrade" "$step" || exit 1
done
`;
function tenureArgs(tenure) {
    return [tenure.upgrade, tenure.lock, String(tenure.epoch)];
}


/***/ }),

/***/ 99817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WT: () => (/* binding */ installPolicy),
/* harmony export */   oc: () => (/* binding */ policyStands),
/* harmony export */   pX: () => (/* binding */ removePolicy)
/* harmony export */ });
/* harmony import */ var _shell_quote_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48313);
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);
/* harmony import */ var _host_library_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28523);



const usual = { path: '/usr/sbin/policy-rc.d', folder: `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .ROOT */ .Dl}/policy` };
/** By this line a policy is known as ours. */
const marker = '# synnefo-upgrade: keeps the services of an unfinished upgrade down';
/**
 * Makes maintainer scripts leave the given services down (invoke-rc.d and deb-systemd-invoke ask this policy), and only
 * these: with everything denied, an upgraded sshd is not restarted and refuses every new connection. A policy that was
 * there before is kept, and asked about everything else. Repeating it changes nothing but the list.
 */
function installPolicy(services, places = usual) {
    return (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${prelude(places)}mkdir -p -m 0700 -- "$FOLDER"
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
function removePolicy(places = usual) {
    return (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${prelude(places)}if ours; then
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
function policyStands(places = usual) {
    return (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${prelude(places)}ours || { echo "$POLICY is not there any more"; exit 1; }
`;
}
function prelude({ path, folder }) {
    return (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .strict */ .O}POLICY=${(0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_2__.sh) `${path}`} FOLDER=${(0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_2__.sh) `${folder}`}
ours() { [ -f "$POLICY" ] && [ ! -L "$POLICY" ] && grep -qxF -e ${(0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_2__.sh) `${marker}`} -- "$POLICY"; }
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
function policy(services, { folder }) {
    const denied = services.length > 0 ? services.map(_shell_quote_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .h).join('|') : "''";
    return (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `#!/bin/sh
${new _shell_quote_js__WEBPACK_IMPORTED_MODULE_2__/* .Shell */ .$(marker)}
for word; do
  case "$word" in
    --*) ;;
    *) service=\${word%.service}; break ;;
  esac
done
case "\${service:-}" in
  ${new _shell_quote_js__WEBPACK_IMPORTED_MODULE_2__/* .Shell */ .$(denied)}) exit 101 ;;
esac
previous=${(0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_2__.sh) `${folder}`}/previous
if [ -x "$previous" ]; then exec "$previous" "$@"; fi
exit 0`;
}


/***/ }),

/***/ 16385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DC: () => (/* binding */ supervisor),
/* harmony export */   JM: () => (/* binding */ UNANSWERED)
/* harmony export */ });
/* unused harmony export QUESTION_SECONDS */
/* harmony import */ var _shell_quote_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48313);
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);
/* harmony import */ var _host_library_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28523);



/** Seconds without output, while a process reads its terminal, after which a question counts as unanswered. */
const QUESTION_SECONDS = 20;
/** The exit code of a step that asked a question to which no answer is known. */
const UNANSWERED = 97;
/**
 * Runs one step on its host and outlives the connection that began it: `supervisor FOLDER plain|terminal`.
 *
 * Standard output and error are the step's log. It writes `pid` before the step's script starts and `rc` after
 * it ended, both durably, so that whoever comes later knows whether the script can have begun and how it ended.
 * On a terminal (made by `script`, which every Debian has) a question is met instead of an end of file, which
 * some programs take for an answer; a question counts only while a process of that terminal is blocked reading it.
 */
const supervisor = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}
QUESTION_TICKS=${new _shell_quote_js__WEBPACK_IMPORTED_MODULE_2__/* .Shell */ .$(String(QUESTION_SECONDS * 5))} UNANSWERED=${new _shell_quote_js__WEBPACK_IMPORTED_MODULE_2__/* .Shell */ .$(String(UNANSWERED))}
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


/***/ }),

/***/ 50502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ parseEnd),
/* harmony export */   Jr: () => (/* binding */ endedWell),
/* harmony export */   PL: () => (/* binding */ endedBadly),
/* harmony export */   z8: () => (/* binding */ parseJournal)
/* harmony export */ });
/* harmony import */ var _lock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64454);

/** Did a step come to a good end? One that is not known did not. */
function endedWell(state) {
    return state?.kind === 'ended' && state.rc === 0;
}
/** Did a step come to another end, or to none that is known? */
function endedBadly(state) {
    return state?.kind === 'died' || (state?.kind === 'ended' && state.rc !== 0);
}
/**
 * Reads what `readJournal` printed.
 * @throws Error naming the host and the line that is not understood
 */
function parseJournal(host, output) {
    const fields = new Map();
    const steps = new Map();
    const records = new Map();
    for (const line of output.split('\n').filter((text) => text !== '')) {
        const [name = '', ...rest] = line.split('\t');
        if (name === 'step' && rest.length === 2) {
            steps.set(rest[0], { state: parseState(host, rest[1]) });
        }
        else if (name.startsWith('record ') && rest.length === 1) {
            records.set(name.slice('record '.length), decode(rest[0]));
        }
        else if (rest.length === 1) {
            fields.set(name, decode(rest[0]));
        }
        else {
            throw new Error(`the journal of ${host} has a line that is not understood: ${line.slice(0, 200)}`);
        }
    }
    return {
        epoch: epochOf(host, trimmed(fields.get('epoch')) ?? '0'),
        lock: lockOf(fields),
        current: trimmed(fields.get('current')),
        plan: fields.get('plan') ?? null,
        steps,
        records,
    };
}
function epochOf(host, text) {
    if (!/^\d{1,15}$/.test(text)) {
        throw new Error(`the journal of ${host} has an epoch that is not understood: ${text.slice(0, 200)}`);
    }
    return Number(text);
}
function lockOf(fields) {
    const id = trimmed(fields.get('lock-id'));
    const owner = fields.get('lock-owner');
    return id === null || owner === undefined ? null : { id, owner: (0,_lock_js__WEBPACK_IMPORTED_MODULE_0__/* .parseOwner */ .pZ)(owner) };
}
function trimmed(text) {
    return text === undefined || text.trim() === '' ? null : text.trim();
}
function decode(text) {
    return Buffer.from(text, 'base64').toString('utf8');
}
function parseState(host, text) {
    if (text === 'running' || text === 'died' || text === 'unborn') {
        return { kind: text };
    }
    const [word, ...rest] = text.trim().split(' ');
    const ended = word === 'ended' ? parseEnd(rest.join(' ')) : null;
    if (ended === null) {
        throw new Error(`the journal of ${host} has a state that is not understood: ${text.slice(0, 200)}`);
    }
    return ended;
}
/** Reads `RC STARTED ENDED`, times in seconds with a fraction; null for anything else. */
function parseEnd(text) {
    const match = /^(\d+) (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$/.exec(text.trim());
    if (match === null) {
        return null;
    }
    return {
        kind: 'ended',
        rc: Number(match[1]),
        started: Number(match[2]) * 1000,
        ended: Number(match[3]) * 1000,
    };
}


/***/ }),

/***/ 64454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ describeOwner),
/* harmony export */   ng: () => (/* binding */ runOf),
/* harmony export */   pZ: () => (/* binding */ parseOwner),
/* harmony export */   qH: () => (/* binding */ keyOfRun)
/* harmony export */ });
/** The owner's key of a workflow run. */
function keyOfRun({ server, repository, run }) {
    return `run ${server}/${repository} ${run}`;
}
/** The workflow run that an owner is; null where it is none. */
function runOf({ key }) {
    const [, server, repository, run] = /^run (https?:\/\/[^\s/]+)\/([\w.-]+\/[\w.-]+) (\d+)$/.exec(key) ?? [];
    return server === undefined || repository === undefined || run === undefined
        ? null
        : { server, repository, run };
}
/**
 * Reads an owner as a lock has it.
 * @throws SyntaxError or TypeError for text that is no owner: somebody wrote into the lock by hand
 */
function parseOwner(text) {
    const value = { actor: '', link: '', process: null, ...JSON.parse(text) };
    const { key, run, actor, link, since } = value;
    if ([key, run, actor, link].some((field) => typeof field !== 'string') || !isTime(since)) {
        throw new TypeError(`not a lock's owner: ${text.slice(0, 200)}`);
    }
    return value;
}
function isTime(value) {
    return typeof value === 'number' && value >= 0 && !Number.isNaN(new Date(value).getTime());
}
/** One line about the owner of a lock, for an error. */
function describeOwner(id, owner) {
    const since = new Date(owner.since).toISOString();
    const where = owner.link === '' ? '' : ` (${owner.link})`;
    return `${owner.run}${where}, started by ${owner.actor || 'an unknown actor'} at ${since}, lock ${id}`;
}


/***/ }),

/***/ 71318:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  CQ: () => (/* binding */ Journal),
  a0: () => (/* binding */ journal_readJournal),
  rZ: () => (/* binding */ readJournals)
});

// EXTERNAL MODULE: ./build/commands/journal.js
var journal = __webpack_require__(13224);
// EXTERNAL MODULE: ./build/commands/bash.js
var bash = __webpack_require__(44413);
// EXTERNAL MODULE: ./build/commands/host-library.js
var host_library = __webpack_require__(28523);
;// CONCATENATED MODULE: ./build/commands/resolve-step.js


/**
 * Lets a step that died or failed count as done, on a person's word, which is kept beside it with the exit code that
 * it had. Refuses (EXIT.busy) while it runs. Prints `0 started ended`, in seconds by the host's clock.
 * @param word who said so
 */
function resolveStep(tenure, step, word) {
    return {
        title: `let ${step} count as done`,
        script: resolve.text,
        args: [tenure.upgrade, tenure.lock, String(tenure.epoch), step, word],
    };
}
const resolve = (0,bash/* bash */.x) `${host_library/* hostLibrary */.C$}
enter_as "$2" "$3"
folder=$root/upgrades/$1/steps/$4
[ -d "$folder" ] || { echo "$folder is missing" >&2; exit 1; }
if alive "$folder"; then echo "$folder still runs" >&2; exit $BUSY; fi
now=$(date +%s.%N)
printf '%s\n' "$5; its exit code was $(cat "$folder/rc" 2>/dev/null || echo unknown)" >"$folder/resolved.new"
become "$folder/resolved" || exit 1
for time in started ended; do [ -s "$folder/$time" ] || echo "$now" >"$folder/$time"; done
echo 0 >"$folder/rc.new" && sync "$folder/started" "$folder/ended" && become "$folder/rc"
printf '0 %s %s\n' "$(cat "$folder/started")" "$(cat "$folder/ended")"
`;

// EXTERNAL MODULE: ./build/domain/journal.js
var domain_journal = __webpack_require__(50502);
// EXTERNAL MODULE: ./build/facts/look.js + 9 modules
var look = __webpack_require__(32149);
// EXTERNAL MODULE: ./build/facts/records.js
var records = __webpack_require__(53338);
;// CONCATENATED MODULE: ./build/facts/journal.js



/**
 * Reads the journal of one host: its epoch, who holds the lock, which upgrade is current, how far its steps are, and its
 * records; for `parseJournalAnswer`.
 * @param upgrade what to read where no upgrade is current: the host may have been the first to be told of its end
 */
function readJournal(upgrade = '') {
    return (0,look/* look */.O)('read the journal', [['journal', upgrade]]);
}
/** @throws Error with the host and the line that was not understood, or when the answer was cut short */
function parseJournalAnswer(host, stdout) {
    return (0,domain_journal/* parseJournal */.z8)(host, (0,records/* toolOutput */.WT)(host, (0,records/* readRecords */.T3)(host, stdout), 'journal'));
}

// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
// EXTERNAL MODULE: ./build/executor/pool.js
var pool = __webpack_require__(6508);
;// CONCATENATED MODULE: ./build/executor/journal.js






/**
 * Reads what every host remembers; needs no lock. The first host decides which upgrade is current: it is the first to
 * open and the last to close one, so a run that died in between left others without.
 */
async function readJournals(runner) {
    const journals = await (0,pool/* mapParallel */.EQ)([...runner.hosts.keys()], (host) => journal_readJournal(runner, host));
    const current = [...journals.values()][0]?.current ?? null;
    const closed = [...journals].filter(([, journal]) => journal.current === null).map(([host]) => host);
    return current === null || closed.length === 0
        ? journals
        : new Map([...journals, ...(await (0,pool/* mapParallel */.EQ)(closed, (host) => journal_readJournal(runner, host, current)))]);
}
/** Reads what one host remembers. @param upgrade what to read where no upgrade is current */
async function journal_readJournal(runner, host, upgrade) {
    return parseJournalAnswer(host, await (0,ask/* askOk */.qI)(runner, host, readJournal(upgrade)));
}
/** One upgrade's journal on all hosts, as this process, which holds the lock, reads and writes it. */
class Journal {
    upgrade;
    #runner;
    #lock;
    #steps = new Map();
    #records = new Map();
    constructor(runner, lock, upgrade, journals) {
        this.upgrade = upgrade;
        this.#runner = runner;
        this.#lock = lock;
        for (const [host, journal] of journals) {
            if (journal.current === upgrade) {
                journal.steps.forEach((step, id) => {
                    this.#steps.set(key(host, id), step);
                });
                journal.records.forEach((text, name) => {
                    this.#records.set(key(host, name), text);
                });
            }
        }
    }
    /** The host that decides: it is the first to open an upgrade, and the last to close one. */
    get firstHost() {
        const [first = ''] = this.#runner.hosts.keys();
        return first;
    }
    /** What has to be given back in the end. */
    get lock() {
        return this.#lock;
    }
    /** What a script needs to show that it still may change this host. */
    tenure(host) {
        const epoch = this.#lock.epochs.get(host);
        if (epoch === undefined) {
            throw new Error(`no lock is held on ${host}`);
        }
        return { upgrade: this.upgrade, lock: this.#lock.id, epoch };
    }
    /** Opens the upgrade on every host, the first one first: it decides whether an upgrade exists. */
    async open(plan) {
        await this.#firstThenOthers(async (host) => {
            await (0,ask/* askOk */.qI)(this.#runner, host, journal/* openUpgrade */.f_(this.tenure(host), plan));
        });
    }
    /** Ends the upgrade on every host, the first one last. */
    async close(state) {
        const [first = '', ...others] = this.#runner.hosts.keys();
        const close = async (host) => {
            await (0,ask/* askOk */.qI)(this.#runner, host, journal/* closeUpgrade */.By(this.tenure(host), state));
        };
        await (0,pool/* forEachParallel */.IW)(others, close);
        await close(first);
    }
    step(host, id) {
        return this.#steps.get(key(host, id));
    }
    /** Remembers how a step ended, or died, that the host has journaled already. */
    ended(host, id, step) {
        this.#steps.set(key(host, id), step);
    }
    /** Remembers that a step is about to begin: from now on it may have changed its host. */
    begun(host, id) {
        this.#steps.set(key(host, id), { state: { kind: 'unborn' } });
    }
    /** All steps that are known, as `[host, id, step]`. */
    steps() {
        return [...this.#steps].map(([name, step]) => [...split(name), step]);
    }
    record(host, name) {
        return this.#records.get(key(host, name));
    }
    /** One record of every host that has it, as `[host, text]`. */
    recordsOf(name) {
        return [...this.#records]
            .map(([place, text]) => [...split(place), text])
            .filter(([, record]) => record === name)
            .map(([host, , text]) => [host, text]);
    }
    /** Writes a record durably; with `once` the first one stays for good. */
    async write(host, name, content, once = false) {
        if (once && this.#records.has(key(host, name))) {
            return;
        }
        await (0,ask/* askOk */.qI)(this.#runner, host, journal/* writeRecord */.rh(this.tenure(host), name, content, once));
        this.#records.set(key(host, name), content);
    }
    /** Puts steps aside on one host, so that they run again. */
    async forget(host, steps) {
        await (0,ask/* askOk */.qI)(this.#runner, host, journal/* forgetSteps */.DS(this.tenure(host), steps));
        this.overlook(host, steps);
    }
    /** Lets a step that did not end well count as done. @param word who said so, kept beside it */
    async resolve(host, id, word) {
        const state = (0,domain_journal/* parseEnd */.J)(await (0,ask/* askOk */.qI)(this.#runner, host, resolveStep(this.tenure(host), id, word)));
        if (state === null) {
            throw new Error(`the journal of ${host} does not tell when ${id} began and ended`);
        }
        this.ended(host, id, { state });
    }
    /** Forgets steps of one host here alone. */
    overlook(host, steps) {
        for (const id of steps) {
            this.#steps.delete(key(host, id));
        }
    }
    async #firstThenOthers(action) {
        const [first = '', ...others] = this.#runner.hosts.keys();
        await action(first);
        await (0,pool/* forEachParallel */.IW)(others, action);
    }
}
function key(host, name) {
    return `${host}\0${name}`;
}
function split(name) {
    const [host = '', rest = ''] = name.split('\0');
    return [host, rest];
}


/***/ }),

/***/ 55412:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  qB: () => (/* binding */ acquireAll),
  Th: () => (/* binding */ releaseAll),
  ZB: () => (/* binding */ releaseOwned)
});

// EXTERNAL MODULE: ./build/commands/host-library.js
var host_library = __webpack_require__(28523);
// EXTERNAL MODULE: ./build/shell/quote.js
var quote = __webpack_require__(48313);
// EXTERNAL MODULE: ./build/commands/bash.js
var bash = __webpack_require__(44413);
// EXTERNAL MODULE: ./build/commands/policy-rc.js
var policy_rc = __webpack_require__(99817);
// EXTERNAL MODULE: ./build/commands/supervisor.js
var supervisor = __webpack_require__(16385);
;// CONCATENATED MODULE: ./build/commands/lock.js





/**
 * Takes the lock of one host, or prints who holds it and ends with EXIT.held. A lock with the same owner's key
 * is ours already (another job or attempt of the run); `take` is the id of a lock that may be taken over.
 * Every acquisition raises the host's epoch, so that a script sent under an earlier one changes nothing.
 * Prints `id`, `epoch` and `current`, a line each.
 */
function acquireLock(id, owner, take) {
    return {
        title: 'take the lock',
        script: acquire.text,
        args: [id, owner.key, JSON.stringify(owner), take ?? ''],
        input: supervisor/* supervisor */.DC.text,
    };
}
const acquire = (0,bash/* bash */.x) `${host_library/* hostLibrary */.C$}
GUARD_SECONDS=30
enter -w $GUARD_SECONDS || { echo "another script has been holding $root/guard for $GUARD_SECONDS s" >&2; exit 1; }
id=$1
if [ -d "$root/lock" ]; then
  held=$(cat "$root/lock/id")
  if [ "$(cat "$root/lock/key")" != "$2" ] && [ "$held" != "$4" ]; then
    printf '%s\n' "$held"
    cat "$root/lock/owner"
    exit $HELD
  fi
  if [ "$held" != "$4" ]; then id=$held; fi
fi
epoch=$(($(cat "$root/epoch" 2>/dev/null || echo 0) + 1))
echo "$epoch" >"$root/epoch.new" && become "$root/epoch" || exit 1
cat >"$root/supervisor.new" && become "$root/supervisor" || exit 1
rm -rf "$root/lock.new" && mkdir "$root/lock.new" || exit 1
echo "$id" >"$root/lock.new/id"
echo "$2" >"$root/lock.new/key"
echo "$3" >"$root/lock.new/owner"
sync "$root/lock.new/"* && rm -rf "$root/lock" && mv -T "$root/lock.new" "$root/lock" && sync "$root" || exit 1
printf '%s\n%s\n%s\n' "$id" "$epoch" "$(cat "$root/current" 2>/dev/null)"
`;
/**
 * Gives the lock of one host back, unless a step of ours still runs there (EXIT.busy, the steps' folders on
 * standard output) or the lock is no longer ours (then nothing is to be done). Our policy-rc.d goes with it; where that
 * has to stay, standard output says why. What an interrupted dump of a running stack left goes as well: nobody takes it up.
 * @param epoch the one in which it was taken; null for whoever holds that id now
 */
function releaseLock(id, epoch) {
    return { title: 'release the lock', script: release.text, args: [id, String(epoch ?? '')] };
}
/** Prints the folder of every step that runs on one host, of whatever upgrade; needs no lock. */
function listRunning() {
    return { title: 'look for running steps', script: running.text };
}
const runningLibrary = (0,bash/* bash */.x) `
running_steps() {
  local step
  for step in "$root"/upgrades/*/steps/*/; do
    if alive "$step"; then printf '%s\n' "$step"; fi
  done
}
`;
const running = (0,bash/* bash */.x) `${host_library/* hostLibrary */.C$}${runningLibrary}
running_steps
`;
const release = (0,bash/* bash */.x) `${host_library/* hostLibrary */.C$}${runningLibrary}
[ -d "$root/lock" ] || exit 0
enter || exit 1
[ "$(cat "$root/lock/id" 2>/dev/null)" = "$1" ] || exit 0
[ -z "$2" ] || [ "$(cat "$root/epoch")" = "$2" ] || exit 0
running=$(running_steps)
[ -z "$running" ] || { printf '%s\n' "$running"; exit $BUSY; }
bash -c ${(0,quote.sh) `${(0,policy_rc/* removePolicy */.pX)().text}`} 2>&1 || true
rm -rf "$root"/upgrades/adhoc-*
rm -rf "$root/lock" && sync "$root"
`;

// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/domain/lock.js
var lock = __webpack_require__(64454);
// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
// EXTERNAL MODULE: ./build/executor/pool.js
var pool = __webpack_require__(6508);
;// CONCATENATED MODULE: ./build/executor/takeover.js



/**
 * Why a lock may not be taken over; null where it may. Steps that outlive their workflow run are its next attempt's to
 * follow, unless a person says otherwise.
 */
async function whyNotFree(runner, fate) {
    if (fate.kind === 'dead') {
        return null;
    }
    if (fate.kind === 'unproved') {
        return fate.why;
    }
    const running = await runningSteps(runner);
    return running.length === 0
        ? null
        : `that run is over, and these steps still run: ${running.join(', ')}. Wait until they have ended`;
}
/** What still runs on any host. */
async function runningSteps(runner) {
    const running = await (0,pool/* mapParallel */.EQ)([...runner.hosts.keys()], (host) => (0,ask/* askOk */.qI)(runner, host, listRunning()));
    return [...running].flatMap(([host, output]) => foldersIn(host, output));
}
/** What a script about running steps printed, as `host: folder`. */
function foldersIn(host, output) {
    return output
        .split('\n')
        .filter((line) => line !== '')
        .map((folder) => `${host}: ${folder}`);
}

;// CONCATENATED MODULE: ./build/executor/lock.js







/**
 * Takes the lock of every host: of the first one first, since it decides, then of the others at once. When one of
 * them refuses, those that were taken are given back.
 * @throws UpgradeError naming who holds it, and how to take it over
 */
async function acquireAll(runner, id, owner, takeover) {
    const epochs = new Map();
    // What was proved of a lock on one host holds on all.
    const free = new Set(takeover.force === null ? [] : [takeover.force]);
    const claim = { id, owner, takeover, free };
    const [first = '', ...others] = runner.hosts.keys();
    const lock = await lock_acquire(runner, first, claim);
    epochs.set(first, lock.epoch);
    try {
        await (0,pool/* forEachParallel */.IW)(others, async (host) => {
            epochs.set(host, (await lock_acquire(runner, host, { ...claim, id: lock.id })).epoch);
        });
    }
    catch (error) {
        await releaseAll(runner, { id: lock.id, epochs }).catch((problem) => runner.log.warning(String(problem)));
        throw error;
    }
    return { id: lock.id, epochs };
}
async function lock_acquire(runner, host, { id, owner, takeover, free }) {
    const taken = await tryAcquire(runner, host, id, owner, null);
    if (!('holder' in taken)) {
        return taken;
    }
    if (!free.has(taken.held)) {
        const why = await whyNotFree(runner, await takeover.fateOf(taken.holder));
        if (why !== null) {
            throw heldByAnother(host, taken.held, taken.holder, why, takeover.force);
        }
        free.add(taken.held);
    }
    runner.log.notice(`${host}: taking over the lock of ${(0,lock/* describeOwner */.$S)(taken.held, taken.holder)}`);
    const again = await tryAcquire(runner, host, id, owner, taken.held);
    if ('holder' in again) {
        throw heldByAnother(host, again.held, again.holder, 'it was taken at this moment', takeover.force);
    }
    return again;
}
async function tryAcquire(runner, host, id, owner, take) {
    const command = acquireLock(id, owner, take);
    const result = await (0,ask/* ask */.kA)(runner, host, command);
    const [first = '', second = ''] = result.stdout.split('\n');
    if (result.code === host_library/* EXIT */.dc.held) {
        return { held: first, holder: (0,lock/* parseOwner */.pZ)(second) };
    }
    if (result.code !== 0 || !/^\d+$/.test(second)) {
        throw (0,ask/* commandFailed */.n6)(host, command.title, result);
    }
    return { id: first, epoch: Number(second) };
}
function heldByAnother(host, id, holder, why, force) {
    const named = force === null || force === id ? '' : `; the input force-unlock names another one, ${force}`;
    return new errors/* UpgradeError */.fy(`${host}: the lock is held by ${(0,lock/* describeOwner */.$S)(id, holder)}${named}\nIt is not taken over: ${why}.`, {
        host,
        command: 'take the lock',
        state: 'Nothing was changed by this run.',
        next: `Wait until that run is over. If it is known to be gone for good, run again with the input force-unlock: ${id}`,
    });
}
/**
 * Gives the lock of every host back, the first host's last. Where a step of ours still runs the lock stays, and where
 * somebody has taken it since, it is theirs.
 * @param epochs those in which it was taken, as far as they are known
 * @returns the steps that still run, as `host: folder`
 */
async function releaseAll(runner, { id, epochs }) {
    const [first = '', ...others] = runner.hosts.keys();
    const busy = [];
    const release = async (host) => {
        const command = releaseLock(id, epochs.get(host) ?? null);
        const result = await (0,ask/* ask */.kA)(runner, host, command);
        if (result.code === host_library/* EXIT */.dc.busy) {
            busy.push(...foldersIn(host, result.stdout));
        }
        else if (result.code !== 0) {
            throw (0,ask/* commandFailed */.n6)(host, command.title, result);
        }
        else if (result.stdout.trim() !== '') {
            runner.log.warning(`${host}: policy-rc.d stays: ${result.stdout.trim()}`);
        }
    };
    await (0,pool/* forEachParallel */.IW)(others, release);
    if (busy.length === 0) {
        await release(first);
    }
    return busy;
}
/**
 * Gives back the lock that an owner still holds anywhere, by the journals as they were read.
 * @param epochs those in which it was taken, as far as they are known: a later one is another job's or attempt's
 * @returns steps that still run, for which it stays
 */
async function releaseOwned(runner, key, journals, epochs = new Map()) {
    const held = [...journals.values()].find(({ lock }) => lock?.owner.key === key)?.lock ?? null;
    return held === null ? [] : await releaseAll(runner, { id: held.id, epochs });
}


/***/ }),

/***/ 6508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EQ: () => (/* binding */ mapParallel),
/* harmony export */   IW: () => (/* binding */ forEachParallel),
/* harmony export */   Kx: () => (/* binding */ throwAll)
/* harmony export */ });
/* unused harmony export PARALLEL */
/** How many hosts work at once: enough for a cloud, few enough for one sshd in front of it. */
const PARALLEL = 16;
/**
 * Runs a task for every item, at most `limit` at once. When one fails no further one starts; those under way end
 * in peace, and then the first failure is thrown with the others beside it.
 * @throws AggregateError when several failed, else the failure itself
 */
async function forEachParallel(items, task, limit = PARALLEL) {
    const waiting = [...items];
    const failures = [];
    const work = async () => {
        for (let item = waiting.shift(); item !== undefined && failures.length === 0; item = waiting.shift()) {
            await task(item).catch((error) => failures.push(error));
        }
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
    throwAll(failures);
}
/** @throws AggregateError of several failures, the failure itself of one; nothing of none */
function throwAll(failures) {
    if (failures.length > 1) {
        throw new AggregateError(failures, `${failures.length} failed at the same time`);
    }
    if (failures.length === 1) {
        throw failures[0];
    }
}
/** Like `forEachParallel`, with the results by item. */
async function mapParallel(items, task) {
    const results = new Map();
    await forEachParallel(items, async (item) => {
        results.set(item, await task(item));
    });
    return new Map(items.filter((item) => results.has(item)).map((item) => [item, results.get(item)]));
}


/***/ }),

/***/ 53338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M$: () => (/* binding */ recordsOf),
/* harmony export */   Pf: () => (/* binding */ fieldsOf),
/* harmony export */   T3: () => (/* binding */ readRecords),
/* harmony export */   WT: () => (/* binding */ toolOutput),
/* harmony export */   c8: () => (/* binding */ onlyRecord),
/* harmony export */   tk: () => (/* binding */ numberAt),
/* harmony export */   uJ: () => (/* binding */ freeSpaceAt),
/* harmony export */   xx: () => (/* binding */ offendingLine)
/* harmony export */ });
/**
 * Splits the answer of the look script into its records.
 * @throws Error naming the host when the answer was cut short, or holds what the script cannot have written
 */
function readRecords(host, stdout) {
    const lines = stdout.split('\n');
    const records = lines.slice(0, -1).map((line) => {
        const [kind = '', ...fields] = line.split('|').map((field) => decodeField(host, field, line));
        return { kind, fields, line };
    });
    if (lines.at(-1) !== '' || records.at(-1)?.kind !== 'end') {
        throw new Error(`${host}: the facts are cut short: ${excerpt(records.at(-1)?.line ?? stdout)}`);
    }
    return records;
}
/** An error that shows the line which was not understood. */
function offendingLine(host, line, expected) {
    return new Error(`${host}: a line of the facts is not understood (${expected}): ${excerpt(line)}`);
}
const escapes = { '\\\\': '\\', '\\p': '|', '\\n': '\n', '\\r': '\r' };
function decodeField(host, field, line) {
    return field.replaceAll(/\\.?/gs, (written) => {
        const meant = escapes[written];
        if (meant === undefined) {
            throw offendingLine(host, line, `no escape is written as ${JSON.stringify(written)}`);
        }
        return meant;
    });
}
function excerpt(line) {
    return JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}...` : line);
}
/** The field at this place, a whole number. */
function numberAt(host, record, index) {
    const field = record.fields[index] ?? '';
    if (!/^\d+$/.test(field)) {
        throw offendingLine(host, record.line, `a number as field ${index + 1}`);
    }
    return Number(field);
}
/** The fields, exactly so many. */
function fieldsOf(host, record, length) {
    if (record.fields.length !== length) {
        throw offendingLine(host, record.line, `${length} fields`);
    }
    return record.fields;
}
function recordsOf(records, kind) {
    return records.filter((record) => record.kind === kind);
}
/** The one record of a kind that every answer has. */
function onlyRecord(host, records, kind) {
    const [record, ...more] = recordsOf(records, kind);
    if (record === undefined || more.length > 0) {
        const count = record === undefined ? 'no line' : `${more.length + 1} lines`;
        throw new Error(`${host}: the facts have ${count} of the kind '${kind}' instead of one`);
    }
    return record;
}
/** What a tool printed on the host; empty when it was not asked. */
function toolOutput(host, records, name) {
    const record = records.find(({ kind, fields }) => kind === 'output' && fields[0] === name);
    const encoded = record?.fields[1] ?? '';
    if (record !== undefined && !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) {
        throw offendingLine(host, record.line, 'base64');
    }
    return Buffer.from(encoded, 'base64').toString('utf8');
}
/** Free bytes and the file system's number, at this place and the next. */
function freeSpaceAt(host, record, index) {
    const bytes = numberAt(host, record, index);
    return { bytes, device: String(numberAt(host, record, index + 1)) };
}


/***/ })

};
