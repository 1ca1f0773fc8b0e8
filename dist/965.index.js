const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 965;
export const ids = [965];
export const modules = {

/***/ 83965:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  phaseAction: () => (/* binding */ phaseAction)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/commands/journal.js
var commands_journal = __webpack_require__(13224);
// EXTERNAL MODULE: ./build/domain/disks.js
var domain_disks = __webpack_require__(31563);
// EXTERNAL MODULE: ./build/domain/inventory.js
var inventory = __webpack_require__(57297);
// EXTERNAL MODULE: ./build/domain/judge-hosts.js
var judge_hosts = __webpack_require__(66752);
// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
// EXTERNAL MODULE: ./build/executor/disks.js
var executor_disks = __webpack_require__(61994);
// EXTERNAL MODULE: ./build/executor/dump-records.js + 2 modules
var dump_records = __webpack_require__(68925);
// EXTERNAL MODULE: ./build/executor/journal.js + 2 modules
var executor_journal = __webpack_require__(71318);
// EXTERNAL MODULE: ./build/executor/lock.js + 2 modules
var executor_lock = __webpack_require__(55412);
// EXTERNAL MODULE: ./build/executor/pool.js
var pool = __webpack_require__(6508);
// EXTERNAL MODULE: ./build/executor/survey.js + 7 modules
var survey = __webpack_require__(60045);
// EXTERNAL MODULE: ./build/executor/take-dump.js + 4 modules
var take_dump = __webpack_require__(86540);
// EXTERNAL MODULE: ./build/report/empty.js
var empty = __webpack_require__(23478);
// EXTERNAL MODULE: ./build/report/failure.js + 1 modules
var failure = __webpack_require__(59308);
// EXTERNAL MODULE: ./build/phases/refuse.js
var refuse = __webpack_require__(76605);
;// CONCATENATED MODULE: ./build/phases/back-up.js
















const PART = 'backup-db (point: adhoc)';
/**
 * Dumps the databases as they are now: nothing is stopped, no upgrade is begun, and the hosts keep neither copy nor
 * record. In the middle of an upgrade of the same run, the lock stays with it. Never throws for what goes wrong on a
 * host: the report has it.
 */
async function backUp(context) {
    const taken = { dumps: [], globals: [] };
    const told = { ...(0,empty/* emptyReport */._)(context.files.plan.name), ...taken, part: PART };
    const targets = (0,inventory/* databasesOf */.oD)(context.files.plan, context.files.inventory).filter(({ key }) => context.scope.databases.has(key));
    try {
        if (context.dryRun) {
            return { ...told, outcome: 'planned', planned: targets.map(planned) };
        }
        await dumpAll(context, targets, taken);
        return { ...told, outcome: 'done' };
    }
    catch (error) {
        const outcome = context.runner.signal.aborted ? 'cancelled' : 'refused';
        return {
            ...told,
            outcome,
            failure: { ...(0,failure/* explainFailure */.S)(error), state: 'Nothing was stopped or changed.' },
        };
    }
}
function planned({ on, name, port }) {
    const commands = [`pg_dump -Fc --port=${port} ${name}`, 'pg_restore -f /dev/null    # reads all of it'];
    return {
        phase: 'backup-db',
        stage: 'dump the databases (adhoc)',
        host: on,
        title: `dump ${name}`,
        commands,
    };
}
async function dumpAll(context, targets, taken) {
    const { runner, files, owner, takeover, dumps: settings } = context;
    const facts = await (0,survey/* readFacts */.MH)(runner, files, 'system');
    await refuseUnfit(context, targets, facts);
    const keeps = isInItsMidst(await (0,executor_journal/* readJournals */.rZ)(runner), owner.key);
    context.onLock();
    const lock = await (0,executor_lock/* acquireAll */.qB)(runner, (0,external_node_crypto_.randomBytes)(6).toString('hex'), owner, takeover);
    context.onLocked(lock.epochs);
    const journal = new executor_journal/* Journal */.CQ(runner, lock, adhocId(runner.clock.now()), new Map());
    const resolved = { schema: 1, ...files, hosts: {}, irreversible: [] };
    const dumping = { runner, journal, resolved, settings, facts };
    runner.log.group('backup-db: dump the databases (adhoc)');
    try {
        await (0,pool/* forEachParallel */.IW)([...dumpsOf(dumping, targets, taken), ...globalsOf(dumping, targets, taken)], (task) => task());
    }
    finally {
        runner.log.endGroup();
        await clear(runner, journal);
        if (!keeps) {
            await (0,executor_lock/* releaseAll */.Th)(runner, journal.lock);
        }
    }
}
/**
 * Is this run in the middle of an upgrade, whose lock it holds? Then the lock is the upgrade's, and what the run does
 * next needs it.
 */
function isInItsMidst(journals, key) {
    const all = [...journals.values()];
    return all[0]?.current !== null && all.some(({ lock }) => lock?.owner.key === key);
}
function dumpsOf(context, targets, { dumps }) {
    return targets.map((target) => async () => {
        context.runner.log.info(`${target.on}: dump ${target.name} (adhoc)`);
        const dump = await (0,take_dump/* takeAdhoc */.$A)(context, target);
        dumps.push({ ...dump, rows: null, restore: (0,dump_records/* restoreLines */.AL)(dump) });
    });
}
function globalsOf(context, targets, { globals }) {
    const servers = new Map(targets.map((target) => [`${target.on}:${target.port}`, target]));
    return [...servers.values()].map((target) => async () => {
        const record = await (0,take_dump/* takeGlobals */.EM)(context, target, 'adhoc');
        globals.push({ ...record, restore: (0,dump_records/* restoreGlobalsLines */.gc)(record) });
    });
}
/** @throws UpgradeError naming every database that is not there, and what else is in the way of dumping any */
async function refuseUnfit({ runner, files, dumps: settings, scope }, targets, facts) {
    const disks = await (0,executor_disks/* runnerDisks */.TY)(settings, files, facts, scope.databases, 1);
    for (const doubt of (0,domain_disks/* doubtDisks */.B_)(disks)) {
        runner.log.warning(doubt);
    }
    const refusals = [...(0,judge_hosts/* judgeMachines */.Qi)(facts), ...(0,domain_disks/* judgeDisks */.sK)(disks), ...missing(targets, facts)];
    (0,refuse/* refuse */.T)('not every database can be dumped', refusals, runner.hosts.keys());
}
function missing(targets, facts) {
    return targets
        .filter(({ on, key }) => facts.get(on)?.databases[key]?.exists !== true)
        .map(({ on, name, port, key }) => {
        const silence = facts.get(on)?.databases[key]?.silence ?? '';
        return `${on}: ${name} on port ${port}: ${silence === '' ? 'there is no such database' : silence}`;
    });
}
/** What is killed before this leaves a folder, which goes with the lock. */
async function clear(runner, journal) {
    await (0,pool/* forEachParallel */.IW)([...runner.hosts.keys()], async (host) => {
        await (0,ask/* askOk */.qI)(runner, host, (0,commands_journal/* forgetAdhoc */.n7)(journal.tenure(host)));
    });
}
/** As `adhoc-20261123T174500Z-3fa2`. */
function adhocId(now) {
    const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
    return `adhoc-${time}-${(0,external_node_crypto_.randomBytes)(2).toString('hex')}`;
}

// EXTERNAL MODULE: ./build/phases/run-upgrade.js + 66 modules
var run_upgrade = __webpack_require__(17608);
// EXTERNAL MODULE: ./build/actions/conduct.js
var conduct = __webpack_require__(49824);
// EXTERNAL MODULE: ./build/actions/connection.js
var connection = __webpack_require__(27862);
// EXTERNAL MODULE: ./build/actions/inputs.js
var inputs = __webpack_require__(65355);
// EXTERNAL MODULE: ./build/actions/release-after-run.js
var release_after_run = __webpack_require__(51098);
// EXTERNAL MODULE: ./build/actions/request.js
var actions_request = __webpack_require__(22569);
// EXTERNAL MODULE: ./build/actions/values.js
var values = __webpack_require__(42340);
;// CONCATENATED MODULE: ./build/actions/phase.js








const POINTS = ['before', 'after-migrate', 'after-steps', 'adhoc'];
const AFTER = ['prepare', 'stop', 'install', 'migrate'];
/** What the actions of all phases are asked, and that of one alone. */
const OWN = ['dry-run', 'force-unlock'];
const OWN_OF_PHASE = {
    prepare: ['plan-digest', 'approved-plan'],
    'run-steps': ['resolve'],
};
/** The action of one phase: a part of the upgrade, in a step of its own. */
function phaseAction(phase) {
    return {
        main: async () => await (0,conduct/* conduct */.V)(() => taskOf(phase)),
        // Only where the job failed or was cancelled, as the manifest says: else the lock is the next step's.
        post: async () => await (0,release_after_run/* releaseAfterRun */.B)(connection/* connectionOfJob */.P_),
    };
}
function taskOf(phase) {
    const request = (0,actions_request/* requestOfJob */.w)([...OWN, ...(OWN_OF_PHASE[phase] ?? [])]);
    switch (phase) {
        case 'backup-db': {
            const at = (0,values/* oneOf */.yL)(inputs/* inputs */.Q, 'point', POINTS);
            return at === 'adhoc'
                ? { request, turn: { phase, at: null }, work: backUp }
                : { request, turn: { phase, at }, work: run_upgrade/* runUpgrade */.q };
        }
        case 'run-steps':
            return { request, turn: { phase, at: (0,values/* oneOf */.yL)(inputs/* inputs */.Q, 'after', AFTER) }, work: run_upgrade/* runUpgrade */.q };
        default:
            return { request, turn: { phase, at: null }, work: run_upgrade/* runUpgrade */.q };
    }
}


/***/ }),

/***/ 51098:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ releaseAfterRun)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _adapters_clock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21759);
/* harmony import */ var _adapters_log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(30711);
/* harmony import */ var _executor_journal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(71318);
/* harmony import */ var _executor_lock_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55412);
/* harmony import */ var _report_failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(59308);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(68588);
/* harmony import */ var _finish_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(85292);
/* harmony import */ var _open_run_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(73004);









/**
 * Gives the lock back that an earlier process of this step took and still holds, unless a step of its upgrade
 * still runs: then it stays, and log and summary say so.
 * @param read finds the connection; not done where no lock was taken, since the main step has said what is wrong with it
 */
async function releaseAfterRun(read) {
    const key = (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__.getState)(_open_run_js__WEBPACK_IMPORTED_MODULE_8__/* .OWNER_STATE */ .kc);
    if (key === '') {
        return;
    }
    const epochs = new Map(JSON.parse((0,_actions_core__WEBPACK_IMPORTED_MODULE_0__.getState)(_open_run_js__WEBPACK_IMPORTED_MODULE_8__/* .EPOCHS_STATE */ .Jc) || '[]'));
    const connection = read();
    const log = (0,_adapters_log_js__WEBPACK_IMPORTED_MODULE_2__/* .openLog */ .N)();
    const hosts = (0,_environment_js__WEBPACK_IMPORTED_MODULE_6__/* .connect */ .N)(connection, (0,_environment_js__WEBPACK_IMPORTED_MODULE_6__/* .loadFiles */ .a)(connection), log);
    try {
        const runner = { hosts, log, clock: _adapters_clock_js__WEBPACK_IMPORTED_MODULE_1__/* .systemClock */ .m, signal: new AbortController().signal };
        const journals = await (0,_executor_journal_js__WEBPACK_IMPORTED_MODULE_3__/* .readJournals */ .rZ)(runner);
        await (0,_finish_js__WEBPACK_IMPORTED_MODULE_7__/* .tellLockStays */ .f)(await (0,_executor_lock_js__WEBPACK_IMPORTED_MODULE_4__/* .releaseOwned */ .ZB)(runner, key, journals, epochs), log);
    }
    catch (error) {
        // The main step has said why it failed, and a lock that stays is this run's own: nothing else is wrong.
        const { what } = (0,_report_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .explainFailure */ .S)(error);
        log.warning(`the lock was not given back: ${what}; the next attempt of this run goes on with it`);
    }
    finally {
        await Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]()));
    }
}


/***/ })

};
