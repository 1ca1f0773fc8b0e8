const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 817;
export const ids = [817];
export const modules = {

/***/ 50817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(33838);
// EXTERNAL MODULE: ./build/adapters/artifact-service.js
var artifact_service = __webpack_require__(95921);
// EXTERNAL MODULE: ./build/adapters/artifact-store.js + 3 modules
var artifact_store = __webpack_require__(72812);
// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/phases/run-upgrade.js + 66 modules
var run_upgrade = __webpack_require__(17608);
// EXTERNAL MODULE: ./build/report/failure.js + 1 modules
var failure = __webpack_require__(59308);
// EXTERNAL MODULE: ./build/domain/canonical.js
var canonical = __webpack_require__(21515);
// EXTERNAL MODULE: ./build/report/mask-report.js
var mask_report = __webpack_require__(56726);
;// CONCATENATED MODULE: ./build/report/plan-document.js


/** What is said where a plan is kept without what is approved of it. */
const KEPT_WITHOUT_APPROVAL = "plan.json is kept without what is approved, since a secret's value stands in that: a plan that is another one by the time of the upgrade is refused by its digest, and nobody is shown what changed";
/**
 * What of a report is about the future, masked: `plan.json`.
 * @param approval what of it is approved, which is kept as it is: its digest is that of its very text
 */
function planDocument(report, approval, mask) {
    const { schema, plan, upgrade, digest, versions, services, schemas, planned, outlook, notes, failure } = (0,mask_report/* maskReport */.f)(report, mask);
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
/** Would masking change what is approved? @param mask gives a text back with stars for every secret */
function showsSecret(approval, mask) {
    return textsIn(approval).some((text) => mask(text) !== text);
}
/** Every name and every value in a JSON value, before JSON spells them in its own way. */
function textsIn(value) {
    if (Array.isArray(value)) {
        return value.flatMap(textsIn);
    }
    return (0,canonical/* isRecord */.u4)(value)
        ? Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)])
        : [String(value)];
}

// EXTERNAL MODULE: ./build/report/refused.js
var refused = __webpack_require__(16099);
// EXTERNAL MODULE: ./build/adapters/github-api.js
var github_api = __webpack_require__(81703);
;// CONCATENATED MODULE: ./build/adapters/gate.js

/**
 * Looks whether an environment has reviewers who must approve a job. A job that names an environment which is not
 * there makes it, without a rule, and waits for nobody.
 * @param api null where there is no token to ask with
 */
async function lookAtGate(environment, api, env = process.env) {
    const [owner, repo, ...more] = (env.GITHUB_REPOSITORY ?? '').split('/');
    if (!owner || !repo || more.length > 0) {
        return unknown({ why: 'this is no step of a workflow (GITHUB_REPOSITORY is not set)', next: NO_CHECK });
    }
    if (api === null) {
        return unknown({ why: 'there is no token to ask with', next: 'Give the input github-token.' });
    }
    const answer = await api('GET /repos/{owner}/{repo}/environments/{environment_name}', {
        owner,
        repo,
        environment_name: environment,
    });
    return judgeGate(environment, answer);
}
const NO_CHECK = 'Leave the input environment empty where there are no environments.';
/** What an answer about an environment means. */
function judgeGate(environment, answer) {
    const name = JSON.stringify(environment);
    const none = (0,github_api/* noAnswer */.q)(answer);
    if (none !== null) {
        return unknown(none);
    }
    if (answer.status === 404) {
        return gate_open(`there is no environment ${name}, or the token cannot see it: a job that names it would make it without any rule`, `Make the environment ${name} in the settings of the repository, with required reviewers.`);
    }
    const rules = answer.body?.protection_rules;
    if (!Array.isArray(rules)) {
        return unknown({
            why: `what GitHub answered about the environment ${name} is not understood`,
            next: 'See that GITHUB_API_URL is the API of a GitHub, and run the same again.',
        });
    }
    return judgeRules(name, rules.filter(isReview));
}
function judgeRules(name, reviews) {
    const reviewers = reviews.reduce((sum, rule) => sum + (Array.isArray(rule.reviewers) ? rule.reviewers.length : 0), 0);
    return reviewers > 0
        ? { kind: 'closed', reviewers, selfReview: reviews.every((rule) => rule.prevent_self_review !== true) }
        : gate_open(`the environment ${name} has no required reviewers: a job that names it waits for nobody`, `Name required reviewers in the settings of the environment ${name}. A private repository needs GitHub Enterprise for them.`);
}
function isReview(rule) {
    return rule?.type === 'required_reviewers';
}
function gate_open(why, next) {
    return { kind: 'open', why, next };
}
function unknown(none) {
    return { kind: 'unknown', ...none };
}

// EXTERNAL MODULE: ./build/actions/inputs.js
var inputs = __webpack_require__(65355);
// EXTERNAL MODULE: ./build/actions/values.js
var actions_values = __webpack_require__(42340);
;// CONCATENATED MODULE: ./build/actions/check-gate.js





/** @throws ConfigurationError for a `gate` that is neither */
function gateRequest(values = inputs/* inputs */.Q) {
    const environment = values.get('environment');
    const gate = values.get('gate') === '' ? 'require' : (0,actions_values/* oneOf */.yL)(values, 'gate', ['require', 'warn']);
    return { environment, gate };
}
/**
 * Looks whether a job of the environment waits for a reviewer.
 * @returns what there is to warn of, or null
 * @throws UpgradeError when nobody would be asked, or nobody can say, and that is required
 */
async function checkGate({ environment, gate }, token, log) {
    if (environment === '') {
        return null;
    }
    const found = await lookAtGate(environment, token === undefined ? null : (0,github_api/* gitHubApi */.a)(token));
    if (found.kind === 'closed') {
        log.info(describeGate(environment, found));
        return null;
    }
    const what = found.kind === 'open'
        ? `nobody would have to approve: ${found.why}`
        : `nobody knows whether the environment ${JSON.stringify(environment)} waits for a reviewer: ${found.why}`;
    if (gate === 'require') {
        throw new errors/* UpgradeError */.fy(what, {
            state: 'Nothing was changed; the hosts were not looked at.',
            next: `${found.next} With "gate: warn" the plan is made all the same.`,
        });
    }
    return `${what}. ${found.next}`;
}
function describeGate(environment, { reviewers, selfReview }) {
    const who = reviewers === 1 ? 'its reviewer' : `one of its ${reviewers} reviewers`;
    const self = selfReview ? '; a reviewer who started the run may approve it' : '';
    return `a job of the environment ${JSON.stringify(environment)} waits for ${who}${self}`;
}

// EXTERNAL MODULE: ./build/actions/conduct.js
var conduct = __webpack_require__(49824);
// EXTERNAL MODULE: ./build/actions/request.js
var actions_request = __webpack_require__(22569);
;// CONCATENATED MODULE: ./build/actions/plan.js















/** Days that the plan is kept: GitHub lets a job wait for its approval as long. */
const RETENTION_DAYS = 30;
/** Shows what an upgrade would do and what would be refused; reads only. */
async function main() {
    await (0,conduct/* conduct */.V)(() => {
        const [request, gate] = [(0,actions_request/* requestOfJob */.w)([]), gateRequest()];
        return {
            request: { ...request, dryRun: true },
            turn: null,
            // It asks the services how they are, and runs none of the plan's steps.
            needs: { phase: 'prepare', at: null },
            work: async (context, run) => await planBehindGate(context, run, gate, request.githubToken),
        };
    });
}
/** A plan that nobody would have to approve is not made where an approval is required. */
async function planBehindGate(context, run, gate, token) {
    const { log } = context.runner;
    try {
        const warning = await checkGate(gate, token, log);
        if (warning === null) {
            return await plan(context, run);
        }
        log.warning(warning);
        const report = await plan(context, run);
        return { ...report, notes: [warning, ...report.notes] };
    }
    catch (error) {
        if (!(error instanceof errors/* UpgradeError */.fy)) {
            throw error;
        }
        return (0,refused/* refusedReport */.l)(context.files.plan.name, error);
    }
}
async function plan(context, { log, masks, notes }) {
    const mask = (text) => masks.apply(text);
    const { found, approval } = await look(context);
    // Whoever can read the repository can read the artifact, and with stars it would have another digest.
    const hidden = approval !== null && showsSecret(approval, mask);
    const report = hidden ? { ...found, notes: [KEPT_WITHOUT_APPROVAL, ...found.notes] } : found;
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(process.env.RUNNER_TEMP ?? (0,external_node_os_.tmpdir)(), 'synnefo-upgrade-plan-'));
    const file = (0,external_node_path_.join)(folder, 'plan.json');
    const told = { ...report, notes: [...notes, ...report.notes] };
    const document = planDocument(told, hidden ? null : approval, mask);
    await (0,promises_.writeFile)(file, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
    (0,core.setOutput)('plan', file);
    (0,core.setOutput)('changes', String(report.outcome === 'planned'));
    (0,core.setOutput)('artifact-id', await keep(file, report.plan, log));
    return report;
}
async function look(context) {
    let approval = null;
    const onApprovable = (known) => {
        approval = known;
    };
    const found = await (0,run_upgrade/* runUpgrade */.q)({ ...context, proposes: true, onApprovable });
    return { found, approval };
}
/** The id of the artifact, or nothing: what was found out is told also where no copy of it can be kept. */
async function keep(file, plan, log) {
    try {
        return await upload(file, plan);
    }
    catch (error) {
        const { what, output } = (0,failure/* explainFailure */.S)(error);
        const words = [what, output].filter((text) => text !== '').join('\n');
        log.warning(`the plan could not be kept as an artifact; it is in ${file} and in the job's summary: ${words}`);
        return '';
    }
}
/** The id of the artifact, or nothing where the runner has no artifact service. */
async function upload(file, plan) {
    if (!(0,artifact_service/* hasArtifactService */.o)(process.env)) {
        return '';
    }
    // Unique in every attempt: a run never takes a name twice.
    const name = `${plan}.plan.${(0,external_node_crypto_.randomBytes)(4).toString('hex')}.json`;
    const { id } = await new artifact_store/* ArtifactStore */.c({ retentionDays: RETENTION_DAYS }).put(file, name);
    return String(id ?? '');
}


/***/ })

};
