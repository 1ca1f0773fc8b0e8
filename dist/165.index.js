const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 165;
export const ids = [165];
export const modules = {

/***/ 70165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(33838);
// EXTERNAL MODULE: ./build/adapters/clock.js
var clock = __webpack_require__(21759);
// EXTERNAL MODULE: ./build/adapters/log.js + 3 modules
var adapters_log = __webpack_require__(30711);
// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/domain/lock.js
var domain_lock = __webpack_require__(64454);
// EXTERNAL MODULE: ./build/executor/journal.js + 2 modules
var journal = __webpack_require__(71318);
// EXTERNAL MODULE: ./build/executor/lock.js + 2 modules
var lock = __webpack_require__(55412);
;// CONCATENATED MODULE: ./build/phases/unlock.js




/** Looks who holds the locks of all hosts, and what is unfinished. Changes nothing. */
async function whoHolds(runner) {
    const journals = await (0,journal/* readJournals */.rZ)(runner);
    const [first] = journals.values();
    return {
        locks: [...journals].flatMap(([host, { lock }]) => lock === null
            ? []
            : [{ host, id: lock.id, owner: (0,domain_lock/* describeOwner */.$S)(lock.id, lock.owner), since: lock.owner.since }]),
        upgrade: first?.current ?? null,
        open: [...journals].flatMap(([host, journal]) => openSteps(host, journal)),
    };
}
function openSteps(host, { steps }) {
    return [...steps].flatMap(([id, { state }]) => {
        if (state.kind !== 'ended') {
            return [{ host, id, state: state.kind }];
        }
        return state.rc === 0 ? [] : [{ host, id, state: `ended with exit code ${state.rc}` }];
    });
}
/**
 * Gives back a lock that a person names. The unfinished upgrade stays as it is.
 * @param dryRun only looks whether it is there
 * @throws UpgradeError when no host has it, and when a step still runs under it
 */
async function unlock(runner, { locks }, id, dryRun) {
    if (!locks.some((lock) => lock.id === id)) {
        throw new errors/* UpgradeError */.fy(`no host holds the lock ${id}`, {
            output: locks.map(({ host, owner }) => `${host}: ${owner}`).join('\n'),
            state: 'Nothing was changed.',
            next: 'Give the id of a lock that is there, or none to look only.',
        });
    }
    const busy = dryRun ? [] : await (0,lock/* releaseAll */.Th)(runner, { id, epochs: new Map() });
    if (busy.length > 0) {
        throw new errors/* UpgradeError */.fy(`the lock ${id} stays, since steps still run under it`, {
            output: busy.join('\n'),
            state: 'The other hosts were released; the first one, which decides, was not.',
            next: 'Wait until they have ended, and run again. With the same plan, a run of its own follows them.',
        });
    }
}

// EXTERNAL MODULE: ./build/report/blocks.js
var blocks = __webpack_require__(6813);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
// EXTERNAL MODULE: ./build/report/plain-text.js
var plain_text = __webpack_require__(95263);
// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(15088);
;// CONCATENATED MODULE: ./build/report/held.js




/** Who holds the hosts, in plain lines for a log. */
function heldLines({ locks, upgrade, open }) {
    return [
        ...(locks.length === 0
            ? ['no host is locked']
            : locks.map(({ host, owner }) => (0,plain_text/* oneLine */.TN)(`${host}: ${owner}`))),
        upgrade === null ? 'no upgrade is unfinished' : (0,plain_text/* oneLine */.TN)(`the upgrade ${upgrade} is unfinished`),
        ...open.map(({ host, id, state }) => (0,plain_text/* oneLine */.TN)(`${host}: ${id}: ${state}`)),
    ];
}
/** The same for the job's summary. */
function renderHeld(held) {
    const { locks, upgrade } = held;
    return `${(0,blocks/* blocks */.Bv)((0,markdown.md) `## ${locks.length === 0 ? '🔓 no host is locked' : '🔒 the hosts are locked'}`, (0,blocks/* table */.tp)(['Host', 'Lock', 'Held by', 'Since'], locks.map(({ host, id, owner, since }) => [
        (0,markdown.md) `${host}`,
        (0,markdown/* code */.aY)(id),
        (0,markdown.md) `${owner}`,
        (0,markdown.md) `${(0,units/* formatTime */.fU)(since)}`,
    ])), upgrade === null
        ? (0,markdown.md) `No upgrade is unfinished.`
        : (0,markdown.md) `The upgrade ${(0,markdown/* code */.aY)(upgrade)} is unfinished: any run with its plan and inventory goes on with it.`, held_openSteps(held)).text}\n`;
}
function held_openSteps({ open }) {
    return open.length === 0
        ? null
        : (0,blocks/* blocks */.Bv)((0,markdown.md) `These of its steps have not ended well:`, (0,blocks/* list */.p_)(open.map(({ host, id, state }) => (0,markdown.md) `${host}: ${(0,markdown/* code */.aY)(id)}: ${state}`)));
}

// EXTERNAL MODULE: ./build/actions/cancellation.js
var cancellation = __webpack_require__(49613);
// EXTERNAL MODULE: ./build/actions/connection.js
var actions_connection = __webpack_require__(27862);
// EXTERNAL MODULE: ./build/actions/environment.js + 24 modules
var environment = __webpack_require__(68588);
// EXTERNAL MODULE: ./build/actions/inputs.js
var inputs = __webpack_require__(65355);
// EXTERNAL MODULE: ./build/actions/values.js
var values = __webpack_require__(42340);
;// CONCATENATED MODULE: ./build/actions/unlock.js










/** Shows who holds the lock since when and what is unfinished; releases a lock that is named by its id. */
async function main() {
    const connection = (0,actions_connection/* connectionOfJob */.P_)();
    const [id, dryRun] = [inputs/* inputs */.Q.get('lock'), (0,values/* flag */.Jt)(inputs/* inputs */.Q, 'dry-run')];
    const log = (0,adapters_log/* openLog */.N)();
    const hosts = (0,environment/* connect */.N)(connection, (0,environment/* loadFiles */.a)(connection), log);
    try {
        const runner = { hosts, log, clock: clock/* systemClock */.m, signal: (0,cancellation/* cancellation */.W)() };
        const held = await whoHolds(runner);
        for (const line of heldLines(held)) {
            log.info(line);
        }
        (0,core.setOutput)('locks', JSON.stringify(held.locks));
        (0,core.setOutput)('upgrade-id', held.upgrade ?? '');
        if (process.env.GITHUB_STEP_SUMMARY) {
            await core.summary.addRaw(renderHeld(held)).write();
        }
        if (id !== '') {
            await unlock(runner, held, id, dryRun);
            log.notice(dryRun ? `the lock ${id} would be given back` : `the lock ${id} was given back`);
        }
    }
    finally {
        await Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]()));
    }
}


/***/ })

};
