const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 713;
export const ids = [713];
export const modules = {

/***/ 42713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   main: () => (/* binding */ main)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(33838);
/* harmony import */ var _adapters_artifact_store_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(52323);
/* harmony import */ var _phases_run_upgrade_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(61168);
/* harmony import */ var _conduct_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(49824);
/* harmony import */ var _request_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(22569);









/** Days that the plan is kept: GitHub lets a job wait for its approval as long. */
const RETENTION_DAYS = 30;
/** Shows what an upgrade would do and what would be refused; reads only. */
async function main() {
    await (0,_conduct_js__WEBPACK_IMPORTED_MODULE_7__/* .conduct */ .V)(() => ({
        request: { ...(0,_request_js__WEBPACK_IMPORTED_MODULE_8__/* .requestOfJob */ .w)(), dryRun: true },
        turn: null,
        // It asks the services how they are, and runs none of the plan's steps.
        needs: { phase: 'prepare', at: null },
        work: plan,
    }));
}
async function plan(context) {
    let approval = null;
    const onApprovable = (found) => {
        approval = found;
    };
    const report = await (0,_phases_run_upgrade_js__WEBPACK_IMPORTED_MODULE_6__/* .runUpgrade */ .q)({ ...context, onApprovable });
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(process.env.RUNNER_TEMP ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)(), 'synnefo-upgrade-plan-'));
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'plan.json');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(file, `${JSON.stringify(planOf(report, approval), null, 2)}\n`);
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_4__.setOutput)('plan', file);
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_4__.setOutput)('changes', String(report.outcome !== 'unchanged'));
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_4__.setOutput)('artifact-id', await upload(file, report.plan));
    return report;
}
/** What of a report is about the future, with what of it is approved. */
function planOf(report, approval) {
    const { schema, plan, upgrade, digest, versions, services, schemas, planned, outlook, notes, failure } = report;
    return {
        schema,
        plan,
        upgrade,
        digest,
        approval,
        versions,
        services,
        schemas,
        steps: planned,
        outlook,
        notes,
        refused: failure,
    };
}
/** The id of the artifact, or nothing where the runner has no artifact service. */
async function upload(file, plan) {
    const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: url } = process.env;
    if (!token || !url) {
        return '';
    }
    // Unique in every attempt: a run never takes a name twice.
    const name = `${plan}.plan.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.json`;
    const { id } = await new _adapters_artifact_store_js__WEBPACK_IMPORTED_MODULE_5__/* .ArtifactStore */ .c({ retentionDays: RETENTION_DAYS }).put(file, name);
    return String(id ?? '');
}


/***/ })

};
