const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 408;
export const ids = [408];
export const modules = {

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


/***/ }),

/***/ 50408:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   main: () => (/* binding */ main),
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _phases_run_upgrade_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17608);
/* harmony import */ var _conduct_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49824);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(27862);
/* harmony import */ var _release_after_run_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51098);
/* harmony import */ var _request_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(22569);





/** The whole upgrade in one step. */
async function main() {
    await (0,_conduct_js__WEBPACK_IMPORTED_MODULE_1__/* .conduct */ .V)(() => ({ request: (0,_request_js__WEBPACK_IMPORTED_MODULE_4__/* .requestOfRoot */ .Z)(), turn: null, work: _phases_run_upgrade_js__WEBPACK_IMPORTED_MODULE_0__/* .runUpgrade */ .q }));
}
/** Gives the lock back that a run left which failed, was cancelled or died. */
async function post() {
    await (0,_release_after_run_js__WEBPACK_IMPORTED_MODULE_3__/* .releaseAfterRun */ .B)(_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .connectionOfInputs */ .bx);
}


/***/ })

};
