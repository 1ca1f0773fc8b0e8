const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 225;
export const ids = [225];
export const modules = {

/***/ 49824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ conduct)
/* harmony export */ });
/* harmony import */ var _adapters_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30711);
/* harmony import */ var _adapters_masks_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(43052);
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56046);
/* harmony import */ var _report_refused_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(16099);
/* harmony import */ var _finish_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85292);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65355);
/* harmony import */ var _open_run_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(73004);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** Does one step of a workflow, and tells how it ended. @param read finds out what it is to do */
async function conduct(read) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const { request, turn, needs = turn, work } = read();
            const run = __addDisposableResource(env_1, await (0,_open_run_js__WEBPACK_IMPORTED_MODULE_5__/* .openRun */ .Iy)(request, turn, needs), true);
            const report = await work(run.context, run);
            await (0,_finish_js__WEBPACK_IMPORTED_MODULE_3__/* .finish */ .O)({ ...report, notes: [...run.notes, ...report.notes] }, run);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        if (!(error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1)) {
            throw error;
        }
        // Secrets are no part of what such an error says: it is about files and the other inputs.
        const plan = _inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .inputs */ .Q.get('plan') || (process.env.SYNNEFO_UPGRADE_PLAN ?? '');
        await (0,_finish_js__WEBPACK_IMPORTED_MODULE_3__/* .finish */ .O)((0,_report_refused_js__WEBPACK_IMPORTED_MODULE_2__/* .refusedReport */ .l)(plan, error), { log: (0,_adapters_log_js__WEBPACK_IMPORTED_MODULE_0__/* .openLog */ .N)(), masks: new _adapters_masks_js__WEBPACK_IMPORTED_MODULE_6__/* .Masks */ .O() });
    }
}


/***/ }),

/***/ 73004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Jc: () => (/* binding */ EPOCHS_STATE),
  kc: () => (/* binding */ OWNER_STATE),
  Iy: () => (/* binding */ openRun)
});

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
;// CONCATENATED MODULE: ./build/adapters/approved-plan.js




/**
 * Fetches what was approved out of the artifact of this run that the action `plan` left.
 * @param artifact its id
 * @throws Error saying why it cannot be had
 */
async function readApprovedPlan(artifact, env = process.env) {
    if (artifact === '') {
        throw new Error('no approved plan was given to compare with (the input approved-plan)');
    }
    if (!(0,artifact_service/* hasArtifactService */.o)(env)) {
        throw new Error(`there is no artifact service here to fetch the approved plan from (artifact ${artifact})`);
    }
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), 'approved-plan-'));
    try {
        return await fetchApproval(Number(artifact), folder);
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`the approved plan (artifact ${artifact}) cannot be read: ${why}`, { cause: error });
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function fetchApproval(artifact, folder) {
    // At first use: the client takes as long to load as all the rest of a start.
    const { DefaultArtifactClient } = await Promise.all(/* import() */[__webpack_require__.e(351), __webpack_require__.e(735), __webpack_require__.e(252)]).then(__webpack_require__.bind(__webpack_require__, 91252));
    await new DefaultArtifactClient().downloadArtifact(artifact, { path: folder });
    // The service decides what the file is called.
    const [file, ...others] = await (0,promises_.readdir)(folder);
    if (file === undefined || others.length > 0) {
        throw new Error(`it has ${others.length === 0 ? 'no file' : 'several files'}`);
    }
    const { approval } = JSON.parse(await (0,promises_.readFile)((0,external_node_path_.join)(folder, file), 'utf8'));
    if (approval === undefined) {
        throw new Error('it is no plan of the action plan');
    }
    if (approval === null) {
        throw new Error("it was kept without what is approved, since a secret's value stands in that");
    }
    return approval;
}

// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/adapters/artifact-store.js + 3 modules
var artifact_store = __webpack_require__(72812);
// EXTERNAL MODULE: ./build/adapters/dump-name.js
var dump_name = __webpack_require__(37199);
// EXTERNAL MODULE: ./build/adapters/file-hash.js
var file_hash = __webpack_require__(9916);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/adapters/new-file.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






/**
 * A file (mode 0600) that is either there whole, synced to the disk and under its name, or not there at all.
 * It is written beside its place, under a hidden name, and never replaces another file.
 */
class NewFile {
    path;
    #part;
    #handle;
    #meter = new file_hash/* ContentMeter */.x();
    #open = true;
    constructor(path, part, handle) {
        this.path = path;
        this.#part = part;
        this.#handle = handle;
    }
    /** @throws FileExistsError when the name is taken; UpgradeError when the disk is full; the file system's error */
    static async create(path) {
        if ((await (0,promises_.lstat)(path).catch(ignoreMissing)) !== undefined) {
            throw new FileExistsError(path);
        }
        // Random, since a part that a killed process left behind must not be in the way.
        const part = (0,external_node_path_.join)((0,external_node_path_.dirname)(path), `.${(0,external_node_path_.basename)(path)}.${(0,external_node_crypto_.randomUUID)()}.part`);
        const flags = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL | external_node_fs_.constants.O_NOFOLLOW;
        const handle = await (0,promises_.open)(part, flags, 0o600).catch((error) => {
            throw explain(error, path);
        });
        return new NewFile(path, part, handle);
    }
    /** Writes all of the chunk. After a failure there is nothing left of the file. */
    async write(chunk) {
        try {
            for (let done = 0; done < chunk.length;) {
                done += (await this.#handle.write(chunk, done)).bytesWritten;
            }
        }
        catch (error) {
            await this.discard();
            throw explain(error, this.path);
        }
        this.#meter.add(chunk);
    }
    /**
     * Gives the file its name, once its bytes and then its folder are on the disk.
     * @returns hash and length of what was written
     * @throws FileExistsError when a file of that name came up meanwhile; it stays as it is
     */
    async finish() {
        try {
            await this.#handle.sync();
            await this.#close();
            await (0,promises_.link)(this.#part, this.path);
            await (0,promises_.unlink)(this.#part);
            await syncFolder((0,external_node_path_.dirname)(this.path));
        }
        catch (error) {
            await this.discard();
            throw explain(error, this.path);
        }
        return this.#meter.content();
    }
    /** Leaves nothing behind of a file that is not finished; harmless when repeated. */
    async discard() {
        await this.#close();
        await (0,promises_.unlink)(this.#part).catch(ignoreMissing);
    }
    async #close() {
        if (this.#open) {
            this.#open = false;
            await this.#handle.close();
        }
    }
}
/** A file of this name is there and is not replaced. */
class FileExistsError extends Error {
    name = 'FileExistsError';
    constructor(path, options) {
        super(`${path} is there already, and is not replaced`, options);
    }
}
/** Makes the names in a folder survive a power cut. */
async function syncFolder(folder) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const handle = __addDisposableResource(env_1, await (0,promises_.open)(folder, 'r'), true);
        await handle.sync();
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** For what is to be removed and may be gone already. */
function ignoreMissing(error) {
    if (codeOf(error) !== 'ENOENT') {
        throw error;
    }
}
/** The code of a system error (`ENOSPC`), if it is one. */
function codeOf(error) {
    const { code } = Object(error);
    return typeof code === 'string' ? code : undefined;
}
function explain(error, path) {
    const code = codeOf(error);
    if (code === 'EEXIST') {
        return new FileExistsError(path, { cause: error });
    }
    if (code !== 'ENOSPC' && code !== 'EDQUOT') {
        return error;
    }
    const folder = (0,external_node_path_.dirname)(path);
    return new errors/* UpgradeError */.fy(`no space left on this machine for ${(0,external_node_path_.basename)(path)}`, {
        state: `The unfinished file was removed; ${folder} is on a file system that is full.`,
        next: `Make room in ${folder}, or use a runner with a larger disk, and run the same again.`,
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/adapters/directory-store.js





/** Keeps dumps in a folder (mode 0700) of the machine on which the process runs. */
class DirectoryStore {
    kind = 'directory';
    #folder;
    /** @param folder made, with its parents, at the first `put` */
    constructor(folder) {
        this.#folder = (0,external_node_path_.resolve)(folder);
    }
    /**
     * Copies the file; returns once bytes and name are on the disk. The hash is of the bytes that were written.
     * @throws FileExistsError when a dump of that name is there; UpgradeError when the disk is full
     */
    async put(file, name) {
        const path = (0,external_node_path_.join)(this.#folder, (0,dump_name/* checkDumpName */.i)(name));
        // A folder that is there already keeps its mode: it is the operator's.
        await (0,promises_.mkdir)(this.#folder, { recursive: true, mode: 0o700 });
        const copy = await NewFile.create(path);
        try {
            await (0,file_hash/* hashFile */.D)(file, (chunk) => copy.write(chunk));
            return { kind: this.kind, name, path, ...(await copy.finish()) };
        }
        finally {
            await copy.discard();
        }
    }
    /** Reads the file to its end: is it there, of the same length and hash? Asks the recorded path, whichever folder it is in. */
    async has(stored) {
        if (stored.kind !== 'directory' || stored.path === undefined) {
            throw new TypeError(`the dump ${stored.name} was not stored in a folder`);
        }
        const found = await (0,promises_.lstat)(stored.path).catch(ignoreMissing);
        // The length first: a path read from a journal may lead to anything, and a device never ends.
        if (found === undefined || !found.isFile() || found.size !== stored.bytes) {
            return false;
        }
        return (await (0,file_hash/* hashFile */.D)(stored.path)).sha256 === stored.sha256;
    }
}

;// CONCATENATED MODULE: ./build/adapters/choose-store.js




/**
 * Artifacts where the runner offers them; a folder otherwise, which only then counts as the lasting place.
 * @param directory the input that names the folder, empty when not given
 * @throws ConfigurationError when there is neither
 */
function chooseStore(directory, options = {}) {
    const env = options.env ?? process.env;
    if ((0,artifact_service/* hasArtifactService */.o)(env)) {
        return new artifact_store/* ArtifactStore */.c(options);
    }
    if (directory.trim() === '') {
        throw new errors/* ConfigurationError */.j1('there is nowhere to keep dumps: outside of GitHub Actions, and on GitHub Enterprise Server, a directory for them must be given');
    }
    return new DirectoryStore(directory);
}

// EXTERNAL MODULE: ./build/adapters/clock.js
var clock = __webpack_require__(21759);
// EXTERNAL MODULE: ./build/adapters/encryption.js
var adapters_encryption = __webpack_require__(16008);
;// CONCATENATED MODULE: ./build/adapters/progress.js
/** Turns many small chunks into a report now and then. */
class ProgressMeter {
    #options;
    #now;
    #bytes = 0;
    #started;
    #reported = 0;
    constructor(options) {
        this.#options = options;
        this.#now = options.now ?? Date.now;
    }
    add(bytes) {
        const { onProgress, interval = 5000 } = this.#options;
        if (onProgress === undefined) {
            return;
        }
        const now = this.#now();
        this.#started ??= this.#reported = now;
        this.#bytes += bytes;
        if (now > this.#started && now - this.#reported >= interval) {
            this.#reported = now;
            onProgress(this.#progress(now - this.#started));
        }
    }
    #progress(milliseconds) {
        const bytes = this.#bytes;
        const bytesPerSecond = (bytes * 1000) / milliseconds;
        const rest = (this.#options.expectedBytes ?? -1) - bytes;
        return { bytes, bytesPerSecond, secondsLeft: rest >= 0 && bytes > 0 ? rest / bytesPerSecond : null };
    }
}

;// CONCATENATED MODULE: ./build/adapters/dump-stream.js




/**
 * Receives a dump and writes it to a file of mode 0600, encrypted where there are recipients. Nothing is kept in
 * memory but the chunk at hand. Until `finish` the file is not under its name; unless `finish` was reached,
 * leaving the scope removes it.
 */
class DumpFile {
    #file;
    #encryption;
    #plain = new file_hash/* ContentMeter */.x();
    #progress;
    #finished = false;
    constructor(file, encryption, options) {
        this.#file = file;
        this.#encryption = encryption;
        this.#progress = new ProgressMeter(options);
    }
    /** @throws FileExistsError when the name is taken; UpgradeError when the disk is full; the file system's error */
    static async create(path, options = {}) {
        const { recipients = [] } = options;
        const file = await NewFile.create(path);
        try {
            const encryption = recipients.length > 0 ? await adapters_encryption/* Encryption */.Y.start(recipients, (chunk) => file.write(chunk)) : undefined;
            return new DumpFile(file, encryption, options);
        }
        catch (error) {
            await file.discard();
            throw error;
        }
    }
    /**
     * Takes the next chunk and returns when there is room for another one. Fits `ExecOptions.onStdout`.
     * @throws UpgradeError when the disk is full: nothing is left of the file then
     */
    write = async (chunk) => {
        this.#plain.add(chunk);
        await (this.#encryption ?? this.#file).write(chunk);
        this.#progress.add(chunk.length);
    };
    /** Returns when the file is on the disk, whole and under its name. */
    async finish() {
        await this.#encryption?.finish();
        const stored = await this.#file.finish();
        this.#finished = true;
        return { file: this.#file.path, plain: this.#plain.content(), stored };
    }
    /** Removes what there is of an unfinished dump; a finished one stays. */
    async discard() {
        if (!this.#finished) {
            await this.#encryption?.abort();
            await this.#file.discard();
        }
    }
    async [Symbol.asyncDispose]() {
        await this.discard();
    }
}

// EXTERNAL MODULE: ./build/domain/lock.js
var lock = __webpack_require__(64454);
// EXTERNAL MODULE: ./build/adapters/github-api.js
var github_api = __webpack_require__(81703);
;// CONCATENATED MODULE: ./build/adapters/owner.js



/**
 * Who we are, for the lock: the workflow run where there is one (all its jobs and attempts are one owner), else
 * this process. The variables are those that GitHub sets in every step.
 */
function currentOwner(now, env = process.env) {
    const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_ACTOR: actor = '' } = env;
    if (env.GITHUB_ACTIONS === 'true' && repository !== undefined && run !== undefined) {
        const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
        return {
            key: (0,lock/* keyOfRun */.qH)({ server, repository, run }),
            run: `run ${run} of ${repository}`,
            actor,
            link: `${server}/${repository}/actions/runs/${run}`,
            since: now,
            process: null,
        };
    }
    const process = thisProcess();
    return {
        key: `process ${process.machine} ${process.bootId} ${process.namespace} ${process.pid} ${process.start}`,
        run: `process ${process.pid} on ${(0,external_node_os_.hostname)()}`,
        actor: (0,external_node_os_.userInfo)().username,
        link: '',
        since: now,
        process,
    };
}
/**
 * A dead process is proof that its lock is free. Of one on another machine nothing can be said, nor of one in another
 * container that may have come up with this machine's boot.
 */
function fateOfProcess(there) {
    const here = thisProcess();
    if (there.machine !== here.machine) {
        return { kind: 'unproved', why: 'its process is on another machine, where nobody can look from here' };
    }
    if (there.bootId !== here.bootId) {
        return { kind: 'dead' };
    }
    if (there.namespace !== here.namespace) {
        return { kind: 'unproved', why: 'its process is in another container of this machine' };
    }
    return startOf(there.pid) === there.start
        ? { kind: 'unproved', why: `its process ${there.pid} still runs on this machine` }
        : { kind: 'dead' };
}
function thisProcess() {
    return {
        machine: `${machineId()} ${(0,external_node_os_.hostname)()}`,
        namespace: (0,external_node_fs_.readlinkSync)('/proc/self/ns/pid'),
        bootId: (0,external_node_fs_.readFileSync)('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
        pid: process.pid,
        start: startOf(process.pid) ?? '',
    };
}
/** As machine-id(5) has it; empty where the system has none. */
function machineId() {
    try {
        return (0,external_node_fs_.readFileSync)('/etc/machine-id', 'utf8').trim();
    }
    catch {
        // A container's image often has none: then its name alone has to do.
        return '';
    }
}
/** Field 22 of /proc/PID/stat; null when there is no such process. */
function startOf(pid) {
    try {
        const stat = (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8');
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
    }
    catch {
        // There is no such process (any more).
        return null;
    }
}

;// CONCATENATED MODULE: ./build/adapters/fate.js



/**
 * What became of a lock's owner: a process is looked for on this machine, a workflow run is asked of GitHub.
 * @param api null where there is no token to ask with
 */
async function fateOf(owner, api, env = process.env) {
    if (owner.process !== null) {
        return fateOfProcess(owner.process);
    }
    const run = (0,lock/* runOf */.ng)(owner);
    return run === null
        ? unproved('it names neither a process nor a workflow run')
        : await fateOfRun(run, api, env);
}
async function fateOfRun(run, api, env) {
    const server = env.GITHUB_SERVER_URL || 'https://github.com';
    // The token is this server's: no other one gets to see it because of what a host says.
    if (run.server !== server) {
        return unproved(`it is a run of ${run.server}, and this one is of ${server}`);
    }
    const own = { server, repository: env.GITHUB_REPOSITORY ?? '', run: env.GITHUB_RUN_ID ?? '' };
    if ((0,lock/* keyOfRun */.qH)(own) === (0,lock/* keyOfRun */.qH)(run)) {
        return unproved('it is this run');
    }
    if (api === null) {
        return unproved('there is no token to ask GitHub whether that run is over (the input github-token)');
    }
    const [owner = '', repo = ''] = run.repository.split('/');
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
    return judgeRun(run, await api(route, { owner, repo, run_id: run.run }));
}
/** What an answer about a run means. A run that is run again is no longer completed. */
function judgeRun({ repository, run }, answer) {
    const none = (0,github_api/* noAnswer */.q)(answer);
    if (none !== null) {
        return unproved(`${none.why}. ${none.next}`);
    }
    if (answer.status === 404) {
        return unproved(`GitHub knows no run ${run} of ${repository}, or the token cannot see it (another repository's, or deleted)`);
    }
    const { id, status } = Object(answer.body);
    if (String(id) !== run || typeof status !== 'string') {
        return unproved(`what GitHub answered about the run ${run} is not understood`);
    }
    return status === 'completed' ? { kind: 'over' } : unproved(`that run is alive: it is ${status}`);
}
function unproved(why) {
    return { kind: 'unproved', why };
}

;// CONCATENATED MODULE: ./build/adapters/free-space.js



/** What may still be written where a folder of this machine is, or where its nearest parent is. */
async function freeSpace(folder) {
    const path = (0,external_node_path_.resolve)(folder);
    const found = await (0,promises_.stat)(path).catch(ignoreMissing);
    if (found === undefined && path !== '/') {
        return await freeSpace((0,external_node_path_.dirname)(path));
    }
    const { bavail, bsize } = await (0,promises_.statfs)(path);
    return { bytes: bavail * bsize, device: String(found?.dev ?? '') };
}

// EXTERNAL MODULE: ./build/adapters/log.js + 3 modules
var adapters_log = __webpack_require__(30711);
// EXTERNAL MODULE: ./build/adapters/masks.js
var adapters_masks = __webpack_require__(43052);
// EXTERNAL MODULE: ./build/domain/scope.js
var domain_scope = __webpack_require__(44641);
// EXTERNAL MODULE: ./build/actions/cancellation.js
var cancellation = __webpack_require__(49613);
;// CONCATENATED MODULE: ./build/actions/dump-rules.js


/**
 * A dump is a secret, and whoever can read a repository can download its artifacts: without encryption it is
 * uploaded only when that was asked for, and never in a public repository.
 * @throws ConfigurationError saying what to set
 */
function refuseOpenDumps(store, recipients, accepted, env) {
    if (store.kind !== 'artifact' || recipients.length > 0) {
        return;
    }
    if (!accepted) {
        throw new errors/* ConfigurationError */.j1('dumps would be uploaded as they are: give encrypt-to (an age public key; the workflows read the variable AGE_RECIPIENT), or set unencrypted-dumps to accept');
    }
    if (!isPrivate(env)) {
        throw new errors/* ConfigurationError */.j1('dumps would be uploaded as they are, and this repository is not known to be private: everybody could download them; give encrypt-to (an age public key; the workflows read the variable AGE_RECIPIENT)');
    }
}
/**
 * What a dry run says where the run itself would be refused.
 * @param check throws ConfigurationError where it would be
 */
function foreseenRefusals(check) {
    try {
        check();
        return [];
    }
    catch (error) {
        if (!(error instanceof errors/* ConfigurationError */.j1)) {
            throw error;
        }
        return [`a run that is given what this dry run is given would be refused: ${error.message}`];
    }
}
/** The event that started the run says of which kind its repository is; silence counts as public. */
function isPrivate({ GITHUB_EVENT_PATH: path }) {
    if (path === undefined || path === '') {
        return false;
    }
    const event = JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
    const { private: hidden, visibility } = event.repository ?? {};
    return (hidden === true && (visibility === undefined || visibility === 'private' || visibility === 'internal'));
}

// EXTERNAL MODULE: ./build/actions/environment.js + 24 modules
var environment = __webpack_require__(68588);
// EXTERNAL MODULE: ./build/shell/secret.js
var secret = __webpack_require__(64341);
;// CONCATENATED MODULE: ./build/actions/plan-secrets.js


/** The variable by which a workflow hands on secrets of a plan whose names it does not know. */
const VARIABLE = 'PLAN_SECRETS';
/**
 * The secrets in the variable `PLAN_SECRETS`, a line `NAME=value` each; empty lines count for nothing.
 * @throws ConfigurationError that names the lines that are wrong, and nothing of what stands in them
 */
function planSecrets({ [VARIABLE]: text = '' }) {
    const secrets = new Map();
    const problems = [];
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
        if (line.trim() === '') {
            continue;
        }
        const [, name, value = ''] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.+)$/.exec(line) ?? [];
        if (name === undefined) {
            problems.push(`line ${index + 1} is not of the form NAME=value`);
        }
        else if (secrets.has(name)) {
            problems.push(`line ${index + 1} has a name that an earlier line has`);
        }
        else {
            secrets.set(name, new secret/* Secret */.z(name, value));
        }
    }
    if (problems.length > 0) {
        throw new errors/* ConfigurationError */.j1(`${VARIABLE}: ${problems.join('; ')} (what it holds is not shown)`);
    }
    return secrets;
}

;// CONCATENATED MODULE: ./build/actions/secrets.js



/** The phases that ask the services how they are: `prepare` does before the outage, so that a wrong question shows. */
const ASKING = ['prepare', 'start-services'];
/**
 * The secrets that a plan names, each from its line in `PLAN_SECRETS`, else from the environment variable of that name.
 * @param turn the part of the upgrade that runs, which alone needs its secrets; null for the whole
 * @throws ConfigurationError naming every one that is needed and not set, or the wrong lines of `PLAN_SECRETS`
 */
function secretsOf(plan, env, turn) {
    const handedOn = planSecrets(env);
    const given = (name) => handedOn.get(name)?.reveal() ?? env[name] ?? '';
    const needed = new Set([...neededBySteps(plan, turn), ...neededByHealthChecks(plan, turn)]);
    const missing = [...needed].filter((name) => given(name) === '');
    if (missing.length > 0) {
        throw new errors/* ConfigurationError */.j1(`the plan ${plan.name} needs these environment variables, from secrets of the workflow, or as lines of PLAN_SECRETS: ${missing.join(', ')}`);
    }
    // Those of other parts are empty here: what they belong to is described, and does not run.
    const all = [...neededBySteps(plan, null), ...neededByHealthChecks(plan, null)];
    return new Map(all.map((name) => [name, new secret/* Secret */.z(name, given(name))]));
}
function neededBySteps(plan, turn) {
    return plan.steps
        .filter(({ after }) => turn === null || (turn.phase === 'run-steps' && turn.at === after))
        .flatMap(({ secrets }) => secrets);
}
function neededByHealthChecks(plan, turn) {
    return Object.values(plan.roles)
        .filter(() => turn === null || ASKING.includes(turn.phase))
        .flatMap(({ health }) => health)
        .flatMap(({ header }) => Object.values(header))
        .flatMap((value) => (typeof value === 'string' ? [] : [value.secret]));
}

;// CONCATENATED MODULE: ./build/actions/open-run.js





















/** The key of the saved state by which `post` knows whose lock to look for. */
const OWNER_STATE = 'lock-owner';
/** And in which epochs it was taken, as JSON of `[host, epoch]`; empty where the step died before it knew. */
const EPOCHS_STATE = 'lock-epochs';
/**
 * Reads and checks everything that can be checked before a connection, and makes what the run works with.
 * @param turn the part of the upgrade that is to run; null for the whole
 * @param needs the part whose secrets have to be there; null for the whole
 * @throws ConfigurationError for whatever the user has to mend
 */
async function openRun(request, turn, needs) {
    const { connection, dryRun } = request;
    const log = (0,adapters_log/* openLog */.N)();
    const files = (0,environment/* loadFiles */.a)(connection);
    const scope = (0,domain_scope/* scopeOf */.O)(files.plan, files.inventory, request.limit);
    const secrets = secretsOf(files.plan, process.env, needs);
    const masks = new adapters_masks/* Masks */.O();
    for (const secret of [
        ...secrets.values(),
        // Also those that this plan does not name: whoever copies one somewhere else must not see it.
        ...planSecrets(process.env).values(),
        connection.auth.privateKey,
        connection.auth.passphrase,
        request.githubToken,
    ]) {
        if (secret !== undefined) {
            log.mask(secret.reveal());
            masks.add(secret.reveal());
        }
    }
    const { encryptTo, directory } = connection.dumps;
    const recipients = encryptTo.trim() === '' ? [] : await (0,adapters_encryption/* parseRecipients */.q)(encryptTo);
    const notes = dryRun ? foreseenRefusals(() => lastingStore(request, recipients)) : [];
    for (const note of notes) {
        log.warning(note);
    }
    const store = dryRun ? storeIn(directory || (0,external_node_os_.tmpdir)(), request) : lastingStore(request, recipients);
    const hosts = (0,environment/* connect */.N)(connection, files, log);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(process.env.RUNNER_TEMP ?? (0,external_node_os_.tmpdir)(), 'synnefo-upgrade-'));
    const owner = currentOwner(Date.now());
    const context = {
        runner: { hosts, log, clock: clock/* systemClock */.m, signal: (0,cancellation/* cancellation */.W)() },
        files,
        secrets,
        owner,
        takeover: { force: request.forceUnlock, fateOf: (holder) => fateOf(holder, apiOf(request)) },
        dumps: {
            store,
            recipients,
            folder,
            receive: (file, options) => DumpFile.create(file, { ...options, recipients }),
            kept: store.kind === 'directory' && directory !== '' ? directory : null,
            freeSpace: freeSpace,
        },
        dryRun,
        // Whoever can read a repository can read its runs.
        showsFiles: process.env.GITHUB_ACTIONS !== 'true' || isPrivate(process.env),
        turn,
        scope,
        resolution: request.resolution,
        approved: approvedPlanOf(request),
        proposes: false,
        onApprovable: () => undefined,
        onLock: () => (0,core.saveState)(OWNER_STATE, owner.key),
        onLocked: (epochs) => (0,core.saveState)(EPOCHS_STATE, JSON.stringify([...epochs])),
    };
    return {
        context,
        log,
        masks,
        notes,
        async [Symbol.asyncDispose]() {
            await Promise.all([...hosts.values()].map((host) => host[Symbol.asyncDispose]()));
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        },
    };
}
function approvedPlanOf({ approved }) {
    return approved === null
        ? null
        : { digest: approved.digest, read: async () => await readApprovedPlan(approved.artifact) };
}
function apiOf({ githubToken }) {
    return githubToken === undefined ? null : (0,github_api/* gitHubApi */.a)(githubToken);
}
/** Where dumps last. @throws ConfigurationError where there is no such place, or they must not go there as they are */
function lastingStore(request, recipients) {
    const { directory, acceptUnencrypted } = request.connection.dumps;
    const store = storeIn(directory, request);
    refuseOpenDumps(store, recipients, acceptUnencrypted, process.env);
    return store;
}
function storeIn(directory, { connection, githubToken }) {
    const { retentionDays } = connection.dumps;
    return chooseStore(directory, {
        ...(retentionDays === undefined ? {} : { retentionDays }),
        ...(githubToken === undefined ? {} : { token: githubToken }),
    });
}


/***/ }),

/***/ 22569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ requestOfRoot),
/* harmony export */   w: () => (/* binding */ requestOfJob)
/* harmony export */ });
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);
/* harmony import */ var _domain_resolution_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4887);
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(27862);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65355);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(42340);





/** @throws ConfigurationError naming the input, what was found and what was expected */
function requestOfRoot() {
    const own = ['dry-run', 'force-unlock', 'resolve', 'plan-digest', 'approved-plan'];
    return requestOver((0,_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .connectionOfInputs */ .bx)(), own);
}
/** The request of an action that stands on `connect`. @throws ConfigurationError */
function requestOfJob(own) {
    return requestOver((0,_connection_js__WEBPACK_IMPORTED_MODULE_2__/* .connectionOfJob */ .P_)(), own);
}
function requestOver(connection, own) {
    const asked = {
        get: (name) => (own.some((each) => each === name) ? _inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputs */ .Q.get(name) : ''),
        call: _inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputs */ .Q.call,
    };
    return {
        connection,
        dryRun: (0,_values_js__WEBPACK_IMPORTED_MODULE_4__/* .flag */ .Jt)(asked, 'dry-run'),
        limit: (0,_values_js__WEBPACK_IMPORTED_MODULE_4__/* .list */ .p_)(_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputs */ .Q, 'limit'),
        forceUnlock: asked.get('force-unlock') || null,
        resolution: (0,_domain_resolution_js__WEBPACK_IMPORTED_MODULE_1__/* .parseResolution */ .sG)(asked.get('resolve')),
        githubToken: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .secretInput */ .j)('github-token'),
        approved: approvedPlan(asked),
    };
}
/** A job that wants to be bound and gets no digest must not run unbound: its workflow names an output that is not there. */
function approvedPlan(asked) {
    const [found, artifact] = [(0,_values_js__WEBPACK_IMPORTED_MODULE_4__/* .digest */ .br)(asked, 'plan-digest'), asked.get('approved-plan')];
    if (found === null && artifact !== '') {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1('the input approved-plan names a plan, and the input plan-digest is empty: give the output plan-digest of the action plan');
    }
    return found === null ? null : { digest: found, artifact };
}


/***/ }),

/***/ 95921:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ hasArtifactService)
/* harmony export */ });
/**
 * Does the runner offer artifacts that today's client can store? GitHub Enterprise Server sets the same variables for a
 * service that the client refuses to speak to.
 * @param env the runner's variables
 */
function hasArtifactService(env) {
    const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: url, GITHUB_SERVER_URL: server } = env;
    return Boolean(token) && Boolean(url) && !isEnterpriseServer(server || 'https://github.com');
}
/** As the client itself tells them apart. */
function isEnterpriseServer(server) {
    const { hostname } = new URL(server);
    return hostname !== 'github.com' && !/\.(ghe\.com|localhost)$/.test(hostname);
}


/***/ }),

/***/ 72812:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ ArtifactStore)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/adapters/file-hash.js
var file_hash = __webpack_require__(9916);
;// CONCATENATED MODULE: ./build/adapters/artifact-proof.js



/**
 * The artifact is final when the service lists it; its digest, where the service tells it, is compared too.
 * @param sha256 what the bytes that were sent should have
 */
async function artifact_proof_confirm(client, uploaded, sha256) {
    if (uploaded.digest !== sha256) {
        throw new Error(`sha256 ${uploaded.digest} was sent, but the file has ${sha256}`);
    }
    const { digest } = await findListed(client, uploaded.id);
    if (digest !== undefined && digest !== '' && digest.replace(/^sha256:/, '') !== sha256) {
        throw new Error(`the service has ${digest}, but sha256:${sha256} was sent`);
    }
}
async function findListed(client, id) {
    for (const wait of [500, 1500, 5000, 0]) {
        const found = (await client.listArtifacts()).artifacts.find((artifact) => artifact.id === id);
        if (found !== undefined) {
            return found;
        }
        await (0,external_node_timers_promises_.setTimeout)(wait);
    }
    throw new Error(`the service does not list the artifact ${id} that it has just accepted`);
}
/** A digest of a zip says nothing of the file in it: it is fetched and unpacked. */
async function confirmUnpacked(client, id, folder, name, content) {
    await client.downloadArtifact(id, { path: folder });
    const unpacked = await (0,file_hash/* hashFile */.D)((0,external_node_path_.join)(folder, name));
    if (unpacked.sha256 !== content.sha256) {
        throw new Error(`the uploaded zip holds sha256 ${unpacked.sha256} instead of ${content.sha256}`);
    }
}

;// CONCATENATED MODULE: ./build/adapters/artifact-run.js

/** The page of an artifact, or nothing outside a workflow's run. */
function artifactUrl(env, id) {
    const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
    return GITHUB_REPOSITORY && GITHUB_RUN_ID
        ? `${GITHUB_SERVER_URL || 'https://github.com'}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${id}`
        : undefined;
}
/**
 * How to find an artifact that may be another run's: the runner's own service shows those of this run alone.
 * @returns undefined when it is this run's, or nobody knows
 * @throws UpgradeError when it is another run's and there is no token
 */
function otherRunOf(stored, env, token) {
    const [, owner, repository, run] = /\/([\w.-]+)\/([\w.-]+)\/actions\/runs\/(\d+)\/artifacts\/\d+$/.exec(stored.url ?? '') ?? [];
    const here = owner !== undefined && `${owner}/${repository}` === env.GITHUB_REPOSITORY;
    if (owner === undefined || repository === undefined || (here && run === env.GITHUB_RUN_ID)) {
        return undefined;
    }
    if (token === undefined) {
        throw new errors/* UpgradeError */.fy(`the dump ${stored.name} is an artifact of another run, which cannot be asked for`, {
            state: `It should be at ${stored.url}.`,
            next: 'Give a token that may read the artifacts of that run (permissions: actions: read).',
        });
    }
    return {
        token: token.reveal(),
        workflowRunId: Number(run),
        repositoryOwner: owner,
        repositoryName: repository,
    };
}

// EXTERNAL MODULE: ./build/adapters/dump-name.js
var dump_name = __webpack_require__(37199);
// EXTERNAL MODULE: external "node:async_hooks"
var external_node_async_hooks_ = __webpack_require__(16698);
;// CONCATENATED MODULE: ./build/adapters/quietly.js

/** Is this call one of those that are kept quiet? */
const quiet = new external_node_async_hooks_.AsyncLocalStorage();
let running = 0;
let restore = () => undefined;
/**
 * Runs something that talks a lot to standard output, and turns its lines into the runner's debug lines, which a log
 * shows only to those who asked for them. Commands to the runner stay, and so does all that others print meanwhile.
 */
async function quietly(work) {
    running += 1;
    if (running === 1) {
        restore = listen();
    }
    try {
        return await quiet.run(true, work);
    }
    finally {
        running -= 1;
        if (running === 0) {
            restore();
        }
    }
}
/** @returns what makes standard output as it was */
function listen() {
    const { write } = process.stdout;
    const filtered = (...args) => {
        const [text, ...rest] = args;
        return quiet.getStore() === true && typeof text === 'string'
            ? write.call(process.stdout, asDebug(text), ...rest)
            : write.apply(process.stdout, args);
    };
    process.stdout.write = filtered;
    return () => {
        process.stdout.write = write;
    };
}
function asDebug(text) {
    return text.replace(/^(?!::)(?=.)/gm, '::debug::');
}

;// CONCATENATED MODULE: ./build/adapters/artifact-store.js









/** Keeps dumps as artifacts of the workflow's run. */
class ArtifactStore {
    kind = 'artifact';
    #options;
    #env;
    constructor(options = {}) {
        this.#options = options;
        this.#env = options.env ?? process.env;
    }
    /**
     * Uploads the file and returns once the service shows the artifact with its hash. The service refuses a name
     * that this run has, also when that upload was cut short: a repeated `put` needs another name.
     * @throws UpgradeError with the client's error as its cause
     */
    async put(file, name) {
        (0,dump_name/* checkDumpName */.i)(name);
        const content = await (0,file_hash/* hashFile */.D)(file);
        try {
            const id = await quietly(() => this.#upload(file, name, content));
            const url = artifactUrl(this.#env, id);
            return { kind: this.kind, name, ...content, id, ...(url === undefined ? {} : { url }) };
        }
        catch (error) {
            throw explain(error, name);
        }
    }
    /**
     * Is the artifact of this id and name there? The service never changes one, and never uses an id again.
     * @throws UpgradeError when it is another run's and there is no token to ask with
     */
    async has(stored) {
        if (stored.kind !== 'artifact' || stored.id === undefined) {
            throw new TypeError(`the dump ${stored.name} was not stored as an artifact`);
        }
        const client = await loadClient();
        const findBy = otherRunOf(stored, this.#env, this.#options.token);
        const options = findBy === undefined ? {} : { findBy };
        const { artifacts } = await quietly(() => client.listArtifacts(options));
        return artifacts.some(({ id, name }) => id === stored.id && name === stored.name);
    }
    async #upload(file, name, content) {
        const client = await loadClient();
        // The client takes the artifact's name from the file's.
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(this.#env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), 'dump-upload-'));
        try {
            const named = (0,external_node_path_.join)(folder, name);
            await (0,promises_.symlink)((0,external_node_path_.resolve)(file), named);
            const raw = await this.#uploadRaw(client, named, name);
            if (raw !== undefined) {
                await artifact_proof_confirm(client, raw, content.sha256);
                return raw.id;
            }
            const zipped = await this.#uploadZip(client, named, name);
            await artifact_proof_confirm(client, zipped, zipped.digest);
            await confirmUnpacked(client, zipped.id, (0,external_node_path_.join)(folder, 'unpacked'), name, content);
            return zipped.id;
        }
        finally {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
        }
    }
    /** Undefined when the service refuses this kind of content, which leaves the name free. */
    async #uploadRaw(client, named, name) {
        try {
            return complete(await client.uploadArtifact(name, [named], (0,external_node_path_.dirname)(named), this.#uploadOptions(true)));
        }
        catch (error) {
            // https://github.com/actions/toolkit/issues/2324
            if (error instanceof Error && /CreateArtifact.*\(400\)/.test(error.message)) {
                return undefined;
            }
            throw error;
        }
    }
    async #uploadZip(client, named, name) {
        return complete(await client.uploadArtifact(name, [named], (0,external_node_path_.dirname)(named), this.#uploadOptions(false)));
    }
    #uploadOptions(raw) {
        const { retentionDays } = this.#options;
        const retention = retentionDays === undefined ? {} : { retentionDays };
        // Dumps are compressed, and encrypted bytes cannot be.
        return raw ? { ...retention, skipArchive: true } : { ...retention, compressionLevel: 0 };
    }
}
function complete({ id, digest }) {
    if (id === undefined || digest === undefined) {
        throw new Error('the artifact client did not say what it uploaded');
    }
    return { id, digest };
}
// At first use: the client takes as long to load as all the rest of a start.
async function loadClient() {
    const { DefaultArtifactClient } = await Promise.all(/* import() */[__webpack_require__.e(351), __webpack_require__.e(735), __webpack_require__.e(252)]).then(__webpack_require__.bind(__webpack_require__, 91252));
    return new DefaultArtifactClient();
}
function explain(error, name) {
    const taken = error instanceof Error && /CreateArtifact.*\(409\)/.test(error.message);
    return new errors/* UpgradeError */.fy(taken ? `this run has an artifact named ${name} already` : `the dump ${name} could not be uploaded`, {
        output: error instanceof Error ? error.message : String(error),
        state: taken ? 'It was not replaced.' : 'There is no proved copy of this dump outside this machine.',
        next: 'Run the same again.',
    }, { cause: error });
}


/***/ }),

/***/ 37199:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ checkDumpName)
/* harmony export */ });
/**
 * Refuses names that a file system, the artifact service or a shell could take for something else.
 * The ending matters: the artifact client derives a content type from it, so dumps end in `.age`, `.dump` or `.sql`.
 * @throws RangeError
 */
function checkDumpName(name) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/.test(name)) {
        throw new RangeError(`${JSON.stringify(name)} cannot be the name of a stored dump`);
    }
    return name;
}


/***/ }),

/***/ 9916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ hashFile),
/* harmony export */   x: () => (/* binding */ ContentMeter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});


/** Counts and hashes what passes by. */
class ContentMeter {
    #hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    #bytes = 0;
    get bytes() {
        return this.#bytes;
    }
    add(chunk) {
        this.#hash.update(chunk);
        this.#bytes += chunk.length;
    }
    /** The result; nothing can be added afterwards. */
    content() {
        return { sha256: this.#hash.digest('hex'), bytes: this.#bytes };
    }
}
/**
 * Reads a file to its end, a mebibyte at a time.
 * @param onChunk also gets every chunk, and holds the reading back while it is busy; the chunk is reused afterwards
 * @throws the file system's error
 */
async function hashFile(file, onChunk) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const handle = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, 'r'), true);
        const meter = new ContentMeter();
        const buffer = Buffer.allocUnsafe(1 << 20);
        for (let read = await readInto(handle, buffer); read.length > 0; read = await readInto(handle, buffer)) {
            meter.add(read);
            await onChunk?.(read);
        }
        return meter.content();
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function readInto(handle, buffer) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length);
    return buffer.subarray(0, bytesRead);
}


/***/ }),

/***/ 81703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ gitHubApi),
/* harmony export */   q: () => (/* binding */ noAnswer)
/* harmony export */ });
/* harmony import */ var _message_of_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(98122);

/** Milliseconds for an answer, all tries together. */
const PATIENCE = 30_000;
/** @param retries how often a failure that may pass is tried again */
function gitHubApi(token, env = process.env, retries = 2) {
    return async (route, parameters) => {
        // At first use: most runs ask nothing. This client goes through the runner's proxy, too.
        const { getOctokit } = await __webpack_require__.e(/* import() */ 351).then(__webpack_require__.bind(__webpack_require__, 61351));
        const { retry } = await Promise.all(/* import() */[__webpack_require__.e(735), __webpack_require__.e(15)]).then(__webpack_require__.bind(__webpack_require__, 49735));
        const baseUrl = env.GITHUB_API_URL || 'https://api.github.com';
        const client = getOctokit(token.reveal(), { baseUrl }, retry);
        try {
            const { status, data } = await client.request(route, {
                ...parameters,
                request: { retries, signal: AbortSignal.timeout(PATIENCE) },
            });
            return { status, body: data, words: '' };
        }
        catch (error) {
            return refused(error, baseUrl);
        }
    };
}
function refused(error, baseUrl) {
    const { response } = error;
    return response === undefined
        ? { status: null, body: null, words: `${baseUrl} does not answer: ${(0,_message_of_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .b)(rootOf(error))}` }
        : { status: response.status, body: response.data, words: (0,_message_of_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .b)(error) };
}
/** "fetch failed" says nothing; what it failed of is its cause. */
function rootOf(error) {
    const { cause } = Object(error);
    return cause === undefined || cause === null ? error : rootOf(cause);
}
/**
 * Why an answer is none, for everything but "there is no such thing".
 * @returns null for 200 and 404, which mean something else everywhere
 */
function noAnswer({ status, words }) {
    switch (status) {
        case 200:
        case 404:
            return null;
        case null:
            return {
                why: words,
                next: 'See that the runner reaches that address (GITHUB_API_URL), and run the same again.',
            };
        case 401:
            return { why: `the token is not accepted (${words})`, next: 'Give a valid github-token.' };
        case 403:
        case 429:
            return /rate limit/i.test(words)
                ? { why: `GitHub has been asked too often (${words})`, next: 'Wait, and run the same again.' }
                : {
                    why: `the token may not ask (${words})`,
                    next: 'Give the job "permissions: actions: read", or a github-token that may read Actions.',
                };
        default:
            return { why: `GitHub answered with status ${status} (${words})`, next: 'Run the same again.' };
    }
}


/***/ }),

/***/ 22942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ connection),
/* harmony export */   s: () => (/* binding */ awaitServer)
/* harmony export */ });
/* harmony import */ var _shell_quote_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48313);
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);


/** Seconds that the server of a host which has just come back may take to accept connections. */
const SERVER_PATIENCE = 30;
/**
 * Sets the connection: its variables alone, since a database called `a=b` or `-x` on a command line would be read as
 * something else. Defines `as_postgres COMMAND...` (the server's own user and tools), `sql` (psql that prints bare
 * rows and ends at the first error) and the folder of the server's own tools on the PATH, as far as it is there.
 */
function connection({ name, port }) {
    return (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `export PGDATABASE=${(0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_1__.sh) `${name}`} PGPORT=${(0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_1__.sh) `${port}`} PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8
as_postgres() { runuser -u postgres -- "$@"; }
sql() { as_postgres psql -X -q -At -v ON_ERROR_STOP=1 "$@"; }
server_tools() {
  local number major
  number=$(sql -c 'show server_version_num')
  major=$((number / 10000))
  [ "$number" -ge 100000 ] || major="$major.$((number / 100 % 100))"
  [ ! -d "/usr/lib/postgresql/$major/bin" ] || PATH="/usr/lib/postgresql/$major/bin:$PATH"
}
`;
}
/**
 * Waits until the server accepts connections, for so long as one may need that is started with its host; what comes
 * after it meets whatever is there then. For a command that is repeated: a server that is down at the first try is told
 * of at once.
 */
function awaitServer(port) {
    return (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `(${_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .strict */ .O}${connection({ name: 'postgres', port })}
until=$((SECONDS + ${(0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_1__.sh) `${SERVER_PATIENCE}`})) told=
while code=0; as_postgres pg_isready -q || code=$?; [ "$code" = 1 ] || [ "$code" = 2 ]; do
  [ "$SECONDS" -lt "$until" ] || break
  [ -n "$told" ] || echo "the database server on port $PGPORT accepts no connections yet: waiting for it" >&2
  told=yes
  sleep 0.5
done) || true
`;
}


/***/ }),

/***/ 67384:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mf: () => (/* binding */ sessions),
/* harmony export */   T1: () => (/* binding */ writeCounters),
/* harmony export */   VZ: () => (/* binding */ rowCounts),
/* harmony export */   _D: () => (/* binding */ probeServer)
/* harmony export */ });
/* harmony import */ var _shell_quote_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48313);
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);
/* harmony import */ var _postgres_library_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22942);



/** Asks the server itself whether it answers; prints `1`. A unit that is active proves nothing. */
function probeServer(port) {
    return query(`probe the database server on port ${port}`, { name: 'postgres', port }, (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `select 1;`);
}
/** Lists the other clients of a database; servers before 10 do not tell clients from their own workers by a column. */
function sessions(database) {
    const rows = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `select row_to_json(shown) from (
  select a.pid, a.usename as "user", a.application_name as application,
    coalesce(host(a.client_addr), 'local') as address, coalesce(a.state, '') as state
  from pg_stat_activity a
  where a.datname = :'name' and a.pid <> pg_backend_pid() and a.query not like 'autovacuum: %'
    and coalesce(row_to_json(a)->>'backend_type', 'client backend') = 'client backend'
  order by a.pid) shown;`;
    // Asked from another database, so that the question itself is no session on this one.
    const from = { name: 'postgres', port: database.port };
    return query(`list the sessions on ${database.name}`, from, rows, (0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_2__.sh) `-v ${`name=${database.name}`}`);
}
/**
 * Reads how many rows of users' tables (and large objects) were ever written; unchanged counters mean no writer. After
 * a crash they may be what they were before, all zero: only the reset of the background writer's tells then.
 */
function writeCounters(database) {
    const row = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `select row_to_json(shown) from (
  select (select oid::text from pg_database where datname = current_database()) as oid,
    coalesce(sum(n_tup_ins), 0)::text as inserted, coalesce(sum(n_tup_upd), 0)::text as updated,
    coalesce(sum(n_tup_del), 0)::text as deleted,
    (select concat_ws(' ', d.stats_reset, b.stats_reset) from pg_stat_database d, pg_stat_bgwriter b
      where d.datname = current_database()) as reset
  from pg_stat_all_tables
  where schemaname !~ '^pg_' and schemaname <> 'information_schema' or relname like 'pg_largeobject%') shown;`;
    return query(`read the write counters of ${database.name}`, database, row);
}
/** Counts the rows of every table of users, exactly, in one snapshot; a parent's count leaves its children out. */
function rowCounts(database) {
    const rows = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `begin isolation level repeatable read read only;
select json_build_array(format('%I.%I', n.nspname, c.relname), (xpath('/row/count/text()',
    query_to_xml(format('select count(*) as count from only %I.%I', n.nspname, c.relname), false, true, '')))[1]::text)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by n.nspname collate "C", c.relname collate "C";
commit;`;
    return query(`count the rows of ${database.name}`, database, rows);
}
function query(title, database, text, options = (0,_shell_quote_js__WEBPACK_IMPORTED_MODULE_2__.sh) ``) {
    const script = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .strict */ .O}${(0,_postgres_library_js__WEBPACK_IMPORTED_MODULE_1__/* .connection */ .F)(database)}sql ${options} << 'END_OF_SQL'
${text}
END_OF_SQL
`;
    return { title, script: script.text, whenRepeated: (0,_postgres_library_js__WEBPACK_IMPORTED_MODULE_1__/* .awaitServer */ .s)(database.port).text };
}


/***/ }),

/***/ 93097:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ runStep),
/* harmony export */   f: () => (/* binding */ streamStep)
/* harmony export */ });
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);
/* harmony import */ var _host_library_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28523);


/**
 * Starts a step detached from the connection and follows it: prints its log from byte `offset` on. Ends 0 once
 * the step has ended, with `rc started ended` as the last line of standard error, or EXIT.died.
 */
function runStep(step, tenure, mode, offset) {
    return {
        title: step.title,
        script: runStepScript.text,
        args: [
            step.id,
            tenure.upgrade,
            tenure.lock,
            String(tenure.epoch),
            mode,
            String(offset),
            step.terminal ? 'terminal' : 'plain',
            step.answers.map(({ prompt, say }) => `${base64(prompt)} ${base64(say)}\n`).join(''),
        ],
        env: step.env,
        input: step.script,
    };
}
function base64(text) {
    return Buffer.from(text, 'utf8').toString('base64');
}
/** Makes a step's folder under the guard; what it needs stands in `$new` before it appears under its name. */
const begin = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `
upgrade=$root/upgrades/$2
folder=$upgrade/steps/$1

ours() { [ "$(cat "$folder/epoch" 2>/dev/null)" = "$1" ]; }

begin() {
  new=$upgrade/steps/.$1.new
  if [ -d "$folder" ]; then
    if alive "$folder"; then echo "$folder still runs" >&2; exit $BUSY; fi
    [ "$3" = again ] || { echo "$folder is there already" >&2; exit $EXISTS; }
    set_aside "$upgrade" "$1" || exit 1
  fi
  rm -rf "$new" && mkdir -p "$new" && echo "$2" >"$new/epoch"
}

appear() { sync "$new"/* "$new" && mv -T "$new" "$folder" && sync "$upgrade/steps"; }
`;
const runStepScript = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}${begin}
launch() {
  enter_as "$3" "$4"
  if ours "$4"; then exec 9>&-; return; fi
  begin "$1" "$4" "$5" && cat >"$new/script" && printf %s "$8" >"$new/answers" && : >"$new/log" && appear || exit 1
  setsid bash "$root/supervisor" "$folder" "$7" </dev/null >>"$folder/log" 2>&1 &
  exec 9>&-
  while [ ! -e "$folder/pid" ] && kill -0 "$!" 2>/dev/null; do sleep 0.01; done
}

offset=$6
emit() {
  local size
  size=$(stat -c %s "$folder/log") || return 0
  [ "$size" -gt "$offset" ] || return 0
  tail -c "+$((offset + 1))" "$folder/log" | head -c "$((size - offset))"
  offset=$size
}

[ "$5" = follow ] || launch "$@"
while alive "$folder"; do emit; sleep 0.1; done
emit
[ -e "$folder/rc" ] || exit $DIED
printf '\n%s %s %s\n' "$(cat "$folder/rc")" "$(cat "$folder/started")" "$(cat "$folder/ended")" >&2
`;
/**
 * Runs a script whose standard output streams to the runner, in the connection's own process: when that goes,
 * the work ends and is begun again. Journaled like every step; an earlier attempt is put aside.
 * The script may write below `$upgrade`.
 */
function streamStep(id, title, script, tenure) {
    return {
        title,
        script: `${stream}\n(echo "$BASHPID" >"$folder/group"; set +m\n${script}\n)\nrc=$?\n${streamEnd}`,
        args: [id, tenure.upgrade, tenure.lock, String(tenure.epoch)],
    };
}
const stream = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `${_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .hostLibrary */ .C$}${begin}
# The connection of an earlier attempt is gone, but its processes may still wait for it, and keep the database's
# session. Nobody can take what they send any more. They are a group of their own: where no connection made one for
# them, our own group is the runner's.
end_earlier() {
  local pid group tries=0
  read -r pid _ <"$folder/pid" || return 0
  while alive "$folder"; do
    group=$(cat "$folder/group" 2>/dev/null)
    if [ "$tries" -lt 50 ]; then [ -z "$group" ] || kill -TERM -- "-$group"
    else kill -KILL "$pid" \${group:+"-$group"}; fi
    tries=$((tries + 1))
    sleep 0.1
  done 2>/dev/null
}

enter_as "$3" "$4"
if alive "$folder"; then end_earlier; fi
begin "$1" "$4" again
printf '%s %s %s\n' "$$" "$(start_of "$$")" "$(boot_of)" >"$new/pid"
date +%s.%N >"$new/started"
appear || exit 1
exec 9>&-
set -m
`;
const streamEnd = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `
set +m
date +%s.%N >"$folder/ended"
echo "$rc" >"$folder/rc.new" && sync "$folder/ended" && become "$folder/rc"
exit "$rc"
`;


/***/ }),

/***/ 21515:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A4: () => (/* binding */ canonicalText),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   sc: () => (/* binding */ sha256),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

/**
 * A JSON value as text that is the same for the same value: keys in the order of their characters, no white space.
 * Keys without a value are left out, so that a value read back from JSON gives the same text.
 */
function canonicalText(value) {
    return JSON.stringify(value, (_key, part) => (isRecord(part) ? sorted(part) : part));
}
/** SHA-256 of the canonical text, in hex. */
function digestOf(value) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(canonicalText(value)).digest('hex');
}
function sha256(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function sorted(record) {
    return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}


/***/ }),

/***/ 30492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ unequal),
/* harmony export */   f: () => (/* binding */ chooseVersions)
/* harmony export */ });
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57297);
/* harmony import */ var _version_range_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61809);


const UNKNOWN = { state: '', version: null, held: false, candidate: null, offers: [] };
/**
 * Chooses the version of every package on every host: the newest on offer that the plan's rule allows, never simply
 * the newest. Where all packages with a rule fulfil it already, nothing is chosen, so that a second run changes
 * nothing.
 */
function chooseVersions(plan, inventory, facts) {
    const wanted = [...facts].flatMap(([host, { packages }]) => (0,_inventory_js__WEBPACK_IMPORTED_MODULE_1__/* .packagesOn */ .Bm)(plan, inventory, host).map((name) => want(plan, host, name, packages[name] ?? UNKNOWN)));
    if (wanted.every((item) => isThere(plan, item))) {
        return { packages: {}, refusals: [] };
    }
    const refusals = wanted.flatMap((item) => [...missing(plan, item), ...wrongStart(plan, item)]);
    return { packages: byHost(wanted), refusals: [...refusals, ...unequal(plan, wanted)] };
}
function want(plan, host, name, facts) {
    return { host, name, facts, chosen: (0,_version_range_js__WEBPACK_IMPORTED_MODULE_0__/* .newestIn */ ._2)(rangeOf(plan, name), facts.offers) };
}
function rangeOf(plan, name) {
    return (0,_version_range_js__WEBPACK_IMPORTED_MODULE_0__/* .ruleFor */ .sG)(plan.versions.to, name)?.range ?? 'any';
}
function isConfigured(facts) {
    return facts.state.endsWith(' ok installed');
}
function isThere(plan, { name, facts }) {
    return facts.version !== null && isConfigured(facts) && (0,_version_range_js__WEBPACK_IMPORTED_MODULE_0__/* .satisfies */ .ib)(facts.version, rangeOf(plan, name));
}
function missing(plan, { host, name, facts, chosen }) {
    const offers = facts.offers.length === 0
        ? 'nothing is'
        : `${facts.offers.join(', ')} ${facts.offers.length === 1 ? 'is' : 'are'}`;
    return chosen !== null
        ? []
        : [`${host}: no version of ${name} in the wanted range (${rangeOf(plan, name)}) is on offer; ${offers}`];
}
function wrongStart(plan, item) {
    const range = (0,_version_range_js__WEBPACK_IMPORTED_MODULE_0__/* .ruleFor */ .sG)(plan.versions.from, item.name)?.range;
    if (range === undefined || isThere(plan, item)) {
        return [];
    }
    const { version } = item.facts;
    return version !== null && (0,_version_range_js__WEBPACK_IMPORTED_MODULE_0__/* .satisfies */ .ib)(version, range)
        ? []
        : [`${item.host}: ${item.name} is ${version ?? 'not installed'}, and the plan upgrades from ${range}`];
}
/** Packages that the plan wants at one version everywhere and that would not be, in words. */
function unequal(plan, wanted) {
    return plan.versions.same.flatMap((group) => {
        const members = wanted.filter(({ name, chosen }) => group.includes(name) && chosen !== null);
        const versions = new Set(members.map(({ chosen }) => chosen));
        return versions.size <= 1
            ? []
            : [
                `${group.join(' and ')} must have the same version everywhere, and would be ${members
                    .map(({ host, name, chosen }) => `${name} ${chosen} on ${host}`)
                    .join(', ')}`,
            ];
    });
}
function byHost(wanted) {
    const hosts = new Map();
    for (const item of wanted) {
        hosts.set(item.host, [...(hosts.get(item.host) ?? []), item]);
    }
    const changing = [...hosts].filter(([, items]) => items.some(({ facts, chosen }) => facts.version !== chosen || !isConfigured(facts)));
    return Object.fromEntries(changing.map(([host, items]) => [
        host,
        Object.fromEntries(items.flatMap(({ name, chosen }) => (chosen === null ? [] : [[name, chosen]]))),
    ]));
}


/***/ }),

/***/ 31563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ RESERVE),
/* harmony export */   B_: () => (/* binding */ doubtDisks),
/* harmony export */   Gu: () => (/* binding */ disksOf),
/* harmony export */   sK: () => (/* binding */ judgeDisks)
/* harmony export */ });
/** Bytes that stay free on a file system with a database or with copies of dumps: a full one stops the server. */
const RESERVE = 512 * 1024 * 1024;
/**
 * By how much an estimate may be too high: dumps of databases full of indexes or of dead rows are a thirtieth of their
 * size, where a third is what is expected.
 */
const DOUBT = 10;
/**
 * Puts together the folders that share a file system, since they share its room.
 * @param served the file systems on which databases lie
 * @param estimated is what the folders need an estimate?
 */
function disksOf(host, folders, { served = new Set(), estimated = false } = {}) {
    return [...Map.groupBy(folders, ({ free }) => free.device)].map(([device, together]) => {
        const written = together.reduce((total, { bytes }) => total + bytes, 0);
        return {
            host,
            folders: together.map(({ path }) => path),
            freeBytes: Math.min(...together.map(({ free }) => free.bytes)),
            needBytes: written + (served.has(device) ? RESERVE : 0),
            estimated,
        };
    });
}
/** Which disks are too small for certain, each in words that begin with the host. */
function judgeDisks(disks) {
    return disks
        .filter((disk) => disk.freeBytes < leastBytes(disk))
        .map((disk) => `${disk.host}: too little room on the disk of ${disk.folders.join(', ')}: ${disk.estimated ? 'at least ' : ''}${mega(leastBytes(disk), Math.ceil)} are needed, and ${mega(disk.freeBytes, Math.floor)} are free; make room there, or let it have a larger one`);
}
/** Which disks may be too small, in such words: people know their databases, and an estimate refuses nothing. */
function doubtDisks(disks) {
    return disks
        .filter((disk) => disk.freeBytes < disk.needBytes && disk.freeBytes >= leastBytes(disk))
        .map(({ host, folders, freeBytes, needBytes }) => `${host}: there may be too little room on the disk of ${folders.join(', ')}: about ${mega(needBytes, Math.ceil)} are needed, and ${mega(freeBytes, Math.floor)} are free`);
}
function leastBytes({ needBytes, estimated }) {
    return estimated ? needBytes / DOUBT : needBytes;
}
/** Rounded so that what is too little never looks like enough. */
function mega(bytes, round) {
    return `${round(bytes / 1e6)} MB`;
}


/***/ }),

/***/ 15287:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MI: () => (/* binding */ changedHeads),
/* harmony export */   Pu: () => (/* binding */ unlikeDump),
/* harmony export */   UL: () => (/* binding */ drift),
/* harmony export */   xD: () => (/* binding */ recordName)
/* harmony export */ });
/* unused harmony exports compareCounters, changedRows */
/** Compares a database, none of whose migrations has begun, with its dump. */
function drift(before, now) {
    const heads = changedHeads(before, now);
    if (heads.length > 0) {
        return { kind: 'foreign', what: `the schema of ${heads.join(', ')} changed since the dump` };
    }
    const writes = compareCounters(before.writes, now.writes);
    return writes.kind === 'equal'
        ? { kind: 'unchanged' }
        : { kind: 'written', what: `${writes.what} since the dump` };
}
/** What became of the counters: `reset` when they began anew, by a crash or by somebody, and tell nothing. */
function compareCounters(before, now) {
    if (before.oid !== now.oid) {
        return { kind: 'reset', what: 'another database was put under its name' };
    }
    const kinds = ['inserted', 'updated', 'deleted'];
    const counts = kinds.map((kind) => ({ kind, count: BigInt(now[kind]) - BigInt(before[kind]) }));
    if (before.reset !== now.reset || counts.some(({ count }) => count < 0n)) {
        return { kind: 'reset', what: "the server's counters of writes began anew" };
    }
    const written = counts
        .filter(({ count }) => count > 0n)
        .map(({ kind, count }) => `${count} ${count === 1n ? 'row' : 'rows'} ${kind}`);
    return { kind: written.length === 0 ? 'equal' : 'written', what: written.join(', ') };
}
/**
 * In what a database is not what its dump has, in words: another schema, or other numbers of rows; or the very database
 * of the dump, in which rows were written since, as an interrupted step leaves it that only changes rows.
 */
function unlikeDump(before, now) {
    const changed = [
        ...changedHeads(before, now).map((role) => `the schema of ${role} is another one`),
        ...changedRows(before, now).map((change) => `rows of ${change}`),
    ];
    const writes = compareCounters(before.writes, now.writes);
    return changed.length > 0 || before.writes.oid !== now.writes.oid || writes.kind === 'equal'
        ? changed
        : [`it is the same database as before, not a restored one, and ${writes.what} since its dump`];
}
/** The roles whose `schema` command prints something else now. */
function changedHeads(before, now) {
    return keysOf(before.heads, now.heads).filter((role) => before.heads[role] !== now.heads[role]);
}
/** The tables with another number of rows, as `table: 5 -> 3`. */
function changedRows(before, now) {
    return keysOf(before.rows, now.rows)
        .filter((table) => before.rows[table] !== now.rows[table])
        .map((table) => `${table}: ${before.rows[table] ?? 'no such table'} -> ${now.rows[table] ?? 'no such table'}`);
}
function keysOf(first, second) {
    return [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
}
/** The name of a dump's record in the journal; the first generation is never replaced. */
function recordName(key, point, generation) {
    return `dump.${key}.${point}${generation === 1 ? '' : `.${generation}`}`;
}


/***/ }),

/***/ 57297:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bm: () => (/* binding */ packagesOn),
/* harmony export */   PP: () => (/* binding */ hostsOf),
/* harmony export */   R7: () => (/* binding */ rolesOf),
/* harmony export */   Zh: () => (/* binding */ hostsOfStep),
/* harmony export */   kP: () => (/* binding */ servicesOn),
/* harmony export */   oD: () => (/* binding */ databasesOf),
/* harmony export */   zJ: () => (/* binding */ databaseOf)
/* harmony export */ });
/** @throws RangeError for a host that the inventory does not have */
function rolesOf(inventory, host) {
    return own(inventory.hosts, host, 'host').roles;
}
/** The hosts of a role, in the inventory's order. */
function hostsOf(inventory, role) {
    return Object.keys(inventory.hosts).filter((host) => rolesOf(inventory, host).includes(role));
}
/** The services of all roles of a host, once each, in the plan's start order. */
function servicesOn(plan, inventory, host) {
    const wanted = new Set(rolesIn(plan, inventory, host).flatMap((role) => own(plan.roles, role, 'role').services));
    return plan['start-order'].filter((service) => wanted.has(service));
}
/** The packages of all roles of a host, once each, in the plan's order. */
function packagesOn(plan, inventory, host) {
    return [
        ...new Set(rolesIn(plan, inventory, host).flatMap((role) => own(plan.roles, role, 'role').packages)),
    ];
}
/** The hosts on which a step runs, in the inventory's order. */
function hostsOfStep(inventory, step) {
    const inRoles = (host) => rolesOf(inventory, host).some((role) => step.roles.includes(role));
    const hosts = Object.keys(inventory.hosts);
    return step.once
        ? hosts.filter(inRoles).slice(0, 1)
        : hosts.filter((host) => inRoles(host) || step.hosts.includes(host));
}
/**
 * The database behind a key, `same-as` followed to its end.
 * @throws RangeError for an unknown key, and for a circle of `same-as`
 */
function databaseOf(inventory, key) {
    const seen = new Set();
    let at = key;
    for (let entry = own(inventory.databases, at, 'database');; entry = own(inventory.databases, at, 'database')) {
        if (!('same-as' in entry)) {
            return { ...entry, key: at };
        }
        if (seen.has(at)) {
            throw new RangeError(`the databases ${[...seen].join(', ')} are the same as each other`);
        }
        seen.add(at);
        at = entry['same-as'];
    }
}
/** The databases that the plan's roles use, once each, in the order in which the roles name them. */
function databasesOf(plan, inventory) {
    const targets = new Map();
    for (const [role, { database }] of Object.entries(plan.roles)) {
        if (database !== undefined) {
            const found = databaseOf(inventory, database);
            const target = targets.get(found.key) ?? { ...found, roles: [] };
            targets.set(found.key, { ...target, roles: [...target.roles, role] });
        }
    }
    return [...targets.values()];
}
function rolesIn(plan, inventory, host) {
    const roles = rolesOf(inventory, host);
    return Object.keys(plan.roles).filter((role) => roles.includes(role));
}
/** The keys are the user's words, so that `constructor` must not be found where nobody wrote it. */
function own(entries, key, kind) {
    const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (entry === undefined) {
        throw new RangeError(`no ${kind} is called ${JSON.stringify(key)}`);
    }
    return entry;
}


/***/ }),

/***/ 66752:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qi: () => (/* binding */ judgeMachines),
/* harmony export */   Rx: () => (/* binding */ unreadLists),
/* harmony export */   Y_: () => (/* binding */ cautionsOf),
/* harmony export */   jE: () => (/* binding */ judgeHosts)
/* harmony export */ });
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57297);

/** Seconds that a host's clock may be off: beyond it, TLS and apt's Valid-Until begin to fail, and times mislead. */
const CLOCK_LIMIT = 300;
/** Why these hosts cannot be upgraded with this plan, each in words that begin with the host. */
function judgeHosts(plan, inventory, facts) {
    return [
        ...judgeMachines(facts),
        ...unreadLists(facts),
        ...unlikeOthers(plan, inventory, facts),
        ...missingServices(plan, inventory, facts),
        ...databases(plan, inventory, facts),
    ];
}
/** Why nothing at all may be done on these hosts, each in words that begin with the host. */
function judgeMachines(facts) {
    return [...sameMachines(facts), ...clocks(facts), ...missingTools(facts)];
}
/** The hosts whose package lists could not be read anew; what is on offer there is not known. */
function unreadLists(facts) {
    return [...facts]
        .filter(([, { unreadLists: words }]) => words !== '')
        .map(([host, { unreadLists: words }]) => `${host}: its package lists cannot be read:\n${words}`);
}
/**
 * What is said of these hosts without a reason to refuse. Machines with one ssh key were cloned: whoever has the key of
 * one can pass for the other, and known_hosts does not notice a wrong address.
 */
function cautionsOf(facts) {
    const all = [...facts];
    return all.flatMap(([host, { bootId, hostKeys }], index) => {
        const twin = all
            .slice(0, index)
            .find(([, other]) => other.bootId !== bootId && other.hostKeys.some((key) => hostKeys.includes(key)));
        return twin === undefined
            ? []
            : [
                `${host}: its ssh server has a key of ${twin[0]}, so known-hosts cannot tell the two apart: give one of them keys of its own (rm /etc/ssh/ssh_host_*; ssh-keygen -A) and pin them`,
            ];
    });
}
/** Two names for one machine would each stop, install and start on it. */
function sameMachines(facts) {
    return [...Map.groupBy([...facts], ([, { bootId }]) => bootId).values()].flatMap(([first, ...others]) => others.map(([host]) => `${host}: it is the same machine as ${first?.[0] ?? ''}`));
}
function clocks(facts) {
    return [...facts].flatMap(([host, { clockOffset }]) => {
        const seconds = Math.round(Math.abs(clockOffset) / 1000);
        const way = clockOffset > 0 ? 'ahead of' : 'behind';
        return seconds > CLOCK_LIMIT
            ? [
                `${host}: its clock is ${seconds} s ${way} the runner's: set it (at most ${CLOCK_LIMIT} s may be between)`,
            ]
            : [];
    });
}
/** The hosts of a role get the same packages from the same place. */
function unlikeOthers(plan, inventory, facts) {
    return Object.keys(plan.roles).flatMap((role) => {
        const [first = '', ...others] = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_0__/* .hostsOf */ .PP)(inventory, role);
        const kind = (host) => `${facts.get(host)?.release ?? ''} ${facts.get(host)?.architecture ?? ''}`;
        return others
            .filter((host) => kind(host) !== kind(first))
            .map((host) => `${host}: it is ${kind(host)}, and ${first}, which has the role ${role} too, is ${kind(first)}`);
    });
}
function missingTools(facts) {
    return [...facts]
        .filter(([, { missingTools: names }]) => names.length > 0)
        .map(([host, { missingTools: names }]) => `${host}: these tools are missing: ${names.join(', ')}`);
}
function missingServices(plan, inventory, facts) {
    return [...facts].flatMap(([host, { services }]) => (0,_inventory_js__WEBPACK_IMPORTED_MODULE_0__/* .servicesOn */ .kP)(plan, inventory, host)
        .filter((name) => services[name]?.exists !== true)
        .map((name) => `${host}: there is no service ${name}`));
}
function databases(plan, inventory, facts) {
    return (0,_inventory_js__WEBPACK_IMPORTED_MODULE_0__/* .databasesOf */ .oD)(plan, inventory).flatMap(({ key, name, on, port }) => {
        const database = facts.get(on)?.databases[key];
        if (database?.exists === true) {
            return [];
        }
        return database === undefined || database.silence !== ''
            ? [
                `${on}: the database server on port ${port} does not answer: ${database?.silence ?? 'it was not asked'}`,
            ]
            : [`${on}: there is no database ${name} on the server of port ${port}`];
    });
}


/***/ }),

/***/ 59454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A_: () => (/* binding */ irreversibleIn),
/* harmony export */   fd: () => (/* binding */ dumpEstimate),
/* harmony export */   jH: () => (/* binding */ outlookOf)
/* harmony export */ });
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57297);
/* harmony import */ var _resolved_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69693);


/** Bytes of a database that are dumped, read, hashed and sent in a second, on hardware of the plain kind. */
const DUMP_RATE = 25e6;
/** A compressed dump is a third of its database, give or take. */
const DUMP_SHARE = 1 / 3;
/** The size of a database's dump, an estimate in bytes. */
function dumpEstimate(databaseBytes) {
    return Math.round(databaseBytes * DUMP_SHARE);
}
/** What follows for people from a resolved plan and the facts of the hosts. */
function outlookOf(resolved, facts, disks) {
    return {
        databases: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_0__/* .databasesOf */ .oD)(resolved.plan, resolved.inventory).map(({ key, name, on: host, port }) => {
            const sizeBytes = facts.get(host)?.databases[key]?.sizeBytes ?? 0;
            const dumpBytes = dumpEstimate(sizeBytes);
            return { name, host, port, sizeBytes, dumpBytes, dumpSeconds: Math.ceil(sizeBytes / DUMP_RATE) };
        }),
        disks,
        irreversible: resolved.irreversible,
    };
}
/** What cannot be undone by running something else, in words. */
function irreversibleIn(resolved, facts) {
    return [...migrated(resolved), ...goneVersions(resolved, facts), ...removed(resolved)];
}
function migrated({ plan, inventory }) {
    return (0,_inventory_js__WEBPACK_IMPORTED_MODULE_0__/* .databasesOf */ .oD)(plan, inventory)
        .filter(({ roles }) => roles.some((role) => (plan.roles[role]?.migrate.length ?? 0) > 0))
        .map(({ name, on }) => `${name} on ${on} is migrated: only its dump brings the old schema back`);
}
/** The old packages of what changes that nobody offers any more. */
function goneVersions(resolved, facts) {
    return (0,_resolved_js__WEBPACK_IMPORTED_MODULE_1__/* .hostNames */ .n3)(resolved).flatMap((host) => ((0,_resolved_js__WEBPACK_IMPORTED_MODULE_1__/* .resolvedHost */ .ZN)(resolved, host).transaction?.changes ?? []).flatMap(({ name, from }) => {
        const known = facts.get(host)?.packages[name];
        return from === null || known === undefined || known.offers.includes(from)
            ? []
            : [
                `${host}: ${name} ${from} is not on offer: once replaced, it cannot be installed again from there`,
            ];
    }));
}
function removed(resolved) {
    return (0,_resolved_js__WEBPACK_IMPORTED_MODULE_1__/* .hostNames */ .n3)(resolved).flatMap((host) => ((0,_resolved_js__WEBPACK_IMPORTED_MODULE_1__/* .resolvedHost */ .ZN)(resolved, host).transaction?.removals ?? []).map(({ name, version }) => `${host}: ${name} ${version} is removed`));
}


/***/ }),

/***/ 46190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ recordKey),
/* harmony export */   e: () => (/* binding */ parsePackageRecords)
/* harmony export */ });
/** The key of a record. */
function recordKey(name, version, architecture) {
    return `${name} ${version} ${architecture}`;
}
/** By `recordKey`. Of several records of one the first counts, which is apt's choice too. */
function parsePackageRecords(stdout) {
    const records = new Map();
    for (const block of stdout.split(/\n{2,}/)) {
        const field = (name) => new RegExp(`^${name}: (\\S+)$`, 'm').exec(block)?.[1] ?? '';
        const key = recordKey(field('Package'), field('Version'), field('Architecture'));
        if (field('Package') !== '' && !records.has(key)) {
            const sha256 = field('SHA256');
            records.set(key, {
                sha256: /^[0-9a-f]{64}$/.test(sha256) ? sha256 : null,
                size: numberIn(field('Size')),
                // deb-control(5) counts in units of 1024 bytes.
                installedSize: numberIn(field('Installed-Size')) * 1024,
            });
        }
    }
    return records;
}
function numberIn(text) {
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}


/***/ }),

/***/ 4887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a8: () => (/* binding */ wordOn),
/* harmony export */   sG: () => (/* binding */ parseResolution),
/* harmony export */   vM: () => (/* binding */ textOfWord)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);

/**
 * Reads `done`, `again`, or lines `STEP: done` (`STEP on HOST: done` where hosts differ).
 * @throws ConfigurationError for anything else
 */
function parseResolution(text) {
    const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const found = new Map();
    for (const line of lines) {
        const [, name, verdict] = /^(?:(\S+(?: on \S+)?)\s*:\s*)?(done|again)$/.exec(line) ?? [];
        const key = name ?? null;
        if (verdict === undefined || found.has(key) || (key === null && lines.length > 1)) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1(`the input resolve has ${JSON.stringify(line)}, expected done or again, or a line STEP: done for each step once`);
        }
        found.set(key, verdict);
    }
    return found;
}
/** What a person said of one step on one host, or undefined. @param only is it the only one that waits? */
function wordOn(resolution, { name, host }, only) {
    const names = [`${name} on ${host}`, name, ...(only ? [null] : [])];
    return names
        .map((about) => ({ about, verdict: resolution.get(about) }))
        .find((word) => word.verdict !== undefined);
}
/** The word as it stands in the input. */
function textOfWord({ about, verdict }) {
    return about === null ? verdict : `${about}: ${verdict}`;
}


/***/ }),

/***/ 69693:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ plannedServices),
/* harmony export */   ZN: () => (/* binding */ resolvedHost),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   n3: () => (/* binding */ hostNames),
/* harmony export */   sV: () => (/* binding */ plannedService),
/* harmony export */   v$: () => (/* binding */ migrationHost)
/* harmony export */ });
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57297);

/** The hosts in the inventory's order. */
function hostNames(resolved) {
    return Object.keys(resolved.inventory.hosts);
}
/** What was resolved for a host; a host that the plan does nothing on has empty lists. */
function resolvedHost(resolved, host) {
    return resolved.hosts[host] ?? { packages: {}, transaction: null, running: [] };
}
/** The services of a host's roles, whether they run or not, in start order. */
function plannedServices(resolved, host) {
    return (0,_inventory_js__WEBPACK_IMPORTED_MODULE_0__/* .servicesOn */ .kP)(resolved.plan, resolved.inventory, host).map((name) => plannedService(resolved, name));
}
function plannedService(resolved, name) {
    return { name, hint: resolved.plan.services[name]?.process ?? {} };
}
/** The one host that runs the migrations of a role: its first one, however many there are. */
function migrationHost(resolved, role) {
    const [host] = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_0__/* .hostsOf */ .PP)(resolved.inventory, role);
    if (host === undefined) {
        throw new RangeError(`no host has the role ${role}`);
    }
    return host;
}
/** What a step's author wrote: its script, or what its file holds. */
function textOf({ sources }, { run, script, file }) {
    const path = script ?? file?.source ?? '';
    const text = run ?? file?.content ?? sources[path];
    if (text === undefined) {
        throw new RangeError(`the text of ${path} was not read with the plan`);
    }
    return text;
}


/***/ }),

/***/ 75918:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AU: () => (/* binding */ isAtHead),
/* harmony export */   Ri: () => (/* binding */ pendingMigrations),
/* harmony export */   dN: () => (/* binding */ judgeSchema),
/* harmony export */   lo: () => (/* binding */ appliedSchema)
/* harmony export */ });
/** The lines that name a pending migration. */
function pendingMigrations(output, rule) {
    if (rule.pending === undefined) {
        return [];
    }
    const pattern = new RegExp(rule.pending);
    return linesOf(output).filter((line) => pattern.test(line));
}
/**
 * What of the output says how far the database is, whatever the code that prints it: newer code lists more pending
 * migrations, headings of new parts that have nothing else, and calls the same revision the newest one no longer, on
 * a database that nobody touched.
 */
function appliedSchema(output, rule) {
    const lines = linesOf(output);
    const pending = new Set(pendingMigrations(output, rule));
    const head = rule.head === undefined ? null : new RegExp(rule.head, 'g');
    return lines
        .filter((line, index) => !pending.has(line) && !announcesOnly(pending, lines, index))
        .map((line) => (head === null ? line : line.replace(head, '')).trim())
        .join('\n');
}
/** Does a role's command say that nothing is pending? One that fails says nothing. */
function isAtHead({ ok, output }, rule) {
    return ok && judgeSchema(output, rule).length === 0;
}
/** Is a line the heading of indented lines below it, all of which are pending? */
function announcesOnly(pending, lines, index) {
    const own = indentOf(lines[index] ?? '');
    const below = lines.slice(index + 1);
    const end = below.findIndex((line) => indentOf(line) <= own);
    const children = end < 0 ? below : below.slice(0, end);
    return children.length > 0 && children.every((line) => pending.has(line));
}
function indentOf(line) {
    return line.length - line.trimStart().length;
}
/** Why the schema is not where it should be, in words; empty when it is. */
function judgeSchema(output, rule) {
    const pending = pendingMigrations(output, rule);
    const refusals = pending.length === 0
        ? []
        : [
            `${pending.length === 1 ? '1 migration is' : `${pending.length} migrations are`} pending: ${pending.map((line) => line.trim()).join(', ')}`,
        ];
    if (rule.head !== undefined) {
        const pattern = new RegExp(rule.head);
        if (!linesOf(output).some((line) => pattern.test(line))) {
            refusals.push(`no line says that the newest migration was applied (${rule.head}): ${output.trim().slice(-200) || 'no output'}`);
        }
    }
    return refusals;
}
function linesOf(output) {
    return output.split(/\r?\n/).filter((line) => line.trim() !== '');
}


/***/ }),

/***/ 44641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ scopeOf),
/* harmony export */   a: () => (/* binding */ withinScope)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57297);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39099);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6282);




/**
 * What a limit lets a run touch.
 * @param limit names of hosts and roles; all is in scope when there is none
 * @throws ConfigurationError for unknown names, and for a limit that cuts through the roles of a host or a database
 */
function scopeOf(plan, inventory, limit) {
    const targets = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_1__/* .databasesOf */ .oD)(plan, inventory);
    if (limit.length === 0) {
        const databases = targets.map(({ key }) => key);
        return { whole: true, hosts: new Set(Object.keys(inventory.hosts)), databases: new Set(databases) };
    }
    const hosts = new Set(limit.flatMap((name) => hostsNamed(plan, inventory, name)));
    const roles = new Set([...hosts].flatMap((host) => (0,_inventory_js__WEBPACK_IMPORTED_MODULE_1__/* .rolesOf */ .R7)(inventory, host)));
    refuseCuts([...hosts].flatMap((host) => sharedHost(inventory, limit, host)), limit);
    refuseCuts(targets.flatMap((target) => cutThrough(`the database ${target.name}`, target.roles, roles)), limit);
    const databases = targets
        .filter((target) => target.roles.every((role) => roles.has(role)) || limit.includes(target.on))
        .map(({ key }) => key);
    return { whole: false, hosts, databases: new Set(databases) };
}
/** The stages without the steps that are out of scope. */
function withinScope(stages, scope) {
    const inScope = (step) => step.kind === 'runner'
        ? step.databases.some((key) => scope.databases.has(key))
        : scope.hosts.has(step.host);
    return stages.map((stage) => ({ ...stage, lanes: stage.lanes.map((lane) => lane.filter(inScope)) }));
}
function hostsNamed(plan, inventory, name) {
    const host = Object.hasOwn(inventory.hosts, name) ? [name] : null;
    const role = Object.hasOwn(plan.roles, name) ? (0,_inventory_js__WEBPACK_IMPORTED_MODULE_1__/* .hostsOf */ .PP)(inventory, name) : null;
    if (host !== null && role !== null && role.join() !== name) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1(`limit: ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(name)} is a host and also a role (on ${role.join(', ')}); name its hosts instead`);
    }
    const found = host ?? role;
    if (found === null) {
        const known = [...Object.keys(inventory.hosts), ...Object.keys(plan.roles)];
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1(`limit: there is no host and no role ${(0,_problem_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(name)}${(0,_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .suggestion */ .h)(name, known)}`);
    }
    return found;
}
/** Packages and services of a host are handled together, so that one of its roles alone is no part of it. */
function sharedHost(inventory, limit, host) {
    return limit.includes(host) ? [] : cutThrough(`the host ${host}`, (0,_inventory_js__WEBPACK_IMPORTED_MODULE_1__/* .rolesOf */ .R7)(inventory, host), new Set(limit));
}
/** Why a limit has some and not all of these roles, in words; nothing when it has all or none. */
function cutThrough(what, roles, limited) {
    const left = roles.filter((role) => !limited.has(role));
    return left.length === 0 || left.length === roles.length
        ? []
        : [`${what} belongs to ${roles.join(', ')}, and ${left.join(', ')} would be left out`];
}
function refuseCuts(cuts, limit) {
    if (cuts.length > 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1(`limit: ${limit.join(', ')} cuts through what belongs together: ${cuts.join('; ')}`);
    }
}


/***/ }),

/***/ 75890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  yB: () => (/* binding */ aptsWords),
  q_: () => (/* binding */ joinTransactions),
  K4: () => (/* binding */ judgeTransaction),
  MH: () => (/* binding */ parseTransaction),
  XK: () => (/* binding */ withoutHash)
});

;// CONCATENATED MODULE: ./build/domain/beneath.js
/**
 * What lies beneath every stack: a change of one of these can take the way in, the database or the interpreter away,
 * and can't be taken back by installing old packages. Globs, by what they are.
 */
const groups = {
    libraries: 'libc6 libc6-* libc-bin locales* libgcc-s1 libstdc++6 libcrypt1 libpam* libselinux1 libssl* libgnutls*',
    access: 'openssh-* ssh openssl sudo login passwd',
    init: `systemd systemd-* libsystemd* udev libudev* dbus dbus-* init init-system-helpers initscripts insserv
    orphan-sysvinit-scripts startpar sysv-rc sysvinit*`,
    database: 'postgresql postgresql-* mysql-* mariadb-*',
    packaging: 'apt debconf dpkg libapt-pkg*',
    base: `base-files base-passwd bash coreutils dash debianutils grep mount sed tar util-linux ifupdown iproute2 netbase
    linux-image-* grub-*`,
    interpreters: `perl perl-base perl-modules* libperl* python python-minimal libpython*
    python2 python2-minimal python2.? python2.?-* python3 python3-minimal python3.? python3.?-* python3.?? python3.??-*`,
};
/** Globs of packages that no upgrade changes unless its plan names them. */
const beneathTheStack = Object.values(groups).flatMap((names) => names.split(/\s+/));

// EXTERNAL MODULE: ./build/domain/glob.js
var domain_glob = __webpack_require__(73871);
// EXTERNAL MODULE: ./build/domain/package-records.js
var package_records = __webpack_require__(46190);
;// CONCATENATED MODULE: ./build/domain/transaction.js



/**
 * Reads what `apt-get -s install` printed, untranslated, and after it the records of the package lists.
 * @throws Error with the line that was not understood
 */
function parseTransaction(stdout) {
    const lines = stdout.split('\n');
    const records = (0,package_records/* parsePackageRecords */.e)(stdout);
    return {
        changes: lines.filter((line) => line.startsWith('Inst ')).map((line) => parseChange(line, records)),
        removals: lines.filter((line) => /^(Remv|Purg) /.test(line)).map(parseRemoval),
        held: heldIn(lines),
    };
}
/** What apt itself said that it would do, a line each, and their count: without the lists and the records around it. */
function aptsWords(stdout) {
    return stdout
        .split('\n')
        .filter((line) => /^(?:(?:Inst|Conf|Remv|Purg) |\d+ upgraded, )/.test(line))
        .join('\n');
}
function parseChange(line, records) {
    const match = /^Inst (\S+) (?:\[([^\]]+)\] )?\((\S+) ?(.*?) ?\[([^\]]+)\]\)/.exec(line);
    const [, written = '', from = null, to = '', origin = '', architecture = ''] = match ?? [];
    if (match === null) {
        throw new Error(`apt's simulation is not understood: ${JSON.stringify(line)}`);
    }
    const name = written.split(':')[0] ?? '';
    const sha256 = records.get((0,package_records/* recordKey */.H)(name, to, architecture))?.sha256 ?? null;
    return { name, architecture, from, to, origin, sha256 };
}
function parseRemoval(line) {
    const match = /^(?:Remv|Purg) (\S+) \[([^\]]+)\]/.exec(line);
    if (match === null) {
        throw new Error(`apt's simulation is not understood: ${JSON.stringify(line)}`);
    }
    return { name: match[1] ?? '', version: match[2] ?? '' };
}
/** The indented lines below apt's heading. */
function heldIn(lines) {
    const heading = lines.indexOf('The following held packages will be changed:');
    const rest = heading < 0 ? [] : lines.slice(heading + 1);
    const end = rest.findIndex((line) => !line.startsWith('  '));
    return rest.slice(0, end).flatMap((line) => line.trim().split(/\s+/));
}
/** The packages whose content nobody can name before it is there, in words. */
function withoutHash({ changes }) {
    return changes
        .filter(({ sha256 }) => sha256 === null)
        .map(({ name, to }) => `the package list that has ${name} ${to} has no SHA-256 of it: its version can be approved, its content cannot`);
}
const PERMITTED = ' (a plan permits it by apt.allow)';
/** Why this transaction may not be done, in words, one a package; empty when it may. */
function judgeTransaction(transaction, rules) {
    const { packages, allow, beneath = beneathTheStack, compare } = rules;
    const allowed = (name) => matchesAny(allow, name);
    const named = (name) => packages.includes(name) || allowed(name);
    const removals = transaction.removals
        .filter(({ name }) => !allowed(name))
        .map(({ name, version }) => `${name} ${version} would be removed${PERMITTED}`);
    const changes = transaction.changes.flatMap(({ name, from, to }) => {
        if (from !== null && compare(to, from) < 0) {
            return [`${name} would be downgraded from ${from} to ${to}`];
        }
        return matchesAny(beneath, name) && !named(name)
            ? [
                `${name} lies beneath the stack and would be ${from === null ? `installed as ${to}` : `changed from ${from} to ${to}`}${PERMITTED}`,
            ]
            : [];
    });
    const held = transaction.held
        .filter((name) => !allowed(name))
        .map((name) => `${name} is on hold and would be changed${PERMITTED}`);
    return [...removals, ...changes, ...held];
}
function matchesAny(globs, name) {
    return globs.some((glob) => (0,domain_glob/* globMatches */.m)(glob, name));
}
/** What the whole upgrade changes: from what was there at its beginning to what comes now. */
function joinTransactions(before, now) {
    const keyOf = ({ name, architecture }) => `${name}:${architecture}`;
    const earlier = new Map((before?.changes ?? []).map((change) => [keyOf(change), change]));
    const changed = new Set(now.changes.map(keyOf));
    return {
        ...now,
        changes: [
            ...[...earlier.values()].filter((change) => !changed.has(keyOf(change))),
            ...now.changes.map((change) => ({ ...change, from: earlier.get(keyOf(change))?.from ?? change.from })),
        ],
        removals: [...(before?.removals ?? []), ...now.removals],
        held: [...new Set([...(before?.held ?? []), ...now.held])],
    };
}


/***/ }),

/***/ 61994:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TY: () => (/* binding */ runnerDisks),
/* harmony export */   Vb: () => (/* binding */ copiesWithoutRoom),
/* harmony export */   X_: () => (/* binding */ hostDisks),
/* harmony export */   Yk: () => (/* binding */ FOLDERS)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _commands_host_library_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28523);
/* harmony import */ var _domain_disks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(31563);
/* harmony import */ var _domain_inventory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57297);
/* harmony import */ var _domain_outlook_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(59454);





/** How a disk of the machine that runs the upgrade is called; no host has such a name. */
const RUNNER = 'the runner';
/** Bytes for the journal, the logs of its steps and the copy of /etc. */
const JOURNAL = 64e6;
/** Bytes for what dpkg writes about the packages. */
const LISTS = 16e6;
/** Folders of a host whose room counts: what the upgrade keeps and downloads, where packages go, where dpkg writes. */
const FOLDERS = { kept: _commands_host_library_js__WEBPACK_IMPORTED_MODULE_1__/* .ROOT */ .Dl, packages: '/usr', dpkg: '/var/lib/dpkg' };
/** What is free on the hosts, against what the upgrade needs there as far as that is known. */
function hostDisks(facts, rooms = new Map()) {
    return [...facts].flatMap(([host, { free, databases }]) => {
        const { download, unpack } = rooms.get(host) ?? { download: 0, unpack: 0 };
        const needs = {
            [FOLDERS.kept]: JOURNAL + download,
            [FOLDERS.packages]: unpack,
            [FOLDERS.dpkg]: unpack > 0 ? LISTS : 0,
        };
        const served = new Set(Object.values(databases).map(({ dataFree }) => dataFree.device));
        return (0,_domain_disks_js__WEBPACK_IMPORTED_MODULE_2__/* .disksOf */ .Gu)(host, Object.entries(free).map(([path, space]) => ({ path, bytes: needs[path] ?? 0, free: space })), { served });
    });
}
/**
 * What is free where the runner has dumps on their way, and where it keeps them if it does that itself, against the
 * estimated size of the dumps.
 * @param keys the databases that are dumped, by the inventory's keys
 * @param points how many dumps of each are kept
 */
async function runnerDisks(settings, { plan, inventory }, facts, keys, points) {
    const bytes = (0,_domain_inventory_js__WEBPACK_IMPORTED_MODULE_3__/* .databasesOf */ .oD)(plan, inventory)
        .filter(({ key }) => keys.has(key))
        .map(({ on, key }) => (0,_domain_outlook_js__WEBPACK_IMPORTED_MODULE_4__/* .dumpEstimate */ .fd)(facts.get(on)?.databases[key]?.sizeBytes ?? 0))
        .reduce((total, one) => total + one, 0);
    const need = async (path, times) => ({
        path,
        bytes: bytes * times,
        free: await settings.freeSpace(path),
    });
    // Of the folder of this run only the parent says anything to people.
    const passing = await need((0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(settings.folder), 1);
    const kept = settings.kept === null ? [] : [await need(settings.kept, points)];
    return bytes === 0 ? [] : (0,_domain_disks_js__WEBPACK_IMPORTED_MODULE_2__/* .disksOf */ .Gu)(RUNNER, [passing, ...kept], { estimated: true });
}
/** Where the copies of dumps that their hosts keep may not find room, in words: no reason to refuse. */
function copiesWithoutRoom({ plan, inventory }, facts, disks) {
    const targets = Map.groupBy((0,_domain_inventory_js__WEBPACK_IMPORTED_MODULE_3__/* .databasesOf */ .oD)(plan, inventory), ({ on }) => on);
    return [...targets].flatMap(([host, databases]) => {
        const disk = disks.find((each) => each.host === host && each.folders.includes(FOLDERS.kept));
        // A dump claims as much as its database has, since nobody knows how well it is compressed.
        const size = databases.reduce((total, { key }) => total + (facts.get(host)?.databases[key]?.sizeBytes ?? 0), 0);
        return disk === undefined || disk.freeBytes - size >= Math.max(_domain_disks_js__WEBPACK_IMPORTED_MODULE_2__/* .RESERVE */ .BP, disk.needBytes)
            ? []
            : [
                `${host}: there may be no room for copies of the dumps in ${FOLDERS.kept}: then the stored dump is the only one`,
            ];
    });
}


/***/ }),

/***/ 68925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  YZ: () => (/* binding */ generations),
  c3: () => (/* binding */ globalsName),
  GD: () => (/* binding */ globalsOf),
  x_: () => (/* binding */ reportedDumps),
  so: () => (/* binding */ reportedGlobals),
  gc: () => (/* binding */ restoreGlobalsLines),
  AL: () => (/* binding */ restoreLines)
});

// UNUSED EXPORTS: allDumps

// EXTERNAL MODULE: ./build/shell/quote.js
var quote = __webpack_require__(48313);
;// CONCATENATED MODULE: ./build/commands/restore-sql.js
/** PostgreSQL cuts longer names off, silently. */
const NAME_BYTES = 63;
/** The name with the suffix, shortened before the suffix where it would be too long. */
function fittingName(name, suffix) {
    const letters = [...name];
    while (Buffer.byteLength(letters.join('') + suffix) > NAME_BYTES) {
        letters.pop();
    }
    return letters.join('') + suffix;
}
/** Makes an empty database like the one that was dumped; one that an earlier try left is dropped. */
function createDatabase(name, shape) {
    const icu = shape.icuLocale === null ? '' : `\n  LOCALE_PROVIDER icu ICU_LOCALE ${literal(shape.icuLocale)}`;
    return `DROP DATABASE IF EXISTS ${identifier(name)};
CREATE DATABASE ${identifier(name)} OWNER ${identifier(shape.owner)} TEMPLATE template0
  ENCODING ${literal(shape.encoding)} LC_COLLATE ${literal(shape.collate)} LC_CTYPE ${literal(shape.ctype)}${icu};`;
}
/** Gives the restored database the name, and the old one (if it is still there) another; all of it or nothing. */
function swapDatabases(name, restored, broken) {
    return `BEGIN;
DO $do$ BEGIN
  IF EXISTS (SELECT FROM pg_database WHERE datname = ${literal(name)}) THEN
    ALTER DATABASE ${identifier(name)} RENAME TO ${identifier(broken)};
  END IF;
END $do$;
ALTER DATABASE ${identifier(restored)} RENAME TO ${identifier(name)};
${copyProperties(broken, name)}
COMMIT;`;
}
/** A list among the settings is kept with its own quotes, and must not get others around it. */
function copyProperties(from, to) {
    return `DO $do$
DECLARE command text;
BEGIN
  FOR command IN
    SELECT format('ALTER %s SET %I TO %s', CASE setrole WHEN 0 THEN format('DATABASE %I', ${literal(to)})
        ELSE format('ROLE %s IN DATABASE %I', setrole::regrole, ${literal(to)}) END,
        split_part(setting, '=', 1), CASE WHEN split_part(setting, '=', 1) IN ('search_path', 'temp_tablespaces',
          'local_preload_libraries', 'session_preload_libraries') THEN value ELSE quote_literal(value) END)
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(setconfig) AS setting,
        substr(setting, position('=' IN setting) + 1) AS value
      WHERE d.datname = ${literal(from)}
    UNION ALL
    SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', ${literal(to)})
      FROM pg_database WHERE datname = ${literal(from)} AND datacl IS NOT NULL
    UNION ALL
    SELECT format('GRANT %s ON DATABASE %I TO %s%s', privilege_type, ${literal(to)},
        CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
        CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM pg_database, aclexplode(datacl) WHERE datname = ${literal(from)}
  LOOP
    EXECUTE command;
  END LOOP;
END $do$;`;
}
function identifier(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
/** Safe whatever `standard_conforming_strings` says. */
function literal(text) {
    const quoted = `'${text.replaceAll("'", "''")}'`;
    return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

;// CONCATENATED MODULE: ./build/commands/restore.js


/**
 * The lines that a person pastes into a root shell of the database host to restore one dump. The dump goes into a new
 * database (`pg_restore --clean` fails where new tables depend on old ones); only when all of it is in are the two
 * swapped, and the old one stays under another name. Settings and grants of the database itself, which no archive
 * brings back without making the database too, are copied from the old one.
 */
function restoreByHand({ database, file, shape, suffix }) {
    const { name, port } = database;
    const restored = fittingName(name, `_restored_${suffix}`);
    const broken = fittingName(name, `_broken_${suffix}`);
    const psql = `runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -p ${port} -d postgres`;
    const restore = `runuser -u postgres -- pg_restore --exit-on-error -p ${port} -d ${(0,quote/* quote */.h)(connectionTo(restored))}`;
    return [
        `# Stop everything that uses the database ${name} first. As it is now it stays, under the name ${broken}.`,
        '(',
        'set -e; cd /',
        heredoc(psql, createDatabase(restored, shape)),
        `${restore} < ${(0,quote/* quote */.h)(file)}`,
        heredoc(psql, swapDatabases(name, restored, broken)),
        `echo ${(0,quote/* quote */.h)(`restored: ${name}`)}`,
        ')',
    ].join('\n');
}
/**
 * The lines that a person pastes into a root shell of the database host to bring back the roles and grants of a server.
 * Psql goes on after an error, since the dump makes every role, those that are there as well.
 */
function restoreGlobalsByHand(port, file) {
    return [
        '# Needed only where roles are lost, or what they may do. What the dump does not know stays. Of every role that is',
        '# there an ERROR says that it already exists, and a NOTICE may say so of a grant: no other ERROR may be said.',
        `( cd / && runuser -u postgres -- psql -X -q -p ${port} -d postgres < ${(0,quote/* quote */.h)(file)} )`,
    ].join('\n');
}
/** `-d` reads a name with an equals sign as a connection string, so such a name is written as one. */
function connectionTo(name) {
    return /^\w[\w.-]*$/.test(name) ? name : `dbname='${name.replaceAll(/['\\]/g, '\\$&')}'`;
}
function heredoc(command, text) {
    return `${command} <<'END_OF_SQL'\n${text}\nEND_OF_SQL`;
}

// EXTERNAL MODULE: ./build/domain/dump.js
var dump = __webpack_require__(15287);
// EXTERNAL MODULE: ./build/domain/inventory.js
var inventory = __webpack_require__(57297);
;// CONCATENATED MODULE: ./build/executor/dump-records.js



/** Every dump that counts, of all databases. */
function allDumps({ journal, resolved }) {
    return (0,inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory).flatMap((target) => ['before', 'after-migrate', 'after-steps'].flatMap((point) => generations(journal, target, point)));
}
/** Every dump with the commands that restore it. */
function reportedDumps(recorded) {
    return allDumps(recorded).map(({ state, ...record }) => ({
        ...record,
        rows: Object.values(state.rows).reduce((sum, count) => sum + count, 0),
        restore: restoreLines(record),
    }));
}
/** The roles and grants of every server, with the commands that bring them back. */
function reportedGlobals({ journal, resolved }) {
    const servers = new Map((0,inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory).map((target) => [`${target.on}:${target.port}`, target]));
    return [...servers.values()].flatMap((target) => {
        const record = globalsOf(journal, target);
        return record === undefined ? [] : [{ ...record, restore: restoreGlobalsLines(record) }];
    });
}
/** The roles and grants of a database's server, or undefined. */
function globalsOf(journal, { on, port }) {
    const text = journal.record(on, globalsName(port));
    return text === undefined ? undefined : JSON.parse(text);
}
function globalsName(port) {
    return `globals.${port}`;
}
/** The dumps of a database at one point, the first one first. */
function generations(journal, target, point) {
    const found = [];
    for (;;) {
        const text = journal.record(target.on, (0,dump/* recordName */.xD)(target.key, point, found.length + 1));
        if (text === undefined) {
            return found;
        }
        found.push(JSON.parse(text));
    }
}
/** The lines for the database's host. A dump without a copy there is fetched from its store and decrypted first. */
function restoreLines(record) {
    const { name, port, generation, shape } = record;
    const suffix = `${new Date(record.takenAt).toISOString().replace(/\D/g, '').slice(0, 14)}_${generation}`;
    return onceFetched(record, '/root/restore.dump', (file) => restoreByHand({ database: { name, port }, file, shape, suffix }));
}
/** The same for the roles and grants of a server. */
function restoreGlobalsLines(record) {
    return onceFetched(record, '/root/globals.sql', (file) => restoreGlobalsByHand(record.port, file));
}
/** @param lines what is to be done with the file, once it is on its host @param place where it goes if it is not yet */
function onceFetched({ hostCopy, stored, encrypted }, place, lines) {
    if (hostCopy !== null) {
        return lines(hostCopy);
    }
    const source = stored?.url ?? stored?.path ?? 'its store';
    const fetch = encrypted
        ? `# Fetch ${stored?.name} from ${source} and decrypt it: age -d -i KEY.txt ${stored?.name} > ${place}`
        : `# Fetch ${stored?.name} from ${source} to ${place}`;
    return `${fetch}\n${lines(place)}`;
}


/***/ }),

/***/ 14412:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lB: () => (/* binding */ observe),
  c_: () => (/* binding */ readContent),
  xG: () => (/* binding */ readWrites),
  GM: () => (/* binding */ refuseSessions)
});

// EXTERNAL MODULE: ./build/commands/postgres.js
var postgres = __webpack_require__(67384);
;// CONCATENATED MODULE: ./build/commands/postgres-parse.js
/** Reads the answer of `sessions`. @throws Error with the line that was not understood */
function parseSessions(stdout) {
    return linesOf(stdout).map((line) => {
        const row = parse(line);
        const { pid, user, application, address, state } = row;
        if (!Number.isSafeInteger(pid) || Number(pid) < 1) {
            throw notUnderstood(line);
        }
        return {
            pid: Number(pid),
            user: postgres_parse_text(line, user ?? ''),
            application: postgres_parse_text(line, application ?? ''),
            address: postgres_parse_text(line, address),
            state: postgres_parse_text(line, state),
        };
    });
}
/** Reads the answer of `writeCounters`. @throws Error with the line that was not understood */
function parseCounters(stdout) {
    const [line = '', ...more] = linesOf(stdout);
    const { oid, inserted, updated, deleted, reset } = parse(line);
    const counts = [oid, inserted, updated, deleted];
    if (more.length > 0 || !counts.every((count) => typeof count === 'string' && /^\d+$/.test(count))) {
        throw notUnderstood(stdout);
    }
    return {
        oid: postgres_parse_text(line, oid),
        inserted: postgres_parse_text(line, inserted),
        updated: postgres_parse_text(line, updated),
        deleted: postgres_parse_text(line, deleted),
        reset: reset === null ? null : postgres_parse_text(line, reset),
    };
}
/** Reads the answer of `rowCounts`: rows by table, as `public.users`. @throws Error with the line not understood */
function parseRowCounts(stdout) {
    return Object.fromEntries(linesOf(stdout).map((line) => {
        const row = parse(line);
        if (!Array.isArray(row) || row.length !== 2 || !/^\d+$/.test(String(row[1]))) {
            throw notUnderstood(line);
        }
        return [postgres_parse_text(line, row[0]), Number(row[1])];
    }));
}
function linesOf(stdout) {
    return stdout.split('\n').filter((line) => line !== '');
}
function parse(line) {
    try {
        const row = JSON.parse(line);
        if (typeof row === 'object' && row !== null) {
            return row;
        }
    }
    catch (error) {
        throw notUnderstood(line, { cause: error });
    }
    throw notUnderstood(line);
}
function postgres_parse_text(line, value) {
    if (typeof value !== 'string') {
        throw notUnderstood(line);
    }
    return value;
}
function notUnderstood(line, options) {
    return new Error(`the database server's answer is not understood: ${JSON.stringify(line.slice(0, 200))}`, options);
}

// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/domain/schema-state.js
var schema_state = __webpack_require__(75918);
// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
// EXTERNAL MODULE: ./build/executor/read-schemas.js + 1 modules
var read_schemas = __webpack_require__(80074);
;// CONCATENATED MODULE: ./build/executor/observe-database.js






/** Milliseconds that a stopped service's last connections may take to go. */
const PATIENCE = 10_000;
/** What a database is like now: counters of writes, rows of its tables, heads of its roles. */
async function observe(context, target) {
    const writes = await readWrites(context, target);
    return { writes, ...(await readContent(context, target)) };
}
/** Reads the counters alone, for a dump that begins right after: whatever is written later shows. */
async function readWrites({ runner }, target) {
    return parseCounters(await (0,ask/* askOk */.qI)(runner, target.on, (0,postgres/* writeCounters */.T1)(target)));
}
/**
 * Reads what takes longer, heads and rows, which nobody changes while a dump runs beside it.
 * @throws UpgradeError when a role's `schema` command fails: what the database is at would not be known
 */
async function readContent({ runner, resolved }, target) {
    const [schemas, rows] = await Promise.all([
        (0,read_schemas/* readSchemas */.x)(runner, resolved, target.roles),
        (0,ask/* askOk */.qI)(runner, target.on, (0,postgres/* rowCounts */.VZ)(target)),
    ]);
    const failed = (0,read_schemas/* failedSchemas */.W)(schemas);
    if (failed.length > 0) {
        throw new errors/* UpgradeError */.fy(failed.join('\n'), {
            host: [...schemas.values()].find(({ ok }) => !ok)?.host ?? null,
            next: 'Make the command answer on the host, or correct it in the plan, and run the same again.',
        });
    }
    const heads = [...schemas].map(([role, { output }]) => [
        role,
        (0,schema_state/* appliedSchema */.lo)(output, resolved.plan.roles[role] ?? {}),
    ]);
    return { heads: Object.fromEntries(heads), rows: parseRowCounts(rows) };
}
/**
 * Refuses while anybody else is connected: services are not the only writers.
 * @throws UpgradeError naming every session
 */
async function refuseSessions({ runner }, target) {
    const deadline = runner.clock.now() + PATIENCE;
    for (;;) {
        const found = parseSessions(await (0,ask/* askOk */.qI)(runner, target.on, (0,postgres/* sessions */.Mf)(target)));
        if (found.length === 0) {
            return;
        }
        if (runner.clock.now() >= deadline) {
            throw new errors/* UpgradeError */.fy(`${target.on}: somebody is still connected to ${target.name}`, {
                host: target.on,
                command: 'look at pg_stat_activity',
                output: found
                    .map(({ pid, user, application, address, state }) => `pid ${pid}: user ${user}, ${application || 'no name'}, from ${address || 'the host itself'}, ${state}`)
                    .join('\n'),
                next: `End these sessions (on ${target.on}: select pg_terminate_backend(PID)), keep whoever made them away, and run again.`,
            });
        }
        await runner.clock.sleep(500, runner.signal);
    }
}


/***/ }),

/***/ 80074:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ failedSchemas),
  x: () => (/* binding */ readSchemas)
});

// EXTERNAL MODULE: ./build/domain/inventory.js
var domain_inventory = __webpack_require__(57297);
// EXTERNAL MODULE: ./build/facts/look.js + 9 modules
var look = __webpack_require__(32149);
// EXTERNAL MODULE: ./build/facts/records.js
var facts_records = __webpack_require__(53338);
;// CONCATENATED MODULE: ./build/facts/schema.js


/** Runs the `schema` command of a role, for `parseSchemaEnd`. */
function readSchema(role, command) {
    return (0,look/* look */.O)(`read the schema of ${role}`, [['schema', command]]);
}
/** @throws Error with the host and the line that was not understood, or when the answer was cut short */
function parseSchemaEnd(host, answer) {
    const records = (0,facts_records/* readRecords */.T3)(host, answer);
    const ended = (0,facts_records/* onlyRecord */.c8)(host, records, 'ended');
    const [, stderr = ''] = (0,facts_records/* fieldsOf */.Pf)(host, ended, 2);
    return { code: (0,facts_records/* numberAt */.tk)(host, ended, 0), stdout: (0,facts_records/* toolOutput */.WT)(host, records, 'schema'), stderr };
}

// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
// EXTERNAL MODULE: ./build/executor/pool.js
var pool = __webpack_require__(6508);
;// CONCATENATED MODULE: ./build/executor/read-schemas.js




/** Runs every role's `schema` command on its migrating host. Of one that fails, it says why. */
async function readSchemas(runner, { plan, inventory }, among = Object.keys(plan.roles)) {
    const roles = among.filter((role) => plan.roles[role]?.schema !== undefined);
    return await (0,pool/* mapParallel */.EQ)(roles, async (role) => {
        const host = (0,domain_inventory/* hostsOf */.PP)(inventory, role)[0] ?? '';
        const command = readSchema(role, plan.roles[role]?.schema ?? '');
        const { code, stdout, stderr } = parseSchemaEnd(host, await (0,ask/* askOk */.qI)(runner, host, command));
        const failed = `${stdout}\nended with exit code ${code}: ${stderr.slice(-1000)}`;
        return { host, ok: code === 0, output: code === 0 ? stdout : failed };
    });
}
/** Why nothing can be said about roles whose command failed, each beginning with its host. */
function failedSchemas(answers) {
    return [...answers].flatMap(([role, { host, ok, output }]) => ok ? [] : [`${host}: the schema command of ${role} failed: ${(0,ask/* lastLines */.w$)(output, 3)}`]);
}


/***/ }),

/***/ 60045:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  MH: () => (/* binding */ readFacts),
  WJ: () => (/* binding */ simulateInstall),
  Fr: () => (/* binding */ survey)
});

// EXTERNAL MODULE: ./build/domain/choose-versions.js
var choose_versions = __webpack_require__(30492);
// EXTERNAL MODULE: ./build/domain/inventory.js
var domain_inventory = __webpack_require__(57297);
// EXTERNAL MODULE: ./build/domain/judge-hosts.js
var judge_hosts = __webpack_require__(66752);
// EXTERNAL MODULE: ./build/domain/outlook.js
var outlook = __webpack_require__(59454);
// EXTERNAL MODULE: ./build/domain/transaction.js + 1 modules
var domain_transaction = __webpack_require__(75890);
// EXTERNAL MODULE: ./build/domain/version.js
var version = __webpack_require__(38729);
// EXTERNAL MODULE: ./build/facts/records.js
var facts_records = __webpack_require__(53338);
;// CONCATENATED MODULE: ./build/facts/databases.js

const nowhere = { bytes: 0, device: '' };
/**
 * Databases by the inventory's key. A server that did not answer is a fact like another.
 * @throws Error with the host and the line that was not understood
 */
function parseDatabases(host, records) {
    const silent = (0,facts_records/* recordsOf */.M$)(records, 'silent').map((record) => {
        const [key = '', silence = ''] = (0,facts_records/* fieldsOf */.Pf)(host, record, 2);
        return [
            key,
            { exists: false, serverVersion: '', sizeBytes: 0, dataFree: nowhere, shape: null, silence },
        ];
    });
    const answered = (0,facts_records/* recordsOf */.M$)(records, 'database').map((record) => parseDatabase(host, record));
    return Object.fromEntries([...silent, ...answered]);
}
function parseDatabase(host, record) {
    const [key = '', version = '', row = ''] = (0,facts_records/* fieldsOf */.Pf)(host, record, 5);
    const catalog = row === '' ? null : parseRow(host, record, row);
    return [
        key,
        {
            exists: catalog !== null,
            serverVersion: version.split(' ')[0] ?? '',
            sizeBytes: catalog === null ? 0 : Number(catalog.size),
            dataFree: (0,facts_records/* freeSpaceAt */.uJ)(host, record, 3),
            shape: catalog === null ? null : shapeOf(host, record, catalog),
            silence: '',
        },
    ];
}
function parseRow(host, record, row) {
    try {
        return JSON.parse(row);
    }
    catch (error) {
        throw new Error((0,facts_records/* offendingLine */.xx)(host, record.line, 'a row of pg_database as JSON').message, {
            cause: error,
        });
    }
}
/** The ICU locale's column is `daticulocale` in PostgreSQL 15 and 16, `datlocale` since. */
function shapeOf(host, record, row) {
    const text = (key) => {
        const value = row[key];
        if (typeof value !== 'string') {
            throw (0,facts_records/* offendingLine */.xx)(host, record.line, `a text as ${key}`);
        }
        return value;
    };
    const icu = row.datlocprovider === 'i' ? (row.datlocale ?? row.daticulocale) : null;
    return {
        owner: text('owner'),
        encoding: text('charset'),
        collate: text('datcollate'),
        ctype: text('datctype'),
        icuLocale: typeof icu === 'string' ? icu : null,
    };
}

;// CONCATENATED MODULE: ./build/facts/packages.js
/**
 * Puts together what dpkg has and what apt offers, for each name that was asked for.
 * @param dpkg lines of `dpkg-query -W -f='${Package}\t${Architecture}\t${Status}\t${Version}\n'`
 * @param policy what `apt-cache policy` printed, untranslated
 * @param architecture the host's own; a package of another one counts only when there is no other
 */
function parsePackages(names, dpkg, policy, architecture) {
    const installed = parseInstalled(dpkg, architecture);
    const offered = parsePolicy(policy);
    return Object.fromEntries(names.map((name) => {
        const { state, version } = installed.get(name) ?? { state: '', version: null };
        const { candidate, offers } = offered.get(name) ?? { candidate: null, offers: [] };
        return [name, { state, version, held: state.startsWith('hold '), candidate, offers }];
    }));
}
function parseInstalled(dpkg, architecture) {
    const found = new Map();
    for (const line of dpkg.split('\n').filter((text) => text !== '')) {
        const [name, built, state, version, ...more] = line.split('\t');
        if (name === undefined || state === undefined || version === undefined || more.length > 0) {
            throw new Error(`dpkg-query printed ${JSON.stringify(line)}`);
        }
        if (!found.has(name) || built === architecture || built === 'all') {
            const known = !state.startsWith('unknown ');
            found.set(name, { state: known ? state : '', version: hasFiles(state) ? version : null });
        }
    }
    return found;
}
/** Only the configuration files are left of a package in state `config-files`. */
function hasFiles(state) {
    return !/ (config-files|not-installed)$/.test(state);
}
/**
 * Reads `apt-cache policy`: the version that apt prefers, and all that a repository offers, newest first. A version
 * whose only source is dpkg's own status file is installed but on offer nowhere.
 */
function parsePolicy(policy) {
    const found = new Map();
    for (const block of policy.split(/^(?=\S)/m)) {
        const name = /^(\S+):\n/.exec(block)?.[1];
        if (name !== undefined) {
            found.set(name, { candidate: candidateOf(block), offers: offersOf(block) });
        }
    }
    return found;
}
function candidateOf(block) {
    const candidate = /^ {2}Candidate: (\S+)$/m.exec(block)?.[1];
    return candidate === undefined || candidate === '(none)' ? null : candidate;
}
function offersOf(block) {
    const table = block.split(/^ {2}Version table:\n/m)[1] ?? '';
    return table.split(/^(?= (?:\*\*\*| {3}) \S)/m).flatMap((entry) => {
        const version = /^ (?:\*\*\*| {3}) (\S+)/.exec(entry)?.[1];
        const sources = entry
            .split('\n')
            .slice(1)
            .filter((line) => line.trim() !== '');
        return version !== undefined && sources.some((line) => !line.endsWith('/var/lib/dpkg/status'))
            ? [version]
            : [];
    });
}

;// CONCATENATED MODULE: ./build/facts/services.js

/**
 * Services by name. `running` is what /proc showed, never the init system's word.
 * @throws Error with the host and the line that was not understood
 */
function parseServices(host, records) {
    const processes = (0,facts_records/* recordsOf */.M$)(records, 'process').map((record) => parseProcess(host, record));
    return Object.fromEntries((0,facts_records/* recordsOf */.M$)(records, 'service').map((record) => {
        const [name = '', exists, enabled, , word = ''] = (0,facts_records/* fieldsOf */.Pf)(host, record, 5);
        const own = processes.filter(({ service }) => service === name).map(({ process }) => process);
        const facts = {
            exists: yes(host, record, exists),
            running: own.length > 0,
            enabled: yes(host, record, enabled),
            processes: own.toSorted((one, other) => one.pid - other.pid),
            restarts: (0,facts_records/* numberAt */.tk)(host, record, 3),
            word,
        };
        return [name, facts];
    }));
}
function parseProcess(host, record) {
    const [service = '', , start = '', command = ''] = (0,facts_records/* fieldsOf */.Pf)(host, record, 4);
    return { service, process: { pid: (0,facts_records/* numberAt */.tk)(host, record, 1), start, command } };
}
function yes(host, record, word) {
    if (word !== 'yes' && word !== 'no') {
        throw (0,facts_records/* offendingLine */.xx)(host, record.line, 'yes or no');
    }
    return word === 'yes';
}

;// CONCATENATED MODULE: ./build/facts/parse.js




/**
 * Reads the answer of `factsCommand`.
 * @param sentAt the runner's clock before the round trip, in milliseconds since 1970
 * @param receivedAt the same clock after it
 * @throws Error with the host and the line that was not understood, or when the answer was cut short
 */
function parseFacts(host, stdout, sentAt, receivedAt) {
    const records = (0,facts_records/* readRecords */.T3)(host, stdout);
    const { bootId, architecture, init } = parseHost(host, (0,facts_records/* onlyRecord */.c8)(host, records, 'host'));
    return {
        host,
        bootId,
        hostKeys: hostKeysOf((0,facts_records/* toolOutput */.WT)(host, records, 'host-keys')),
        release: releaseOf((0,facts_records/* toolOutput */.WT)(host, records, 'os-release')),
        architecture,
        init,
        clockOffset: clockOffset(host, records, sentAt, receivedAt),
        missingTools: (0,facts_records/* recordsOf */.M$)(records, 'missing').map((record) => (0,facts_records/* fieldsOf */.Pf)(host, record, 1)[0] ?? ''),
        packages: packagesOf(host, records, architecture),
        unreadLists: (0,facts_records/* recordsOf */.M$)(records, 'unread')
            .map((record) => lastLines((0,facts_records/* fieldsOf */.Pf)(host, record, 1)[0] ?? ''))
            .join(''),
        unfinished: (0,facts_records/* toolOutput */.WT)(host, records, 'unfinished')
            .split('\n')
            .filter((line) => line !== ''),
        services: parseServices(host, records),
        free: Object.fromEntries((0,facts_records/* recordsOf */.M$)(records, 'free').map((record) => [record.fields[0] ?? '', (0,facts_records/* freeSpaceAt */.uJ)(host, record, 1)])),
        databases: parseDatabases(host, records),
    };
}
function parseHost(host, record) {
    const [bootId = '', architecture = '', init] = (0,facts_records/* fieldsOf */.Pf)(host, record, 4);
    if (init !== 'systemd' && init !== 'sysvinit') {
        throw (0,facts_records/* offendingLine */.xx)(host, record.line, 'systemd or sysvinit');
    }
    return { bootId, architecture, init };
}
/** Type and key of each line; a comment says nothing. */
function hostKeysOf(text) {
    return text.split('\n').flatMap((line) => /^[a-z0-9@.-]+ [A-Za-z0-9+/]+=*(?=\s|$)/.exec(line) ?? []);
}
/** apt's own complaints come last. */
function lastLines(text) {
    return text.split('\n').slice(-12).join('\n');
}
/** os-release(5); Debian 8 names its release only inside VERSION. */
function releaseOf(text) {
    const value = (key) => new RegExp(`^${key}=["']?([^"'\n]*)`, 'm').exec(text)?.[1] ?? '';
    return value('VERSION_CODENAME') || (/\((\S+)\)/.exec(value('VERSION'))?.[1] ?? value('ID'));
}
/** Milliseconds of two ways, there and back, beyond which the way there is known to be the long one. */
const LONG_WAY = 1000;
/**
 * The host's clock against the runner's at both ends of the round trip, as NTP does it: equal ways cancel out. A way
 * there may be much longer, where it begins with a login or was begun again after a loss: then the way back alone tells.
 */
function clockOffset(host, records, sentAt, receivedAt) {
    const began = (0,facts_records/* numberAt */.tk)(host, (0,facts_records/* onlyRecord */.c8)(host, records, 'host'), 3) / 1e6;
    const ended = (0,facts_records/* numberAt */.tk)(host, (0,facts_records/* onlyRecord */.c8)(host, records, 'end'), 0) / 1e6;
    const [there, back] = [began - sentAt, ended - receivedAt];
    return Math.round(there - back > LONG_WAY ? back : (there + back) / 2);
}
function packagesOf(host, records, architecture) {
    const names = (0,facts_records/* recordsOf */.M$)(records, 'asked').map((record) => (0,facts_records/* fieldsOf */.Pf)(host, record, 1)[0] ?? '');
    const dpkg = (0,facts_records/* toolOutput */.WT)(host, records, 'dpkg');
    try {
        return parsePackages(names, dpkg, (0,facts_records/* toolOutput */.WT)(host, records, 'policy'), architecture);
    }
    catch (error) {
        throw new Error(`${host}: ${error.message}`, { cause: error });
    }
}

// EXTERNAL MODULE: ./build/commands/service-library.js + 1 modules
var service_library = __webpack_require__(91622);
// EXTERNAL MODULE: ./build/facts/look.js + 9 modules
var look = __webpack_require__(32149);
;// CONCATENATED MODULE: ./build/facts/query.js


/** Asks for the facts of a host, for `parseFacts`. A package list that cannot be read is a failure. */
function factsCommand(query) {
    return (0,look/* look */.O)('read facts', [
        ['host'],
        ...aptQuestions(query),
        ...query.packages.map((name) => ['package', name]),
        ...query.services.map(({ name, hint }) => ['service', name, ...(0,service_library/* hintWords */.l)(hint)]),
        ...query.folders.map((path) => ['free', path]),
        ...query.tools.map((name) => ['tool', name]),
        ...query.databases.map(({ key, port, name }) => ['database', key, String(port), name]),
    ]);
}
/** How apt is to look at packages. */
function aptQuestions({ lists, release }) {
    return [['lists', lists], ...(release === undefined ? [] : [['release', release]])];
}

// EXTERNAL MODULE: ./build/domain/package-records.js
var package_records = __webpack_require__(46190);
;// CONCATENATED MODULE: ./build/domain/package-room.js

/**
 * Adds up what a transaction takes.
 * @param stdout the simulation's answer, with the records of what comes and of what is there
 */
function packageRoom({ changes }, stdout) {
    const records = (0,package_records/* parsePackageRecords */.e)(stdout);
    const taken = changes.map((change) => roomOf(change, records));
    return {
        download: sum(taken.map(({ size }) => size)),
        unpack: sum(taken.map(({ grown }) => grown)) + Math.max(0, ...taken.map(({ unpacked }) => unpacked)),
    };
}
function roomOf({ name, from, to, architecture }, records) {
    const { size = 0, installedSize = 0 } = records.get((0,package_records/* recordKey */.H)(name, to, architecture)) ?? {};
    const old = from === null ? undefined : records.get((0,package_records/* recordKey */.H)(name, from, architecture));
    // A package is never smaller than its .deb by much, whatever its maker forgot to count.
    const unpacked = Math.max(installedSize, size);
    // What gets smaller leaves room only after the others were unpacked beside it.
    return { size, unpacked, grown: Math.max(0, unpacked - (old?.installedSize ?? 0)) };
}
function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
}

;// CONCATENATED MODULE: ./build/facts/simulation.js





/** Asks what apt would do to install exactly these versions, for `parseSimulation`. */
function simulation({ packages, ...apt }) {
    const wanted = Object.entries(packages);
    return (0,look/* look */.O)('simulate the install', [
        ...aptQuestions(apt),
        ...wanted.map(([name, version]) => ['install', name, version]),
    ]);
}
/** @throws Error with the host and the line that was not understood, or when the answer was cut short */
function parseSimulation(host, stdout) {
    const said = (0,facts_records/* toolOutput */.WT)(host, (0,facts_records/* readRecords */.T3)(host, stdout), 'simulation');
    const transaction = (0,domain_transaction/* parseTransaction */.MH)(said);
    return { transaction, room: packageRoom(transaction, said) };
}

// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
// EXTERNAL MODULE: ./build/executor/disks.js
var disks = __webpack_require__(61994);
// EXTERNAL MODULE: ./build/executor/pool.js
var pool = __webpack_require__(6508);
// EXTERNAL MODULE: ./build/executor/read-schemas.js + 1 modules
var read_schemas = __webpack_require__(80074);
;// CONCATENATED MODULE: ./build/executor/survey.js













/** What a step on a host calls. All of it is in Debian's essential packages. */
const TOOLS = [
    'base64',
    'cmp',
    'diff',
    'flock',
    'mkfifo',
    'script',
    'setsid',
    'sha256sum',
    'stat',
    'sync',
    'tar',
];
/** Reads the facts of all hosts, or of some, one round trip each. */
async function readFacts(runner, files, lists, among = [...runner.hosts.keys()]) {
    return await (0,pool/* mapParallel */.EQ)(among, async (host) => {
        const sent = runner.clock.now();
        const output = await (0,ask/* askOk */.qI)(runner, host, factsCommand(queryOf(files, host, lists)));
        return parseFacts(host, output, sent, runner.clock.now());
    });
}
/** Looks at all hosts and decides what the upgrade would do, on package lists that are read anew. */
async function survey(runner, files) {
    const { plan, inventory, sources } = files;
    const facts = await readFacts(runner, files, 'temporary');
    const choice = (0,choose_versions/* chooseVersions */.f)(plan, inventory, facts);
    // Where nobody knows what is on offer, nothing can be said of versions.
    const versions = (0,judge_hosts/* unreadLists */.Rx)(facts).length > 0 ? [] : choice.refusals;
    const refusals = [...versions, ...(0,judge_hosts/* judgeHosts */.jE)(plan, inventory, facts)];
    const simulated = refusals.length > 0 ? new Map() : await simulateAll(runner, plan, choice.packages);
    const schemas = await (0,read_schemas/* readSchemas */.x)(runner, files);
    const hosts = Object.fromEntries([...facts].map(([host, { services }]) => [
        host,
        {
            packages: choice.packages[host] ?? {},
            transaction: simulated.get(host)?.transaction ?? null,
            running: (0,domain_inventory/* servicesOn */.kP)(plan, inventory, host).filter((name) => services[name]?.running === true),
        },
    ]));
    const resolved = { schema: 1, plan, inventory, sources, hosts, irreversible: [] };
    return {
        facts,
        resolved: { ...resolved, irreversible: (0,outlook/* irreversibleIn */.A_)(resolved, facts) },
        schemas,
        disks: (0,disks/* hostDisks */.X_)(facts, new Map([...simulated].map(([host, { room }]) => [host, room]))),
        refusals: [...refusals, ...judgeAll(files, simulated), ...(0,read_schemas/* failedSchemas */.W)(schemas)],
        cautions: (0,judge_hosts/* cautionsOf */.Y_)(facts),
    };
}
function queryOf({ plan, inventory }, host, lists) {
    return {
        packages: (0,domain_inventory/* packagesOn */.Bm)(plan, inventory, host),
        services: (0,domain_inventory/* servicesOn */.kP)(plan, inventory, host).map((name) => ({
            name,
            hint: plan.services[name]?.process ?? {},
        })),
        folders: Object.values(disks/* FOLDERS */.Yk),
        tools: TOOLS,
        lists,
        // What the hosts know already is asked for what is installed, and need not know of any release to take from.
        release: lists === 'temporary' ? plan.apt.release : undefined,
        databases: (0,domain_inventory/* databasesOf */.oD)(plan, inventory)
            .filter(({ on }) => on === host)
            .map(({ key, port, name }) => ({ key, port, name })),
    };
}
async function simulateAll(runner, plan, packages) {
    return await (0,pool/* mapParallel */.EQ)(Object.keys(packages), async (host) => await simulateInstall(runner, host, plan, packages[host] ?? {}));
}
/** What apt would do on a host to install exactly these versions, and its room, on package lists that are read anew. */
async function simulateInstall(runner, host, { apt: { release } }, packages) {
    const command = simulation({ packages, release, lists: 'temporary' });
    return parseSimulation(host, await (0,ask/* askOk */.qI)(runner, host, command));
}
function judgeAll({ plan, inventory }, simulated) {
    return [...simulated].flatMap(([host, { transaction }]) => (0,domain_transaction/* judgeTransaction */.K4)(transaction, {
        packages: (0,domain_inventory/* packagesOn */.Bm)(plan, inventory, host),
        allow: plan.apt.allow,
        compare: version/* compareVersions */.Z,
    }).map((refusal) => `${host}: ${refusal}`));
}


/***/ }),

/***/ 86540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $A: () => (/* binding */ takeAdhoc),
  Si: () => (/* binding */ takeDump),
  EM: () => (/* binding */ takeGlobals)
});

// EXTERNAL MODULE: ./build/shell/quote.js
var quote = __webpack_require__(48313);
// EXTERNAL MODULE: ./build/commands/bash.js
var bash = __webpack_require__(44413);
// EXTERNAL MODULE: ./build/domain/disks.js
var disks = __webpack_require__(31563);
;// CONCATENATED MODULE: ./build/commands/dump-room.js



/**
 * `find_room COPY BYTES` looks whether a copy of at most so many bytes fits beside RESERVE and beside what the other
 * dumps that run here may still write. ROOM_COPY is COPY then, and empty where there is no room; ROOM_FREE,
 * ROOM_PROMISED (to the others) and ROOM_NEEDED say why, in bytes.
 *
 * What was found is promised to this script in a file (CLAIM, for the caller to remove) until the script and all that
 * it started have ended: who may still write still holds its lock, whoever was killed. The folder's own lock makes one
 * dump look after the other.
 */
const roomLibrary = (0,bash/* bash */.x) `CLAIM=

find_room() {
  local folder=\${1%/*} blocks size claim
  mkdir -p -- "$folder"
  exec 7< "$folder"
  flock 7
  # What an earlier attempt of this very dump left.
  rm -f -- "$1.part"
  read -r blocks size < <(stat -f -L -c '%a %S' -- "$folder")
  ROOM_COPY= ROOM_FREE=$((blocks * size)) ROOM_PROMISED=0 ROOM_NEEDED=$2
  for claim in "$folder"/.claim.*; do
    [ ! -e "$claim" ] || count_claim "$claim"
  done
  if [ "$((ROOM_FREE - ROOM_PROMISED - ROOM_NEEDED))" -ge ${(0,quote.sh) `${disks/* RESERVE */.BP}`} ]; then
    ROOM_COPY=$1
    claim_room "$1"
  fi
  exec 7<&-
}

# For a dump of which no copy is kept.
need_no_room() { ROOM_COPY= ROOM_FREE=0 ROOM_PROMISED=0 ROOM_NEEDED=$1; }

claim_room() {
  CLAIM=$(mktemp -- "\${1%/*}/.claim.XXXXXXXX")
  exec 8>> "$CLAIM"
  flock 8
  printf '%s\n%s\n' "$ROOM_NEEDED" "$1.part" >&8
}

# Adds what the dump of a claim may still write; its part so far has been taken from the free space already.
count_claim() {
  local bytes part written
  # A dump that ends meanwhile takes its claim away.
  { read -r bytes && read -r part; } 2> /dev/null < "$1" || return 0
  if flock -n "$1" true; then rm -f -- "$1"; return; fi
  written=$(stat -c %s -- "$part" 2> /dev/null) || written=0
  [ "$bytes" -le "$written" ] || ROOM_PROMISED=$((ROOM_PROMISED + bytes - written))
}
`;

// EXTERNAL MODULE: ./build/commands/postgres-library.js
var postgres_library = __webpack_require__(22942);
;// CONCATENATED MODULE: ./build/commands/dump.js




/** Bytes that the roles and grants of a server may take: a role is a line or two. */
const GLOBALS_SIZE = 1024 * 1024;
/** The word that begins the last line of standard error. */
const trailerWord = 'synnefo-upgrade-dump';
/**
 * `stream_out KEEP PROOF COMMAND...` writes a command's output to standard output, and on the way through its hash,
 * its length, `PROOF` (which reads all of it) and the kept copy. Standard output carries nothing else. Each part is a
 * process with its own exit code; a failed one fails all, and then no kept copy is left. Without KEEP there is none.
 *
 * Named pipes instead of bash's process substitution, whose exit codes are lost. The proof and the hash read to the end
 * even when they have seen enough, or tee would die of a closed pipe.
 */
const streamLibrary = (0,bash/* bash */.x) `${roomLibrary}
umask 077

stream_out() {
  local keep=$1 proof=$2 codes part failed=0
  shift 2
  WORK=$(mktemp -d)
  KEPT_PART=
  trap 'rm -rf -- "$WORK"; rm -f -- \${KEPT_PART:+"$KEPT_PART"} \${CLAIM:+"$CLAIM"}' EXIT
  mkfifo -- "$WORK/hash.pipe" "$WORK/bytes.pipe" "$WORK/proof.pipe" "$WORK/kept.pipe"
  begin_part hash sha256sum
  begin_part bytes wc -c
  begin_part proof prove "$proof"
  if [ -n "$keep" ]; then
    KEPT_PART=$keep.part
    begin_part kept dd "of=$KEPT_PART" bs=1M iflag=fullblock conv=fsync status=none
  else
    begin_part kept cat
  fi
  codes=0
  "$@" | tee -- "$WORK/hash.pipe" "$WORK/bytes.pipe" "$WORK/proof.pipe" "$WORK/kept.pipe" || codes="\${PIPESTATUS[*]}"
  [ "$codes" != 0 ] || codes='0 0'
  for part in hash bytes proof kept; do end_part "$part"; done
  [ "$codes" = '0 0' ] || failed=1
  for part in hash bytes proof kept; do [ "$(cat -- "$WORK/$part.code")" = 0 ] || failed=1; done
  if [ "$failed" = 0 ] && [ -n "$keep" ]; then
    sync -- "$KEPT_PART"
    mv -T -- "$KEPT_PART" "$keep"
    KEPT_PART=
    sync -- "\${keep%/*}"
  fi
  say_trailer "\${codes% *}" "\${codes#* }" "$([ -n "$keep" ] && echo true || echo false)"
  return "$failed"
}

begin_part() {
  local part=$1
  shift
  { code=0; "$@" < "$WORK/$part.pipe" > "$WORK/$part.out" || code=$?; echo "$code" > "$WORK/$part.code"; } &
  echo "$!" > "$WORK/$part.pid"
}

end_part() { wait "$(cat -- "$WORK/$1.pid")" || true; }

prove() {
  local code=0
  "$1" || code=$?
  cat > /dev/null
  return "$code"
}

say_trailer() {
  local hash bytes
  read -r hash rest < "$WORK/hash.out"
  read -r bytes < "$WORK/bytes.out"
  printf '\n%s {"sha256":"%s","bytes":%s,' ${(0,quote.sh) `${trailerWord}`} "$hash" "\${bytes:-0}" >&2
  printf '"kept":%s,"room":{"free":%s,"promised":%s,"needed":%s},' "$3" "$ROOM_FREE" "$ROOM_PROMISED" "$ROOM_NEEDED" >&2
  printf '"codes":{"dump":%s,"copy":%s,"hash":%s,"bytes":%s,"proof":%s,"kept":%s}}\n' \
    "$1" "$2" $(cat -- "$WORK"/{hash,bytes,proof,kept}.code) >&2
}
`;
/**
 * Dumps one database as an archive (custom format, compression 1) to standard output. On the way the server's own
 * pg_restore reads all of it: its table of contents alone also passes a truncated one. Ends 0 only when every part did;
 * the last line of standard error is for `parseTrailer`.
 * @param keep where on the host a copy is kept, if there is room for the whole database, which is more than a
 *   compressed dump of it takes; the copy appears under this name only when every part went well. Null: nowhere.
 */
function dumpStream(database, keep) {
    const script = (0,bash/* bash */.x) `${bash/* strict */.O}${(0,postgres_library/* connection */.F)(database)}${streamLibrary}
server_tools
prove_archive() { as_postgres pg_restore -f /dev/null; }
needed=$(sql -c 'select pg_database_size(current_database())')
${findRoom(keep)} "$needed"
stream_out "$ROOM_COPY" prove_archive as_postgres pg_dump -Fc -Z1 --lock-wait-timeout=60s
`;
    return {
        title: `pg_dump of ${database.name}`,
        script: script.text,
        whenRepeated: (0,postgres_library/* awaitServer */.s)(database.port).text,
    };
}
/** Dumps roles and grants of a server as SQL to standard output; proved by its closing line. */
function globalsStream(port, keep) {
    const script = (0,bash/* bash */.x) `${bash/* strict */.O}${(0,postgres_library/* connection */.F)({ name: 'postgres', port })}${streamLibrary}
server_tools
prove_text() { tail -n 20 | grep -qF 'PostgreSQL database cluster dump complete'; }
${findRoom(keep)} ${(0,quote.sh) `${GLOBALS_SIZE}`}
stream_out "$ROOM_COPY" prove_text as_postgres pg_dumpall --globals-only
`;
    return {
        title: `pg_dumpall of the roles on port ${port}`,
        script: script.text,
        whenRepeated: (0,postgres_library/* awaitServer */.s)(port).text,
    };
}
function findRoom(keep) {
    return keep === null ? (0,quote.sh) `need_no_room` : (0,quote.sh) `find_room ${keep}`;
}
/**
 * Finds the trailer in what a dump wrote to standard error; null when it did not come to its end.
 * Only the last line counts: what the tools print before it may look alike.
 */
function parseTrailer(stderr) {
    const line = stderr.trimEnd().split('\n').at(-1) ?? '';
    const match = /^synnefo-upgrade-dump (\{"sha256":"[0-9a-f]{64}","bytes":\d+,"kept":(?:true|false),"room":\{(?:"[a-z]+":\d+,?){3}\},"codes":\{(?:"[a-z]+":\d+,?){6}\}\})$/.exec(line);
    return match?.[1] === undefined ? null : JSON.parse(match[1]);
}

// EXTERNAL MODULE: ./build/commands/host-library.js
var host_library = __webpack_require__(28523);
// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/domain/outlook.js
var outlook = __webpack_require__(59454);
// EXTERNAL MODULE: ./build/executor/observe-database.js + 1 modules
var observe_database = __webpack_require__(14412);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/commands/step.js
var step = __webpack_require__(93097);
// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
;// CONCATENATED MODULE: ./build/executor/dump-words.js

/** That a dump has no copy on its host, with the numbers. */
function noRoom({ on }, title, { room }) {
    const { free, promised, needed } = room;
    const others = promised === 0 ? '' : `, other dumps may take ${mega(promised)} of them`;
    return `${on}: ${title}: no copy is kept on the host: ${mega(free)} are free${others}, this one may take ${mega(needed)}, and ${mega(disks/* RESERVE */.BP)} have to stay free for the database server`;
}
/** As `120 MB, 38 MB/s, about 12 s to go`. */
function describeProgress({ bytes, bytesPerSecond, secondsLeft }) {
    const rest = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s to go`;
    return `${mega(bytes)}, ${mega(bytesPerSecond)}/s${rest}`;
}
function mega(count) {
    return `${(count / 1e6).toFixed(0)} MB`;
}

;// CONCATENATED MODULE: ./build/executor/stream-dump.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/** Streams a dump to the runner, compares the hashes of both ends, and stores the file. */
async function streamDump(context, target, what) {
    const { runner, settings, journal } = context;
    const started = runner.clock.now();
    const { finished, proof } = await (0,ask/* throughLosses */.bB)(runner, target.on, (again) => receive(context, target, what, again), what.title);
    refuseDifference(target, what.title, proof, finished.plain);
    runner.log.info(`${target.on}: ${what.title}: all of it is here; storing it`);
    const stored = await settings.store
        .put(finished.file, (0,external_node_path_.basename)(finished.file))
        .catch((error) => {
        throw notStored(target, what.title, error);
    })
        .finally(() => (0,promises_.rm)(finished.file, { force: true }));
    if (stored.sha256 !== finished.stored.sha256) {
        throw new errors/* UpgradeError */.fy(`${what.title}: the copy ${stored.name} is not what was sent: SHA-256 ${stored.sha256} instead of ${finished.stored.sha256}`);
    }
    runner.log.info(`${target.on}: ${what.title}: proved; ${proof.bytes} bytes, SHA-256 ${proof.sha256.slice(0, 12)}, kept as ${stored.name}`);
    const offset = context.facts.get(target.on)?.clockOffset ?? 0;
    const state = {
        kind: 'ended',
        rc: 0,
        started: started + offset,
        ended: runner.clock.now() + offset,
    };
    journal.ended(target.on, what.id, { state });
    if (!proof.kept && what.keep !== null) {
        runner.log.warning(noRoom(target, what.title, proof));
    }
    return {
        sha256: proof.sha256,
        bytes: proof.bytes,
        hostCopy: proof.kept ? what.keep : null,
        stored,
        encrypted: settings.recipients.length > 0,
    };
}
async function receive(context, target, what, again) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { runner, settings, journal } = context;
        // Unique in every try: an upload that was cut keeps its artifact's name for ever.
        const file = (0,external_node_path_.join)(settings.folder, `${what.file.replace(/\.(dump|sql)$/, '')}.${(0,external_node_crypto_.randomBytes)(4).toString('hex')}${ending(what.file, settings)}`);
        const receiver = __addDisposableResource(env_1, await settings.receive(file, {
            expectedBytes: what.expected,
            onProgress: (progress) => runner.log.info(`${target.on}: ${what.title}: ${describeProgress(progress)}`),
        }), true);
        const { script } = again ? (0,ask/* repeated */.ZD)(what.command) : what.command;
        const command = (0,step/* streamStep */.f)(what.id, what.title, script, journal.tenure(target.on));
        const result = await (0,ask/* execOnce */.xC)(runner, target.on, command, {
            onStdout: (chunk) => receiver.write(chunk),
        });
        const proof = parseTrailer(result.stderr);
        if (result.code !== 0 || proof === null) {
            throw (0,ask/* commandFailed */.n6)(target.on, what.title, result);
        }
        return { finished: await receiver.finish(), proof };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The store knows neither host nor database. */
function notStored({ on }, title, cause) {
    return new errors/* UpgradeError */.fy(`${on}: ${title}: no copy of it could be stored where it outlives the runner`, {
        host: on,
        command: title,
        output: cause instanceof errors/* UpgradeError */.fy ? cause.details.output : '',
        next: 'See that the place for dumps takes them (the artifact service, or the folder), and run the same again.',
    }, { cause });
}
function ending(file, { recipients }) {
    return `${file.slice(file.lastIndexOf('.'))}${recipients.length > 0 ? '.age' : ''}`;
}
function refuseDifference(target, title, proof, received) {
    if (proof.sha256 !== received.sha256 || proof.bytes !== received.bytes) {
        throw new errors/* UpgradeError */.fy(`${target.on}: ${title}: ${proof.bytes} bytes with SHA-256 ${proof.sha256} were sent, and ${received.bytes} bytes with ${received.sha256} arrived`, { host: target.on, command: title });
    }
}

;// CONCATENATED MODULE: ./build/executor/take-dump.js






/** Dumps one database, proves the dump and stores it. Only a dump that lasts gets a record. */
async function takeDump(context, target, point, generation) {
    const { runner, journal } = context;
    const name = `${target.key}.${point}${generation === 1 ? '' : `.${generation}`}`;
    const keep = `${(0,host_library/* upgradeFolder */.$U)(journal.upgrade)}/dumps/${name}.dump`;
    const writes = await (0,observe_database/* readWrites */.xG)(context, target);
    const streaming = streamDump(context, target, {
        id: `backup-db.${name}`,
        title: `dump ${target.name} (${point})`,
        command: dumpStream(target, keep),
        keep,
        file: `${journal.upgrade}.${name}.dump`,
        expected: expectedSize(context, target),
    });
    // Both are waited for, whichever fails: nothing of this may go on behind the next step's back.
    const [taken, content] = await bothEnd(streaming, (0,observe_database/* readContent */.c_)(context, target));
    return {
        key: target.key,
        name: target.name,
        host: target.on,
        port: target.port,
        point,
        generation,
        shape: shapeOf(context, target),
        ...taken,
        takenAt: runner.clock.now(),
        state: { writes, ...content },
    };
}
/** Dumps one database of a running stack, proves the dump and stores it. Its host keeps neither copy nor record. */
async function takeAdhoc(context, target) {
    const { runner, journal } = context;
    const taken = await streamDump(context, target, {
        id: `backup-db.${target.key}.adhoc`,
        title: `dump ${target.name} (adhoc)`,
        command: dumpStream(target, null),
        keep: null,
        file: `${journal.upgrade}.${target.key}.dump`,
        expected: expectedSize(context, target),
    });
    const { key, name, on: host, port } = target;
    const about = { key, name, host, port, point: 'adhoc', generation: 1 };
    return { ...about, shape: shapeOf(context, target), ...taken, takenAt: runner.clock.now() };
}
/**
 * Dumps the roles and grants of a server. They hold hashes of passwords, so they are kept like a dump.
 * @param point `adhoc`: its host keeps no copy
 */
async function takeGlobals(context, target, point = 'before') {
    const { runner, journal } = context;
    const { on, port } = target;
    const file = `${(0,host_library/* upgradeFolder */.$U)(journal.upgrade)}/dumps/globals.${port}.sql`;
    const keep = point === 'adhoc' ? null : file;
    const taken = await streamDump(context, target, {
        id: `backup-db.globals.${port}`,
        title: `dump the roles and grants of the server on port ${port}`,
        command: globalsStream(port, keep),
        keep,
        file: `${journal.upgrade}.${on}.globals.${port}.sql`,
        expected: 0,
    });
    return { host: on, port, point, ...taken, takenAt: runner.clock.now() };
}
/** @throws the first one's error, or the second one's */
async function bothEnd(first, second) {
    await Promise.allSettled([first, second]);
    return [await first, await second];
}
function expectedSize({ facts }, target) {
    return (0,outlook/* dumpEstimate */.fd)(facts.get(target.on)?.databases[target.key]?.sizeBytes ?? 0);
}
/** @throws UpgradeError when the server did not say how the database was created: it could not be restored alike */
function shapeOf({ facts }, target) {
    const shape = facts.get(target.on)?.databases[target.key]?.shape ?? null;
    if (shape === null) {
        throw new errors/* UpgradeError */.fy(`${target.on}: nothing is known about how ${target.name} was created`, {
            host: target.on,
        });
    }
    return shape;
}


/***/ }),

/***/ 76605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ refuse)
/* harmony export */ });
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);

/**
 * Refuses before anything was changed.
 * @param what what cannot be done
 * @param refusals why, each in words that begin with its host
 * @param hosts all there are
 * @throws UpgradeError unless there is nothing to refuse for
 */
function refuse(what, refusals, hosts) {
    if (refusals.length === 0) {
        return;
    }
    const named = [...hosts].filter((host) => refusals.some((refusal) => refusal.startsWith(`${host}: `)));
    throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpgradeError */ .fy(`${what}: ${refusals.join('\n')}`, {
        host: named.length === 0 ? null : named.join(', '),
        state: 'Nothing was changed.',
        next: 'Mend what is named, on the hosts, in the repository or in the files, and run the same again.',
    });
}


/***/ }),

/***/ 17608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ runUpgrade)
});

// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/domain/scope.js
var domain_scope = __webpack_require__(44641);
// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
// EXTERNAL MODULE: ./build/commands/host-library.js
var host_library = __webpack_require__(28523);
// EXTERNAL MODULE: ./build/domain/journal.js
var domain_journal = __webpack_require__(50502);
;// CONCATENATED MODULE: ./build/executor/step-mode.js




/**
 * How to meet a step, by what the journal says of it; `restore`: not before its databases were restored; `ask`: not
 * before a person has said what became of it.
 */
async function modeOf(runner, journal, step) {
    const state = journal.step(step.host, step.id)?.state;
    if (state === undefined) {
        return 'start';
    }
    if (state.kind === 'running') {
        return 'follow';
    }
    if ((0,domain_journal/* endedWell */.Jr)(state)) {
        return (await stillHolds(runner, journal, step)) ? 'skip' : 'again';
    }
    if (state.kind === 'unborn' || step.repeat === 'safe') {
        return 'again';
    }
    return step.repeat === 'ask' ? 'ask' : 'restore';
}
/** Has the step begun that makes this one's check pointless? */
function isOver(journal, { host, until }) {
    return until !== undefined && journal.step(host, until) !== undefined;
}
function isInUse(journal, { host, usedBy }) {
    return usedBy !== undefined && journal.step(host, usedBy)?.state.kind === 'running';
}
async function stillHolds(runner, journal, step) {
    if (step.check === undefined || isOver(journal, step) || isInUse(journal, step)) {
        return true;
    }
    const result = await (0,ask/* ask */.kA)(runner, step.host, {
        title: `look whether this still holds: ${step.title}`,
        script: step.check,
    });
    if (result.code !== 0) {
        runner.log.info(`${step.host}: ${step.title} was done and no longer holds: ${(0,ask/* lastLines */.w$)(result.stdout + result.stderr, 3)}`);
    }
    return result.code === 0;
}
/** The error of a step that began, did not end well and may not simply be repeated. */
function notRepeated(step, mode, upgrade) {
    const log = `${(0,host_library/* upgradeFolder */.$U)(upgrade)}/steps/${step.id}/log`;
    return new errors/* UpgradeError */.fy(`${step.host}: ${step.title} was begun before and did not end well`, {
        host: step.host,
        command: step.title,
        state: 'It may have done half of its work, so it is not repeated on what it left.',
        next: mode === 'ask'
            ? `See on the host what it did (what it printed is in ${log}). Then run again with the input resolve: \`done\` where all of its work is done, \`again\` where it is to run once more.`
            : 'See on the host what it did. Where it may be repeated all the same, say `repeat: safe` for it in the plan, and run again.',
    });
}

;// CONCATENATED MODULE: ./build/executor/check-step.js



/** Milliseconds between two askings of a check that refuses but may still change its mind. */
const CHECK_INTERVAL = 500;
/**
 * Asks a check, again and again for as long as its patience lasts.
 * @throws UpgradeError with why things must not go on
 */
async function runCheck(runner, journal, step) {
    const { clock, signal } = runner;
    if (isOver(journal, step)) {
        return;
    }
    const deadline = clock.now() + step.patience * 1000;
    for (;;) {
        const result = await (0,ask/* ask */.kA)(runner, step.host, { title: step.title, script: step.script });
        const refusals = result.code === 0 ? step.judge(result.stdout) : [];
        if (result.code === 0 && refusals.length === 0) {
            return;
        }
        if (clock.now() >= deadline) {
            throw refused(step, result, refusals);
        }
        await clock.sleep(CHECK_INTERVAL, signal);
    }
}
function refused(step, result, refusals) {
    return result.code === 0
        ? new errors/* UpgradeError */.fy(`${step.host}: ${step.title}: not so: ${refusals.join('; ')}`, {
            host: step.host,
            command: step.title,
            output: (0,ask/* lastLines */.w$)(step.shown?.(result.stdout) ?? result.stdout),
            ...(step.next === undefined ? {} : { next: step.next }),
        })
        : (0,ask/* commandFailed */.n6)(step.host, step.title, result);
}

// EXTERNAL MODULE: ./build/executor/pool.js
var pool = __webpack_require__(6508);
;// CONCATENATED MODULE: ./build/executor/progress.js
/** As `12.3 s`. */
function seconds(milliseconds) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}
/** Does something in a group of the log, which a page folds, and leaves a line after it that is seen all the same. */
async function inGroup({ log, clock }, title, work) {
    const began = clock.now();
    let word = 'failed after';
    log.group(title);
    try {
        await work();
        word = 'took';
    }
    finally {
        log.endGroup();
        log.info(`${title} ${word} ${seconds(clock.now() - began)}`);
    }
}
/** Does a step, and says how long it took. */
async function timed({ log, clock }, { host, title }, work) {
    const began = clock.now();
    await work();
    log.info(`${host}: ${title}: done in ${seconds(clock.now() - began)}`);
}
/** Does a step, and says where it failed as soon as it did: what runs beside it may take long to end. */
async function orFailed({ log, clock, signal }, { host, title }, work) {
    const began = clock.now();
    try {
        await work();
    }
    catch (error) {
        if (!signal.aborted) {
            log.info(`${host}: ${title}: failed after ${seconds(clock.now() - began)}`);
        }
        throw error;
    }
}

// EXTERNAL MODULE: ./build/commands/step.js
var commands_step = __webpack_require__(93097);
// EXTERNAL MODULE: ./build/commands/supervisor.js
var supervisor = __webpack_require__(16385);
// EXTERNAL MODULE: ./build/shell/lines.js
var shell_lines = __webpack_require__(34330);
;// CONCATENATED MODULE: ./build/executor/script-step.js







/** Bytes of a step's output that are kept for its error. */
const KEPT_OUTPUT = 16_384;
/** A step came to its end, and not to a good one. */
class StepFailure extends errors/* UpgradeError */.fy {
    end;
    constructor(what, end, details) {
        super(what, details);
        this.name = 'StepFailure';
        this.end = end;
    }
}
/**
 * Runs a step, or follows the one that runs already, through every loss of the connection, until it has ended
 * well.
 * @throws StepFailure when it ended otherwise, died or asked a question without an answer
 * @throws UpgradeError when it took too long
 */
async function runToEnd(runner, step, tenure, mode) {
    const output = new StepOutput(runner, step.host);
    const deadline = runner.clock.now() + step.timeLimit * 1000;
    const follow = () => (0,ask/* execOnce */.xC)(runner, step.host, (0,commands_step/* runStep */.e)(step, tenure, mode, output.bytes), {
        timeLimit: Math.max(deadline - runner.clock.now(), 1),
        onStdout: (chunk) => output.take(chunk),
    });
    const result = await (0,ask/* throughLosses */.bB)(runner, step.host, follow, step.title).catch((error) => {
        throw error instanceof errors/* TimeLimitError */.$q ? tookTooLong(step, output.kept, error) : error;
    });
    output.end();
    return judge(step, result, output.kept);
}
function judge(step, result, kept) {
    const details = { host: step.host, command: step.title, output: (0,ask/* lastLines */.w$)(kept) };
    if (result.code === host_library/* EXIT */.dc.died) {
        throw new StepFailure(`${step.host}: ${step.title} died without an exit code: the host went down, or the process was killed`, { kind: 'died' }, details);
    }
    if (result.code !== 0) {
        throw (0,ask/* commandFailed */.n6)(step.host, step.title, result);
    }
    const end = (0,domain_journal/* parseEnd */.J)(result.stderr.trim().split('\n').at(-1) ?? '');
    if (end === null) {
        throw new errors/* UpgradeError */.fy(`${step.host}: the end of ${step.title} is not understood`, {
            ...details,
            output: (0,ask/* lastLines */.w$)(result.stderr),
        });
    }
    if (end.rc === supervisor/* UNANSWERED */.JM) {
        throw new StepFailure(`${step.host}: ${step.title} asked a question that the plan has no answer for`, end, {
            ...details,
            next: 'Add the question to `answers` in the plan, or make the command not ask, and run again.',
        });
    }
    if (end.rc !== 0) {
        throw new StepFailure(`${step.host}: ${step.title} ended with exit code ${end.rc}`, end, details);
    }
    return end;
}
function tookTooLong(step, kept, cause) {
    return new errors/* UpgradeError */.fy(`${step.host}: ${step.title} has not ended within ${step.timeLimit} s`, {
        host: step.host,
        command: step.title,
        output: (0,ask/* lastLines */.w$)(kept),
        state: 'It still runs on the host; the lock stays.',
        next: 'Run again: the next run follows it to its end.',
    }, { cause });
}
/** What dpkg overwrites twenty times on a terminal before it says the same once more, with its result. */
const PROGRESS = /^\(Reading database \.\.\. (?:\d+%)?$/;
/** Counts a step's output, shows it, and keeps its end. */
class StepOutput {
    bytes = 0;
    kept = '';
    #lines;
    constructor(runner, host) {
        this.#lines = new shell_lines/* LineSplitter */.g3((line) => {
            if (!PROGRESS.test(line)) {
                runner.log.host(host, line);
            }
        });
    }
    take(chunk) {
        this.bytes += chunk.length;
        this.kept = (this.kept + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
        this.#lines.push(chunk);
    }
    end() {
        this.#lines.end();
    }
}

;// CONCATENATED MODULE: ./build/executor/executor.js





/**
 * Runs stages: the lanes of one side by side, the next stage when all of them have ended. Finished steps are
 * skipped, running ones followed, failed ones repeated where their class allows it.
 */
class Executor {
    #runner;
    #journal;
    constructor(runner, journal) {
        this.#runner = runner;
        this.#journal = journal;
    }
    /** @throws the first step's failure, or an AggregateError of several; the signal's reason when cancelled */
    async run(stages) {
        for (const stage of stages.filter(({ lanes }) => lanes.some((lane) => lane.length > 0))) {
            await inGroup(this.#runner, `${stage.phase}: ${stage.title}`, () => this.#runLanes(stage));
        }
    }
    async #runLanes({ lanes, independent = false }) {
        const stop = new AbortController();
        const failures = [];
        await (0,pool/* forEachParallel */.IW)(lanes, async (lane) => {
            await this.#runLane(lane, stop.signal).catch((error) => {
                if (!independent) {
                    stop.abort();
                    throw error;
                }
                failures.push(error);
            });
        });
        (0,pool/* throwAll */.Kx)(failures);
    }
    async #runLane(lane, stop) {
        for (const step of lane) {
            this.#runner.signal.throwIfAborted();
            if (stop.aborted) {
                return;
            }
            await orFailed(this.#runner, step, () => this.#run(step));
        }
    }
    async #run(step) {
        switch (step.kind) {
            case 'script':
                return await this.#runScript(step);
            case 'check':
                return await timed(this.#runner, step, () => runCheck(this.#runner, this.#journal, step));
            case 'runner':
                this.#runner.log.info(`${step.host}: ${step.title}`);
                return await timed(this.#runner, step, () => step.run(this.#runner.signal));
        }
    }
    async #runScript(step) {
        const mode = await modeOf(this.#runner, this.#journal, step);
        if (mode === 'restore' || mode === 'ask') {
            throw notRepeated(step, mode, this.#journal.upgrade);
        }
        if (mode === 'skip') {
            this.#runner.log.info(`${step.host}: ${step.title}: done already`);
            return;
        }
        this.#runner.log.info(`${step.host}: ${step.title}${mode === 'follow' ? ' runs already; following it' : ''}`);
        const end = await this.#toEnd(step, mode);
        this.#runner.log.info(`${step.host}: ${step.title}: done in ${seconds(end.ended - end.started)}`);
    }
    async #toEnd(step, mode) {
        const remember = (state) => this.#journal.ended(step.host, step.id, { state });
        if (mode !== 'follow') {
            this.#journal.begun(step.host, step.id);
        }
        try {
            const end = await runToEnd(this.#runner, step, this.#journal.tenure(step.host), mode);
            remember(end);
            return end;
        }
        catch (error) {
            if (error instanceof StepFailure) {
                remember(error.end);
            }
            throw error;
        }
    }
}

// EXTERNAL MODULE: ./build/executor/journal.js + 2 modules
var executor_journal = __webpack_require__(71318);
// EXTERNAL MODULE: ./build/executor/lock.js + 2 modules
var executor_lock = __webpack_require__(55412);
// EXTERNAL MODULE: ./build/domain/inventory.js
var domain_inventory = __webpack_require__(57297);
// EXTERNAL MODULE: ./build/domain/resolved.js
var domain_resolved = __webpack_require__(69693);
// EXTERNAL MODULE: ./build/domain/schema-state.js
var schema_state = __webpack_require__(75918);
;// CONCATENATED MODULE: ./build/phases/steps.js

/** Seconds that a step may take when nobody said otherwise. */
const TIME_LIMIT = 600;
/** A step that may be repeated, asks nothing and needs no secret, unless said otherwise. */
function scriptStep(given) {
    return {
        kind: 'script',
        commands: [given.title],
        env: {},
        terminal: false,
        answers: [],
        repeat: 'safe',
        timeLimit: TIME_LIMIT,
        ...given,
    };
}
/** A stage with one lane a host, of the hosts that have anything to do in it. */
function stageOf(resolved, phase, title, lane) {
    return {
        phase,
        title,
        lanes: (0,domain_resolved/* hostNames */.n3)(resolved)
            .map(lane)
            .filter((steps) => steps.length > 0),
    };
}
/** What a dry run shows of stages, in order. */
function plannedSteps(stages) {
    return stages.flatMap(({ phase, title: stage, lanes }) => lanes.flat().map(({ host, title, commands }) => ({ phase, stage, host, title, commands })));
}

;// CONCATENATED MODULE: ./build/phases/migrate.js




/**
 * Migrates every database: different databases side by side, the roles of one database one after the other, each
 * role on one host, since migrations that run at once on one database fail.
 */
function migrate(resolved, guard) {
    const lanes = (0,domain_inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory).map((target) => [
        ...(hasMigrations(resolved, target) ? [guard(target, 'migrate')] : []),
        ...target.roles.flatMap((role) => migrateRole(resolved, target, role)),
    ]);
    return [{ phase: 'migrate', title: 'migrate the databases', lanes }];
}
function migrateRole(resolved, target, role) {
    const { migrate: migrations } = roleOf(resolved, role);
    const steps = migrations.map((migration, index) => migrationStep(resolved, target, role, migration, index));
    return steps.length === 0 ? [] : [...steps, ...schemaChecks(resolved, role, 'migrate')];
}
/** The id of a role's migration, by its place in the list. */
function migrationId(role, index) {
    return `migrate.${role}.${index}`;
}
function migrationStep(resolved, target, role, migration, index) {
    return scriptStep({
        id: migrationId(role, index),
        phase: 'migrate',
        host: (0,domain_resolved/* migrationHost */.v$)(resolved, role),
        title: titled(resolved, role, migration.run),
        script: migration.run,
        commands: [migration.run],
        terminal: true,
        answers: resolved.plan.answers,
        repeat: migration.repeat,
        timeLimit: migration['time-limit'],
        databases: [target.key],
    });
}
/** Asks a role's `schema` command whether anything is pending. */
function schemaChecks(resolved, role, phase) {
    const { schema, pending, head } = roleOf(resolved, role);
    return schema === undefined || (pending === undefined && head === undefined)
        ? []
        : [
            {
                kind: 'check',
                id: `${phase}.schema.${role}`,
                phase,
                host: (0,domain_resolved/* migrationHost */.v$)(resolved, role),
                title: titled(resolved, role, `nothing is pending (${schema})`),
                script: schema,
                commands: [schema],
                judge: (output) => (0,schema_state/* judgeSchema */.dN)(output, { pending, head }),
                patience: 0,
            },
        ];
}
/** Behind its host, a role of the same name need not be said again. */
function titled(resolved, role, what) {
    return (0,domain_resolved/* migrationHost */.v$)(resolved, role) === role ? what : `${role}: ${what}`;
}
function hasMigrations(resolved, target) {
    return target.roles.some((role) => roleOf(resolved, role).migrate.length > 0);
}
function roleOf(resolved, name) {
    const role = resolved.plan.roles[name];
    if (role === undefined) {
        throw new RangeError(`the plan has no role ${name}`);
    }
    return role;
}

// EXTERNAL MODULE: ./build/shell/quote.js
var quote = __webpack_require__(48313);
// EXTERNAL MODULE: ./build/commands/bash.js
var bash = __webpack_require__(44413);
;// CONCATENATED MODULE: ./build/commands/place-file.js


/**
 * A step's script that puts a file in its place, whole or not at all. What was there before is kept once in the
 * upgrade's `rollback/files`, under its own path; a repetition never replaces that first copy by our own file.
 */
function placeFile(file, content) {
    const encoded = new quote/* Shell */.$(Buffer.from(content, 'utf8')
        .toString('base64')
        .replace(/.{1,76}/g, '$&\n'));
    return (0,bash/* bash */.x) `set -eu
path=${(0,quote.sh) `${file.path}`}
kept=$(dirname -- "$0")/../../rollback/files
if [ -e "$path" ] || [ -L "$path" ]; then
  if [ ! -e "$kept$path" ] && [ ! -L "$kept$path" ] && [ ! -e "$kept$path.absent" ]; then
    mkdir -p -- "$kept$(dirname -- "$path")"
    cp -a -- "$path" "$kept$path"
  fi
elif [ ! -e "$kept$path" ] && [ ! -L "$kept$path" ]; then
  mkdir -p -- "$kept$(dirname -- "$path")"
  : >"$kept$path.absent"
fi
mkdir -p -- "$(dirname -- "$path")"
new=$path.synnefo-upgrade-new
trap 'rm -f -- "$new"' EXIT
(umask 077; base64 -d >"$new" <<'END_OF_FILE'
${encoded}END_OF_FILE
)
chown -- ${(0,quote.sh) `${`${file.owner}:${file.group}`}`} "$new"
chmod -- ${(0,quote.sh) `${file.mode}`} "$new"
if cmp -s -- "$new" "$path" && [ "$(stat -c '%a %U %G' -- "$new")" = "$(stat -c '%a %U %G' -- "$path")" ]; then
  echo "$path is as it should be"
  exit 0
fi
sync -- "$new"
mv -T -- "$new" "$path"
echo "$path was put in place"
`;
}

;// CONCATENATED MODULE: ./build/phases/run-steps.js





/** The plan's own steps of one point, one after the other in the plan's order, each on all its hosts at once. */
function runSteps(resolved, after, secrets) {
    return resolved.plan.steps
        .filter((step) => step.after === after)
        .map((step) => ({
        phase: 'run-steps',
        title: step.name,
        lanes: (0,domain_inventory/* hostsOfStep */.Zh)(resolved.inventory, step).map((host) => [planStep(resolved, step, host, secrets)]),
    }));
}
/** The id of a plan's own step, by its name. */
function planStepId({ name }) {
    return `run-steps.${name}`;
}
function planStep(resolved, step, host, secrets) {
    return scriptStep({
        id: planStepId(step),
        phase: 'run-steps',
        host,
        title: step.name,
        script: `${unless(step)}${scriptOf(resolved, step)}`,
        commands: commandsOf(resolved, step),
        env: { ...step.env, ...pick(step.secrets, secrets) },
        terminal: true,
        answers: resolved.plan.answers,
        repeat: step.repeat,
        timeLimit: step['time-limit'],
        databases: databasesOfStep(resolved, step, host),
    });
}
function unless({ unless: command }) {
    return command === undefined
        ? ''
        : `${(0,quote.sh) `if bash -c ${command} </dev/null; then echo 'nothing to do here'; exit 0; fi`.text}\n`;
}
function scriptOf(resolved, step) {
    const text = (0,domain_resolved/* textOf */.b6)(resolved, step);
    return step.file === undefined ? text : placeFile(step.file, text).text;
}
function commandsOf(resolved, step) {
    const skipped = step.unless?.trimEnd().split('\n') ?? [];
    return [
        ...(skipped.length === 0
            ? []
            : ['# Only where this does not end 0:', ...skipped.map((line) => `#   ${line}`)]),
        ...workOf(resolved, step),
    ];
}
function workOf(resolved, step) {
    if (step.file !== undefined) {
        const { path, owner, group, mode } = step.file;
        return [`place ${path} (${owner}:${group} ${mode})`];
    }
    return (0,domain_resolved/* textOf */.b6)(resolved, step).trimEnd().split('\n');
}
function pick(names, secrets) {
    return Object.fromEntries(names.map((name) => {
        const secret = secrets.get(name);
        if (secret === undefined) {
            throw new RangeError(`the secret ${name} was not given`);
        }
        return [name, secret];
    }));
}
/** Those of the host's roles for which it runs there. */
function databasesOfStep({ plan, inventory }, step, host) {
    const keys = (0,domain_inventory/* rolesOf */.R7)(inventory, host)
        .filter((role) => step.roles.includes(role))
        .map((role) => plan.roles[role]?.database)
        .filter((key) => key !== undefined);
    return [...new Set(keys.map((key) => (0,domain_inventory/* databaseOf */.zJ)(inventory, key).key))];
}

;// CONCATENATED MODULE: ./build/phases/take-up.js

/** Keys of a plan that may be amended while an upgrade is unfinished, in what has not succeeded yet. */
const AMENDABLE = ['steps', 'answers', 'services', 'dumps', 'stop-order', 'start-order', 'roles'];
/** The text of a resolved plan as hosts keep it. The order of its hosts, services and databases means something. */
function planText(resolved) {
    return `${JSON.stringify(resolved, null, 2)}\n`;
}
/**
 * Takes up an unfinished upgrade: what was decided at its beginning (versions, what ran) with the plan's steps as
 * they are now.
 * @param text the plan as the first host keeps it
 * @throws UpgradeError when the files are those of another upgrade; it says what differs
 */
function takeUp(upgrade, text, files) {
    const begun = JSON.parse(text);
    const differences = [
        ...compare('plan', withoutAmendable(begun.plan), withoutAmendable(files.plan)),
        ...compare('packages', packagesOf(begun.plan.roles), packagesOf(files.plan.roles)),
        ...compare('inventory', begun.inventory, files.inventory),
        ...compare('inventory.hosts in order', orderOf(begun.inventory), orderOf(files.inventory)),
    ];
    if (differences.length > 0) {
        throw new errors/* UpgradeError */.fy(`the upgrade ${upgrade} is unfinished, and these files are those of another one`, {
            output: differences.slice(0, 20).join('\n'),
            state: `The hosts are in the middle of the upgrade ${upgrade} with the plan ${begun.plan.name}.`,
            next: 'Run again with the plan and the inventory of that upgrade, to finish it.',
        });
    }
    // What an earlier version of this suite has journaled does not say what cannot be undone.
    const { irreversible = [] } = begun;
    return { ...begun, irreversible, plan: files.plan, inventory: files.inventory, sources: files.sources };
}
/** What differs between the plan as the hosts keep it and the one that is taken up now, a line each. */
function amendments(text, resolved) {
    const begun = JSON.parse(text);
    return [
        ...compare('plan', begun.plan, resolved.plan),
        ...compare('sources', begun.sources, resolved.sources),
    ];
}
function withoutAmendable(plan) {
    return Object.fromEntries(Object.entries(plan).filter(([key]) => !AMENDABLE.includes(key)));
}
/** The first host decides whether an upgrade exists, and the first one of a role migrates. */
function orderOf({ hosts }) {
    return Object.keys(hosts).join(', ');
}
function packagesOf(roles) {
    return Object.fromEntries(Object.entries(roles).map(([name, { packages, services, database }]) => [
        name,
        { packages, services, database },
    ]));
}
/** Lines `path: before -> after` of two JSON values. */
function compare(path, before, after) {
    if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
        const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
        return keys.flatMap((key) => compare(`${path}.${key}`, before[key], after[key]));
    }
    return before === after
        ? []
        : [`${path}: ${JSON.stringify(before) ?? 'nothing'} -> ${JSON.stringify(after) ?? 'nothing'}`];
}

;// CONCATENATED MODULE: ./build/phases/amended-past.js







/**
 * Refuses amendments of what is done or runs: what the plan says of such a step must be what it said when the hosts
 * last got it. The plan is compared and not the scripts on the hosts, which another version words otherwise.
 * @param begun the plan as the first host keeps it
 * @throws UpgradeError naming the steps, and what of them was amended
 */
function refuseAmendedPast(journal, begun, resolved) {
    const before = writtenSteps(JSON.parse(begun));
    const now = writtenSteps(resolved);
    const changed = journal
        .steps()
        .filter(([, , step]) => isPast(step))
        .flatMap(([host, id]) => amended(`${host}: ${id}`, before.get(`${host}: ${id}`), now.get(`${host}: ${id}`)));
    if (changed.length > 0) {
        throw new errors/* UpgradeError */.fy('the plan was amended in steps that are done already, or run now', {
            output: changed.join('\n'),
            state: 'Nothing was changed by this run.',
            next: 'Put these steps back as they were; other steps may be amended.',
        });
    }
}
function isPast({ state }) {
    return state.kind === 'running' || (0,domain_journal/* endedWell */.Jr)(state);
}
function amended(name, before, now) {
    if (before === undefined) {
        return [];
    }
    if (now === undefined) {
        return [`${name}: the plan has it no longer there`];
    }
    const keys = Object.keys({ ...before, ...now }).filter((key) => compare(key, before[key], now[key]).length > 0);
    return keys.length === 0 ? [] : [`${name}: ${keys.join(', ')}`];
}
/** By `HOST: ID`. The suite's own steps are not the plan's; they look for themselves whether what they did still holds. */
function writtenSteps(resolved) {
    const { plan, inventory } = resolved;
    const steps = plan.steps.flatMap((step) => (0,domain_inventory/* hostsOfStep */.Zh)(inventory, step).map((host) => [`${host}: ${planStepId(step)}`, writtenOf(resolved, step)]));
    const migrations = Object.entries(plan.roles).flatMap(([role, { migrate }]) => migrate.map(({ run }, index) => [`${(0,domain_resolved/* migrationHost */.v$)(resolved, role)}: ${migrationId(role, index)}`, { run }]));
    return new Map([...steps, ...migrations]);
}
/** How long a step that is done might have taken, and whether it could be repeated, is of no more interest. */
function writtenOf(resolved, step) {
    const { after, env, secrets, unless, file } = step;
    const place = file === undefined
        ? undefined
        : { path: file.path, owner: file.owner, group: file.group, mode: file.mode };
    return { after, text: (0,domain_resolved/* textOf */.b6)(resolved, step), file: place, unless, env, secrets };
}

// EXTERNAL MODULE: ./build/domain/canonical.js
var canonical = __webpack_require__(21515);
;// CONCATENATED MODULE: ./build/domain/approval.js



/** What would be approved of an upgrade. @param scope what the run may touch: all else is not approved */
function approvalOf(resolved, scope) {
    const { plan, inventory } = resolved;
    return {
        schema: 1,
        plan: plan.name,
        limit: scope.whole ? null : { hosts: [...scope.hosts].sort(), databases: [...scope.databases].sort() },
        order: {
            hosts: (0,domain_resolved/* hostNames */.n3)(resolved),
            roles: Object.keys(plan.roles),
            steps: plan.steps.map(({ name }) => name),
            stop: plan['stop-order'],
            start: plan['start-order'],
            dumps: plan.dumps,
        },
        versions: plan.versions,
        apt: plan.apt,
        answers: plan.answers,
        services: plan.services,
        roles: plan.roles,
        steps: Object.fromEntries(plan.steps.map((step) => [step.name, approvedStep(resolved, step)])),
        databases: Object.fromEntries((0,domain_inventory/* databasesOf */.oD)(plan, inventory).map(({ key, ...rest }) => [key, rest])),
        hosts: Object.fromEntries((0,domain_resolved/* hostNames */.n3)(resolved).map((host) => [host, approvedHost(resolved, host)])),
        irreversible: resolved.irreversible,
    };
}
function approvedStep(resolved, step) {
    const { name: _key, run: _hashed, file, ...rest } = step;
    const { content: _text, ...place } = file ?? {};
    return {
        ...rest,
        ...(file === undefined ? {} : { file: place }),
        on: (0,domain_inventory/* hostsOfStep */.Zh)(resolved.inventory, step),
        sha256: (0,canonical/* sha256 */.sc)((0,domain_resolved/* textOf */.b6)(resolved, step)),
    };
}
/**
 * Reads an approval back that was kept as JSON.
 * @throws Error when the text is none
 */
function parseApproval(text) {
    const found = JSON.parse(text);
    if (!(0,canonical/* isRecord */.u4)(found) || found.schema !== 1 || !isLimit(found.limit)) {
        throw new Error('it is no approval that this version knows');
    }
    return found;
}
function isLimit(value) {
    const isWords = (part) => Array.isArray(part) && part.every((word) => typeof word === 'string');
    return value === null || ((0,canonical/* isRecord */.u4)(value) && isWords(value.hosts) && isWords(value.databases));
}
function approvedHost(resolved, host) {
    const { packages, transaction, running } = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host);
    return {
        ...resolved.inventory.hosts[host],
        services: Object.fromEntries((0,domain_resolved/* plannedServices */.HT)(resolved, host).map(({ name }) => [name, running.includes(name) ? 'running' : 'down'])),
        packages,
        ...approvedTransaction(transaction ?? { changes: [], removals: [], held: [] }),
    };
}
function approvedTransaction({ changes, removals, held }) {
    return {
        changes: Object.fromEntries(changes.map(({ name, architecture, from, to, sha256: hash }) => [
            `${name}:${architecture}`,
            // What an earlier version of this suite has journaled knows no hashes.
            { from, to, sha256: hash ?? null },
        ])),
        removals: Object.fromEntries(removals.map(({ name, version }) => [name, version])),
        held: [...held].sort(),
    };
}

;// CONCATENATED MODULE: ./build/phases/bond.js




/** The record of the first host with the approval by which its upgrade is bound. */
const RECORD = 'approval.json';
/** The way on where the hosts' journal binds: a person who repairs by hand has it as well. */
const PLAN_ANEW = 'Plan anew (a new run of the workflow), and let that plan be approved. By hand, or in a chain: give `prepare` or the whole upgrade the digest that the action `plan` shows, as `plan-digest`; from then on that one binds.';
/**
 * Finds out what binds a run: the digest that it was given, or else the approval that its unfinished upgrade was begun
 * or taken up under.
 * @throws UpgradeError when the kept approval cannot be read, or when the run would touch more than that approval covers
 */
function bondOf(asked, seen) {
    const { approved, proposes, scope, files } = asked;
    const kept = seen === null || proposes || approved !== null ? undefined : keptIn(seen);
    if (seen === null || kept === undefined) {
        return { approved, scope, kept: false };
    }
    const document = readKept(kept, seen);
    const covered = coveredBy(document, files);
    refuseBeyond(scope, covered, seen);
    return { approved: { digest: (0,canonical/* digestOf */.ol)(document), read: async () => document }, scope: covered, kept: true };
}
/** What would be approved of an upgrade, as far as the approval that binds the run goes. */
function approvalUnder({ scope }, resolved) {
    return approvalOf(resolved, scope);
}
/** Is this resolved plan the approved one? */
function isApproved(bond, resolved) {
    return bond.approved !== null && (0,canonical/* digestOf */.ol)(approvalUnder(bond, resolved)) === bond.approved.digest;
}
/**
 * Keeps the approval that this run was given with its upgrade, for the runs that are given none. One that is kept
 * already stays where it covers this run as well: a narrower one beside it would take from others what they may do.
 */
async function keepBond(bond, journal, resolved) {
    if (bond.approved === null || bond.kept) {
        return;
    }
    const kept = journal.record(journal.firstHost, RECORD);
    if (kept === undefined || !stillBinds(kept, bond, resolved)) {
        await journal.write(journal.firstHost, RECORD, (0,canonical/* canonicalText */.A4)(approvalUnder(bond, resolved)));
    }
}
function stillBinds(text, { scope }, resolved) {
    try {
        const approval = parseApproval(text);
        const covered = coveredBy(approval, resolved);
        return (beyond(scope, covered).length === 0 && (0,canonical/* digestOf */.ol)(approvalOf(resolved, covered)) === (0,canonical/* digestOf */.ol)(approval));
    }
    catch {
        // What cannot be read binds nobody, and is replaced.
        return false;
    }
}
/** The first host decides, as in all that is about the whole upgrade. */
function keptIn({ journals }) {
    const [first] = journals.values();
    return first?.records.get(RECORD);
}
function readKept(text, { upgrade }) {
    try {
        return parseApproval(text);
    }
    catch (cause) {
        throw new errors/* UpgradeError */.fy(`what was approved of the upgrade ${upgrade} cannot be read in the journal of its first host`, {
            state: standing(upgrade),
            next: PLAN_ANEW,
        }, { cause });
    }
}
function coveredBy({ limit }, { plan, inventory }) {
    return limit === null
        ? (0,domain_scope/* scopeOf */.O)(plan, inventory, [])
        : { whole: false, hosts: new Set(limit.hosts), databases: new Set(limit.databases) };
}
function refuseBeyond(scope, covered, { upgrade }) {
    const left = beyond(scope, covered);
    if (left.length > 0) {
        throw new errors/* UpgradeError */.fy(`what was approved is limited, and leaves out: ${left.join(', ')}`, {
            state: standing(upgrade),
            next: `Give this run a limit within ${[...covered.hosts].join(', ')}. Or, with the wider limit: ${PLAN_ANEW}`,
        });
    }
}
/** The hosts and databases of a scope that another one leaves out. */
function beyond(scope, covered) {
    return [
        ...[...scope.hosts].filter((host) => !covered.hosts.has(host)),
        ...[...scope.databases].filter((key) => !covered.databases.has(key)).map((key) => `the database ${key}`),
    ];
}
/** Where the hosts are when a run is refused over an unfinished upgrade. */
function standing(upgrade) {
    return `Nothing was changed by this run; the hosts are in the middle of the upgrade ${upgrade}.`;
}

// EXTERNAL MODULE: ./build/domain/dump.js
var dump = __webpack_require__(15287);
;// CONCATENATED MODULE: ./build/executor/dump-copies.js


/** Is a copy of the dump still where it outlives the runner: on its host, with its hash, or in the store? */
async function copyLasts({ runner, settings }, record) {
    if (record.hostCopy !== null) {
        const script = (0,quote.sh) `sha256sum < ${record.hostCopy} | cut -d ' ' -f 1`.text;
        const result = await (0,ask/* ask */.kA)(runner, record.host, { title: `read ${record.hostCopy}`, script });
        if (result.code === 0 && result.stdout.trim() === record.sha256) {
            return true;
        }
        runner.log.warning(`${record.host}: ${record.hostCopy} is not the dump that was kept there`);
    }
    const { stored } = record;
    return stored !== null && stored.kind === settings.store.kind && (await settings.store.has(stored));
}

// EXTERNAL MODULE: ./build/executor/dump-records.js + 2 modules
var dump_records = __webpack_require__(68925);
// EXTERNAL MODULE: ./build/executor/observe-database.js + 1 modules
var observe_database = __webpack_require__(14412);
;// CONCATENATED MODULE: ./build/executor/dump-guard.js





/**
 * Lets nothing touch a database before nobody uses it and it is known to be as its dump has it. Says nothing where
 * the phase has done its work already: then the services may run again.
 * @returns what was written since the dump, in words, so that another one is wanted; or null
 * @throws UpgradeError for sessions, a missing dump, or a schema that somebody else changed
 */
async function writtenSinceDump(context, target, phase) {
    const begun = statesOf(context, target, phase);
    if (begun.includes('running') || isDone(context, target, phase)) {
        return null;
    }
    await (0,observe_database/* refuseSessions */.GM)(context, target);
    if (begun.length > 0) {
        return null;
    }
    const record = (0,dump_records/* generations */.YZ)(context.journal, target, 'before').at(-1);
    if (record === undefined) {
        throw new errors/* UpgradeError */.fy(`${target.on}: ${target.name} has no proved dump of before`, { host: target.on });
    }
    const now = await (0,observe_database/* observe */.lB)(context, target);
    const found = (0,dump/* drift */.UL)(record.state, now);
    if (found.kind === 'foreign' && statesOf(context, target, 'install-packages').length > 0) {
        // It was as in its dump when apt began. Packages that own their database migrate it in a maintainer script.
        context.runner.log.warning(`${target.on}: ${target.name}: ${found.what}: packages changed it while they were installed`);
        return null;
    }
    if (found.kind === 'foreign') {
        throw foreign(target, found.what, (0,dump/* changedHeads */.MI)(record.state, now));
    }
    return found.kind === 'written' ? found.what : null;
}
/** The states of the steps of a phase that have begun and may have changed a database. */
function statesOf({ journal }, target, phase) {
    const prefixes = phase === 'migrate' ? target.roles.map((role) => `migrate.${role}.`) : ['install-packages.apt'];
    return journal
        .steps()
        .filter(([, id]) => prefixes.some((prefix) => id.startsWith(prefix)))
        .map(([, , { state }]) => state.kind);
}
/** Has all ended well that the guard of a phase stands before? */
function isDone({ journal, resolved }, target, phase) {
    const guarded = phase === 'migrate'
        ? target.roles.flatMap((role) => (resolved.plan.roles[role]?.migrate ?? []).map((_, index) => `migrate.${role}.${index}`))
        : Object.values(resolved.hosts)
            .filter(({ packages }) => Object.keys(packages).length > 0)
            .map(() => 'install-packages.apt');
    const ended = journal.steps().filter(([, id, { state }]) => guarded.includes(id) && (0,domain_journal/* endedWell */.Jr)(state));
    return ended.length === guarded.length;
}
function foreign(target, what, roles) {
    return new errors/* UpgradeError */.fy(`${target.on}: ${target.name}: ${what}, and no migration of this upgrade has begun`, {
        host: target.on,
        command: `the schema commands of ${roles.join(', ')}`,
        state: 'The database was not touched by this run. The services are down.',
        next: 'Find out who changed the schema. Restore the database from its dump, or finish by hand what was begun.',
    });
}

// EXTERNAL MODULE: ./build/executor/read-schemas.js + 1 modules
var read_schemas = __webpack_require__(80074);
// EXTERNAL MODULE: ./build/executor/take-dump.js + 4 modules
var take_dump = __webpack_require__(86540);
;// CONCATENATED MODULE: ./build/executor/dumps.js









/** The dumps of one upgrade: taken once, never replaced, and held against the databases before these change. */
class Dumps {
    #context;
    constructor(context) {
        this.#context = context;
    }
    globals() {
        return (0,dump_records/* reportedGlobals */.so)(this.#context);
    }
    reported() {
        return (0,dump_records/* reportedDumps */.x_)(this.#context);
    }
    /** The first dump of before. */
    first(target) {
        return (0,dump_records/* generations */.YZ)(this.#context.journal, target, 'before')[0];
    }
    latest(target, point) {
        return (0,dump_records/* generations */.YZ)(this.#context.journal, target, point).at(-1);
    }
    async dump(target, point) {
        const { runner } = this.#context;
        const record = this.latest(target, point);
        if (record === undefined) {
            await this.#take(target, point, 1);
        }
        else if (this.#isOutdated(target, record)) {
            runner.log.info(`${target.on}: ${target.name} (${point}): migrated again since the last dump of it`);
            await this.#take(target, point, record.generation + 1);
        }
        else if (await copyLasts(this.#context, record)) {
            runner.log.info(`${target.on}: ${target.name} (${point}): dumped already`);
        }
        else if (point === 'before' && this.#changed(target)) {
            throw lost(target, record);
        }
        else {
            await this.#take(target, point, record.generation + 1);
        }
    }
    isDumped(target, point) {
        return this.latest(target, point) !== undefined;
    }
    areGlobalsDumped(target) {
        return (0,dump_records/* globalsOf */.GD)(this.#context.journal, target) !== undefined;
    }
    async dumpGlobals(target) {
        const { journal } = this.#context;
        const record = (0,dump_records/* globalsOf */.GD)(journal, target);
        if (record === undefined || !(await copyLasts(this.#context, record))) {
            const taken = await (0,take_dump/* takeGlobals */.EM)(this.#context, target);
            await journal.write(target.on, (0,dump_records/* globalsName */.c3)(target.port), JSON.stringify(taken));
        }
    }
    /** The step that lets nothing touch a database before it is known to be as its dump has it. */
    guard(target, phase) {
        return {
            kind: 'runner',
            id: `${phase}.guard.${target.key}`,
            phase,
            host: target.on,
            title: `nobody uses or changed ${target.name} since its dump`,
            commands: ['select ... from pg_stat_activity', 'select ... from pg_stat_user_tables'],
            databases: [target.key],
            run: async () => await this.#dumpAgain(target, await writtenSinceDump(this.#context, target, phase)),
            isDone: () => statesOf(this.#context, target, phase).length > 0,
        };
    }
    /** @param written what was written since the latest dump, or null: then that one is good */
    async #dumpAgain(target, written) {
        if (written !== null) {
            this.#context.runner.log.warning(`${target.on}: ${target.name}: ${written}: it is dumped again, beside the first dump`);
            await this.#take(target, 'before', (this.latest(target, 'before')?.generation ?? 0) + 1);
        }
    }
    async #take(target, point, generation) {
        await (0,observe_database/* refuseSessions */.GM)(this.#context, target);
        const record = await (0,take_dump/* takeDump */.Si)(this.#context, target, point, generation);
        await this.#context.journal.write(target.on, (0,dump/* recordName */.xD)(target.key, point, generation), JSON.stringify(record), true);
    }
    async observe(target) {
        return await (0,observe_database/* observe */.lB)(this.#context, target);
    }
    /** Does every role of a database say that nothing is pending? */
    async isMigrated(target) {
        const { runner, resolved } = this.#context;
        const schemas = await (0,read_schemas/* readSchemas */.x)(runner, resolved, target.roles);
        return [...schemas].every(([role, answer]) => (0,schema_state/* isAtHead */.AU)(answer, resolved.plan.roles[role] ?? {}));
    }
    describe(target, point) {
        return [
            `pg_dump -Fc --port=${target.port} ${target.name}    # ${point}`,
            'pg_restore -f /dev/null    # reads all of it',
        ];
    }
    /** Was the database restored and migrated anew after a dump of what its first migration had made? */
    #isOutdated(target, { point, takenAt }) {
        const { journal, facts } = this.#context;
        const ids = target.roles.map((role) => `migrate.${role}.`);
        return journal.steps().some(([host, id, { state }]) => {
            const ended = state.kind === 'ended' ? state.ended - (facts.get(host)?.clockOffset ?? 0) : 0;
            return point !== 'before' && ids.some((start) => id.startsWith(start)) && ended > takenAt;
        });
    }
    /** May packages or migrations of this upgrade have changed a database? */
    #changed(target) {
        return ['migrate', 'install-packages'].some((phase) => statesOf(this.#context, target, phase).length > 0);
    }
}
function lost(target, record) {
    return new errors/* UpgradeError */.fy(`${target.on}: the dump of ${target.name} of before is gone from where it was kept`, {
        host: target.on,
        state: `Packages or migrations of this upgrade have changed ${target.name} already, so another dump would not be one of before.`,
        next: `Find the dump with the SHA-256 ${record.sha256}, and put it back to ${record.hostCopy ?? record.stored?.path ?? record.stored?.url ?? 'where it was'}.`,
    });
}

;// CONCATENATED MODULE: ./build/phases/backup-db.js

/** Dumps every database at one point, side by side, if the plan names that point. */
function backupDb(resolved, point, work) {
    if (!resolved.plan.dumps.includes(point)) {
        return [];
    }
    const targets = (0,domain_inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory);
    const lanes = targets.map((target) => [dumpStep(target, point, work)]);
    const servers = Map.groupBy(targets, ({ on, port }) => `${on}:${port}`);
    const globals = point === 'before' ? [...servers.values()].flatMap((all) => globalsLane(all, work)) : [];
    return [{ phase: 'backup-db', title: `dump the databases (${point})`, lanes: [...lanes, ...globals] }];
}
function dumpStep(target, point, work) {
    return {
        kind: 'runner',
        id: `backup-db.${target.key}.${point}`,
        phase: 'backup-db',
        host: target.on,
        title: `dump ${target.name} (${point})`,
        commands: work.describe(target, point),
        databases: [target.key],
        run: async () => await work.dump(target, point),
        isDone: () => work.isDumped(target, point),
    };
}
/** @param targets the databases of one server */
function globalsLane(targets, work) {
    return targets.slice(0, 1).map((target) => [
        {
            kind: 'runner',
            id: `backup-db.globals-${target.port}`,
            phase: 'backup-db',
            host: target.on,
            title: `dump the roles and grants of the server on port ${target.port}`,
            commands: [`pg_dumpall --globals-only --port=${target.port}`],
            databases: targets.map(({ key }) => key),
            run: async () => await work.dumpGlobals(target),
            isDone: () => work.areGlobalsDumped(target),
        },
    ]);
}

// EXTERNAL MODULE: ./build/commands/apt-library.js
var apt_library = __webpack_require__(13870);
;// CONCATENATED MODULE: ./build/commands/apt-request.js



/** Seconds to wait for another process that holds the lock of apt or dpkg. */
const lockWait = 300;
/** No question has anybody to answer it, no daemon beneath may restart, and edited settings stay. */
const environment = (0,bash/* bash */.x) `export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true NEEDRESTART_SUSPEND=1 \
  APT_LISTCHANGES_FRONTEND=none APT_LISTBUGS_FRONTEND=none UCF_FORCE_CONFFOLD=1
`;
/** The first lines of every script that calls apt. */
const prelude = (0,bash/* bash */.x) `${bash/* strict */.O}${environment}${apt_library/* aptLibrary */.F}`;
/** Nothing comes from a repository whose signature is missing or wrong. */
const trusted = (0,quote.sh) `-o APT::Get::AllowUnauthenticated=false -o Acquire::AllowInsecureRepositories=false`;
/** The folder of downloaded packages. */
function archivesOption({ archives }) {
    return (0,quote.sh) `-o ${`Dir::Cache::archives=${archives}`}`;
}
/** Lets apt change packages on hold, where that was approved. */
function heldOption({ held = [] }) {
    return (0,quote.sh) `${held.length > 0 ? ['--allow-change-held-packages'] : []}`;
}
/** `-t RELEASE NAME=VERSION ...`, in the order of the request. */
function target({ packages, release }) {
    return (0,quote.sh) `${[...(release === undefined ? [] : ['-t', release]), '--']} ${versionWords(packages)}`;
}
/** `NAME=VERSION ...` */
function versionWords(packages) {
    return (0,quote.sh) `${Object.entries(packages).map(([name, version]) => `${name}=${version}`)}`;
}

;// CONCATENATED MODULE: ./build/commands/apt-install.js



/** Both options: `confdef` alone asks where there is no default, `confold` alone keeps what nobody edited. */
const conffiles = (0,quote.sh) `--force-confdef --force-confold`;
/**
 * Finishes what an earlier dpkg left half done, then installs exactly these versions from what was downloaded. What
 * cannot be finished may be what one of these versions repairs, so then apt has the last word. Answers
 * nothing by asking, removes nothing that was not approved, never downgrades, never takes an unsigned package.
 */
function install(request) {
    const { removals = [] } = request;
    const removing = removals.length > 0 ? approvedRemovals(request, removals) : (0,quote.sh) `:`;
    const options = (0,quote.sh) `${removals.length > 0 ? [] : ['--no-remove']} ${heldOption(request)}`;
    const script = (0,bash/* bash */.x) `${prelude}wait_for_lock ${(0,quote.sh) `${lockWait}`}
dpkg ${conffiles} --configure -a ||
  echo 'dpkg could not configure what an earlier run left; apt goes on with what is planned now'
${removing}
apt-get -y -q ${options} --no-download ${archivesOption(request)} ${trusted} \
  -o DPkg::Lock::Timeout=${(0,quote.sh) `${lockWait}`} -o Dpkg::Use-Pty=0 \
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install ${target(request)}
`;
    return { title: 'apt-get install', script: script.text };
}
/** `--no-remove` has no exceptions, so with approved removals the transaction is looked at once more. */
function approvedRemovals(request, removals) {
    return (0,bash/* bash */.x) `planned=$(apt-get -q -s install ${target(request)} < /dev/null)
for name in $(sed -n -E 's/^(Remv|Purg) ([^ ]+) .*/\2/p' <<< "$planned"); do
  case ${(0,quote.sh) `${` ${removals.join(' ')} `}`} in
    *" $name "*) ;;
    *) echo "apt would remove $name, which was not approved" >&2; exit 100 ;;
  esac
done`;
}

;// CONCATENATED MODULE: ./build/commands/dpkg.js


/** Asks dpkg for states and versions: a program's own `--version` is no proof that its package is configured. */
function readBack(names) {
    // Exit code 1: dpkg does not know one of them, which the answer shows.
    const script = (0,bash/* bash */.x) `${bash/* strict */.O}dpkg-query -W -f='\${Package}\t\${Architecture}\t\${Status}\t\${Version}\n' \
  -- ${(0,quote.sh) `${names}`} || [ "$?" = 1 ]
`;
    return { title: 'read back the installed versions', script: script.text };
}
/**
 * Reads the answer of `readBack`, by name; a package that dpkg does not know is missing from it.
 * @throws Error with the line that was not understood
 */
function parseReadBack(stdout) {
    const lines = stdout.split('\n').filter((line) => line !== '');
    return new Map(lines.map((line) => {
        const [name, architecture, state, version, ...more] = line.split('\t');
        if (name === undefined ||
            architecture === undefined ||
            state === undefined ||
            version === undefined ||
            more.length > 0) {
            throw new Error(`dpkg-query printed ${JSON.stringify(line)}`);
        }
        return [name, { name, architecture, state, version }];
    }));
}
/** A script that ends 0 when dpkg has exactly these versions, configured; else it prints the first that is not so. */
function versionsAre(packages) {
    const expected = Object.entries(packages).map(([name, version]) => `${name} install ok installed ${version}`);
    const script = (0,bash/* bash */.x) `${bash/* strict */.O}found=$(dpkg-query -W -f='\${Package} \${Status} \${Version}\n')
for line in ${(0,quote.sh) `${expected}`}; do
  grep -qxF -e "$line" <<< "$found" || { echo "not so: $line"; exit 1; }
done
`;
    return { title: 'look for the planned versions', script: script.text };
}

// EXTERNAL MODULE: ./build/commands/policy-rc.js
var policy_rc = __webpack_require__(99817);
;// CONCATENATED MODULE: ./build/commands/downloads.js


/**
 * Prints which package files lie in a folder, by their contents and not by their names, for `parseDownloads`. Reads
 * only.
 */
function listDownloads(archives) {
    const script = (0,bash/* bash */.x) `${bash/* strict */.O}${library}list_downloads ${(0,quote.sh) `${archives}`}
`;
    return { title: 'list the downloaded packages', script: script.text };
}
/** Program text that removes every package file from a folder that was not planned, or has another content. */
function removeUnplanned(archives, planned) {
    const known = planned.map(({ name, architecture, to, sha256 }) => 
    // What an earlier version of this suite has journaled knows no hashes.
    [name, to, architecture, sha256 ?? 'any'].join(' '));
    return (0,bash/* bash */.x) `${library}remove_unplanned ${(0,quote.sh) `${archives}`} ${(0,quote.sh) `${`|${known.join('|')}|`}`}
`;
}
/**
 * Reads what `listDownloads` prints. A file that is no package has the name, version and architecture `-`.
 * @throws Error with the line that was not understood
 */
function parseDownloads(stdout) {
    const lines = stdout.split('\n').filter((line) => line !== '');
    return lines.map((line) => {
        const match = /^deb ([0-9a-f]{64}) (\d+) (\S+) (\S+) (\S+) (\/.+)$/.exec(line);
        const [, sha256 = '', bytes = '', name = '', version = '', architecture = '', path = ''] = match ?? [];
        if (match === null) {
            throw new Error(`a line about a downloaded package is not understood: ${JSON.stringify(line)}`);
        }
        return { name, version, architecture, path, sha256, bytes: Number(bytes) };
    });
}
const library = (0,bash/* bash */.x) `list_downloads() {
  local file hash
  for file in "$1"/*.deb; do
    [ -e "$file" ] || continue
    hash=$(sha256sum < "$file")
    printf 'deb %s %s ' "\${hash%% *}" "$(stat -c %s -- "$file")"
    # A crash may have left one that is none.
    dpkg-deb -W --showformat='\${Package} \${Version} \${Architecture}' -- "$file" 2> /dev/null || printf -- '- - -'
    printf ' %s\n' "$file"
  done
}

remove_unplanned() {
  list_downloads "$1" | while read -r _ hash _ name version architecture file; do
    case $2 in
      *"|$name $version $architecture $hash|"* | *"|$name $version $architecture any|"*) ;;
      *) echo "not as planned, and removed: $file" >&2; rm -f -- "$file" ;;
    esac
  done
}
`;

;// CONCATENATED MODULE: ./build/phases/archives.js





/** The folder of an upgrade into which packages are downloaded. */
function archivesOf(upgrade) {
    return `${(0,host_library/* upgradeFolder */.$U)(upgrade)}/archives`;
}
/** What to do about files that are not the planned ones; only `prepare` fetches. */
const NEXT = {
    prepare: 'Let the repository offer again what was planned, and run the same again. Repaired packages need a version of their own.',
    'install-packages': 'Run the action prepare again, or the whole upgrade: it fetches what is planned. Then go on from here.',
};
/**
 * The files that apt will install are those that were planned. Apt itself compares a file that lies there already by
 * its size alone. Nothing is asked of them once the packages are installed: nobody needs them any more.
 */
function archivesCheck(resolved, host, upgrade, phase) {
    const { transaction, packages } = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host);
    const archives = archivesOf(upgrade);
    return transaction === null
        ? []
        : [
            {
                kind: 'check',
                id: `${phase}.archives`,
                phase,
                host,
                title: 'the downloaded packages are the planned ones',
                commands: [`sha256sum ${archives}/*.deb`],
                script: unlessInstalled(packages, listDownloads(archives)),
                judge: (output) => otherFiles(transaction, parseDownloads(output)),
                next: NEXT[phase] ?? '',
                patience: 0,
            },
        ];
}
function unlessInstalled(packages, { script }) {
    return `${(0,quote.sh) `! bash -c ${versionsAre(packages).script} > /dev/null 2>&1 || exit 0`.text}\n${script}`;
}
/** Which files are not what was planned, in words. One that is missing is apt's to tell of. */
function otherFiles({ changes }, found) {
    return found.flatMap(({ name, version, architecture, sha256, path }) => {
        const planned = changes.find((change) => change.name === name && change.to === version && change.architecture === architecture);
        return planned === undefined
            ? [`${path} was not planned: it is ${name} ${version} (${architecture})`]
            : otherContent(planned, sha256);
    });
}
/** What is said of the same version with another content; nothing where its content was not known to the plan. */
function otherContent({ name, to, sha256: planned }, now) {
    // What an earlier version of this suite has journaled knows no hashes.
    return typeof planned !== 'string' || planned === now
        ? []
        : [`${name} ${to} has another content than planned: SHA-256 ${now ?? 'unknown'}, not ${planned}`];
}

;// CONCATENATED MODULE: ./build/commands/apt.js




/**
 * `apt-get update`; fails when any index could not be read, which apt alone calls a success.
 */
function update() {
    const script = (0,bash/* bash */.x) `${prelude}wait_for_lock ${(0,quote.sh) `${lockWait}`}
update_lists
echo 'every package list was read'
`;
    return { title: 'apt-get update', script: script.text };
}
/**
 * Prints what `apt-get install` of exactly these versions would do by the lists that the host has, and the hash of
 * every .deb in it, for `parseTransaction`; changes nothing, not even apt's caches.
 */
function simulate({ packages, release }) {
    const from = release === undefined ? (0,bash/* bash */.x) `` : (0,bash/* bash */.x) `APT_OPTIONS+=(-o ${(0,quote.sh) `${`APT::Default-Release=${release}`}`})`;
    const script = (0,bash/* bash */.x) `${prelude}quiet_caches
${from}
simulate_install ${versionWords(packages)}
`;
    return { title: 'simulate the install', script: script.text };
}
/**
 * Downloads exactly these versions, and all that comes with them, into a folder of the caller. Nothing is installed.
 * Reads the package lists anew where they name what is no longer there.
 */
function download(request) {
    const folder = (0,quote.sh) `${request.archives}`;
    const script = (0,bash/* bash */.x) `${prelude}mkdir -p -m 0700 -- ${folder} ${folder}/partial
${request.planned === undefined ? (0,bash/* bash */.x) `` : removeUnplanned(request.archives, request.planned)}wait_for_lock ${(0,quote.sh) `${lockWait}`}
fetch() {
  apt-get -y -q --download-only ${archivesOption(request)} ${trusted} ${ownFolder} ${unlocked} ${heldOption(request)} \
    install ${target(request)} < /dev/null
}
if ! fetch; then
  echo 'not everything could be had: the package lists may be older than the repository, and are read anew' >&2
  update_lists || exit 100
  fetch
fi
for file in ${folder}/*.deb; do
  [ ! -e "$file" ] || sync -- "$file"
done
`;
    return { title: 'download the packages', script: script.text };
}
/**
 * Ends 0 when apt knows exactly these versions, by its lists or as installed ones. Writes none of apt's caches.
 */
function knows(packages) {
    const script = (0,bash/* bash */.x) `${prelude}quiet_caches
for each in ${versionWords(packages)}; do
  # apt-cache calls it a success when it finds no such version.
  [ -n "$(apt-cache "\${APT_OPTIONS[@]}" show "$each")" ] || { echo "unknown to apt: $each"; exit 1; }
done
`;
    return { title: 'look whether apt knows the versions', script: script.text };
}
/** Apt's own user cannot enter the folder of an upgrade; without this apt complains about it at every download. */
const ownFolder = (0,quote.sh) `-o APT::Sandbox::User=root`;
/**
 * With the lock, apt refuses while a crash in dpkg is not repaired, which is the install's to do. A download changes
 * nothing that the lock is for.
 */
const unlocked = (0,quote.sh) `-o Debug::NoLocking=true`;

;// CONCATENATED MODULE: ./build/commands/settings.js


/**
 * A step's script that keeps /etc as it is now, with owners and modes, in the upgrade's `rollback/etc.tar`.
 * Written once: what a repetition finds is no longer what was there before.
 * @param base the folder that has `etc`; a test gives its own
 */
function saveSettings(base = '/') {
    return (0,bash/* bash */.x) `set -eu
umask 077
kept=$(dirname -- "$0")/../../rollback
[ ! -e "$kept/etc.tar" ] || { echo 'the settings were kept before'; exit 0; }
mkdir -p -- "$kept"
tar --create --file="$kept/etc.tar.new" --directory=${(0,quote.sh) `${base}`} --sparse etc
sync -- "$kept/etc.tar.new"
mv -T -- "$kept/etc.tar.new" "$kept/etc.tar"
echo "kept /etc: $(stat -c %s -- "$kept/etc.tar") bytes"
`;
}
/**
 * Compares /etc with what `saveSettings` kept, for `parseSettings`. The whole difference stays on the host, in
 * the upgrade's `settings.diff`, since it may hold passwords; what is printed are names and counts of lines.
 * @param folder the upgrade's folder on the host
 * @param base the folder that has `etc`; a test gives its own
 */
function compareSettings(folder, base = '/') {
    return {
        title: 'compare /etc with what it was',
        script: (0,bash/* bash */.x) `set -eu
folder=${(0,quote.sh) `${folder}`}
base=${(0,quote.sh) `${base.replace(/\/$/, '')}`}
[ -e "$folder/rollback/etc.tar" ] || exit 0
old=$(mktemp -d)
trap 'rm -rf -- "$old"' EXIT
tar --extract --file="$folder/rollback/etc.tar" --directory="$old"
(umask 077; diff --recursive --new-file --no-dereference -u "$old/etc" "$base/etc" >"$folder/settings.diff" || [ "$?" = 1 ])
(cd "$old" && find etc -type f -o -type l) | LC_ALL=C sort >"$old/before"
(cd "$base/" && find etc -type f -o -type l) | LC_ALL=C sort >"$old/after"
LC_ALL=C comm -13 "$old/before" "$old/after" | while IFS= read -r name; do
  printf 'new\t%s\n' "$(base64 -w 0 <<<"/$name")"
done
LC_ALL=C comm -23 "$old/before" "$old/after" | while IFS= read -r name; do
  printf 'gone\t%s\n' "$(base64 -w 0 <<<"/$name")"
done
# A link is compared by where it points to: the copy's own targets are not there.
same() {
  if [ -L "$1" ] || [ -L "$2" ]; then [ "$(readlink -- "$1")" = "$(readlink -- "$2")" ]; else cmp -s -- "$1" "$2"; fi
}
LC_ALL=C comm -12 "$old/before" "$old/after" | while IFS= read -r name; do
  same "$old/$name" "$base/$name" || printf 'changed\t%s\n' "$(base64 -w 0 <<<"/$name")"
done
`.text,
    };
}
/**
 * Reads what `compareSettings` printed.
 * @throws Error with the line that is not understood
 */
function parseSettings(stdout) {
    const files = { new: [], gone: [], changed: [] };
    for (const line of stdout.split('\n').filter((text) => text !== '')) {
        const [kind = '', encoded] = line.split('\t');
        if (encoded === undefined || !Object.hasOwn(files, kind)) {
            throw new Error(`a line about /etc is not understood: ${JSON.stringify(line.slice(0, 200))}`);
        }
        files[kind]?.push(Buffer.from(encoded, 'base64').toString('utf8').trimEnd());
    }
    const isKeptBack = (name) => /\.(dpkg|ucf)-(dist|new)$/.test(name);
    const fresh = files.new ?? [];
    return {
        added: fresh.filter((name) => !isKeptBack(name)),
        gone: files.gone ?? [],
        changed: files.changed ?? [],
        keptBack: [...fresh, ...(files.changed ?? [])].filter(isKeptBack),
    };
}

// EXTERNAL MODULE: ./build/domain/transaction.js + 1 modules
var domain_transaction = __webpack_require__(75890);
;// CONCATENATED MODULE: ./build/phases/prepare.js








/**
 * All that can be done while the services still run: fresh package lists, the proof that apt would still do what
 * was planned, the packages themselves, and a copy of the settings.
 */
function prepare(resolved, upgrade) {
    return [
        stageOf(resolved, 'prepare', 'fetch the packages and keep the settings', (host) => hasPackages(resolved, host) ? prepareHost(resolved, host, upgrade) : []),
    ];
}
function prepareHost(resolved, host, upgrade) {
    const planned = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host).transaction?.changes;
    const fetch = download({
        ...aptRequest(resolved, host),
        archives: archivesOf(upgrade),
        ...(planned === undefined ? {} : { planned }),
    });
    return [
        scriptStep({
            id: 'prepare.update',
            phase: 'prepare',
            host,
            title: 'apt-get update',
            script: update().script,
            // Another version may have been planned since, or the lists thrown away.
            check: knows((0,domain_resolved/* resolvedHost */.ZN)(resolved, host).packages).script,
        }),
        transactionCheck(resolved, host),
        scriptStep({
            id: 'prepare.download',
            phase: 'prepare',
            host,
            title: fetch.title,
            commands: [aptLine(resolved, host, '--download-only')],
            script: fetch.script,
            timeLimit: 7200,
            // Until they are installed: downloading again is quick where all is there, and mends what was cleaned away.
            check: versionsAre((0,domain_resolved/* resolvedHost */.ZN)(resolved, host).packages).script,
            renews: true,
            // An apt that outlived its run holds the lock for which a download waits, and is followed.
            usedBy: 'install-packages.apt',
        }),
        ...archivesCheck(resolved, host, upgrade, 'prepare'),
        scriptStep({
            id: 'prepare.settings',
            phase: 'prepare',
            host,
            title: 'keep a copy of /etc',
            commands: [`tar --create --file=${(0,host_library/* upgradeFolder */.$U)(upgrade)}/rollback/etc.tar --directory=/ etc`],
            script: saveSettings().text,
        }),
    ];
}
function hasPackages(resolved, host) {
    return Object.keys((0,domain_resolved/* resolvedHost */.ZN)(resolved, host).packages).length > 0;
}
/** What apt is asked for on a host, the same in the simulation, the download and the install. */
function aptRequest(resolved, host) {
    const { packages, transaction } = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host);
    return { packages, release: resolved.plan.apt.release, held: transaction?.held ?? [] };
}
/** The call of apt as people read it. */
function aptLine(resolved, host, ...options) {
    const { packages, release } = aptRequest(resolved, host);
    const versions = Object.entries(packages).map(([name, version]) => `${name}=${version}`);
    return ['apt-get install', ...options, ...(release === undefined ? [] : ['-t', release]), ...versions].join(' ');
}
function transactionCheck(resolved, host) {
    const planned = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host).transaction;
    return {
        kind: 'check',
        id: 'prepare.transaction',
        phase: 'prepare',
        host,
        title: 'apt would do what was planned',
        commands: [aptLine(resolved, host, '--simulate')],
        script: simulate(aptRequest(resolved, host)).script,
        judge: (output) => differences(planned, (0,domain_transaction/* parseTransaction */.MH)(output)),
        shown: domain_transaction/* aptsWords */.yB,
        patience: 0,
        until: 'install-packages.apt',
    };
}
/** What apt would do now and was not planned, or the other way round. */
function differences(planned, now) {
    const before = linesOf(planned ?? { changes: [], removals: [], held: [] });
    const after = linesOf(now);
    return [
        ...otherContents(planned, now),
        ...after.filter((line) => !before.includes(line)).map((line) => `not planned: ${line}`),
        ...before.filter((line) => !after.includes(line)).map((line) => `planned and no longer so: ${line}`),
    ];
}
/** The same versions, and other files: where the content was planned it must be the same. */
function otherContents(planned, now) {
    return now.changes.flatMap(({ name, to, architecture, sha256 }) => {
        const before = planned?.changes.find((change) => change.name === name && change.to === to && change.architecture === architecture);
        return before === undefined ? [] : otherContent(before, sha256);
    });
}
function linesOf({ changes, removals }) {
    return [
        ...changes.map(({ name, from, to }) => `${name} ${from ?? '(new)'} -> ${to}`),
        ...removals.map(({ name, version }) => `${name} ${version} removed`),
    ];
}

// EXTERNAL MODULE: ./build/commands/service-library.js + 1 modules
var service_library = __webpack_require__(91622);
;// CONCATENATED MODULE: ./build/commands/hold.js




const usual = { folder: host_library/* ROOT */.Dl, etc: '/etc' };
/**
 * Keeps services from starting at boot, and under systemd by anybody else too, until they are released. Nothing is
 * masked, since maintainer scripts fail on masked units. Under systemd it is a drop-in with a condition; under sysvinit
 * the links are renamed as `update-rc.d disable` does, each recorded before, and no other service's links are touched.
 */
function holdServices(names, places = usual) {
    return (0,bash/* bash */.x) `${hold_prelude(names, places)}mkdir -p -- "$FOLDER/held"
if [ "$INIT" = systemd ]; then
  : > "$FOLDER/hold"
  for name in "\${NAMES[@]}"; do hold_unit "$name"; done
  systemctl daemon-reload
else
  for name in "\${NAMES[@]}"; do hold_links "$name"; done
fi
sync
echo "kept from starting: \${NAMES[*]}"
`;
}
/** Undoes `holdServices` exactly; does nothing where nothing is held. */
function releaseServices(names, places = usual) {
    return (0,bash/* bash */.x) `${hold_prelude(names, places)}for name in "\${NAMES[@]}"; do
  release_unit "$name"
  release_links "$name"
done
if [ -z "$(ls -A -- "$FOLDER/held" 2> /dev/null)" ]; then
  rm -f -- "$FOLDER/hold"
  [ ! -d "$FOLDER/held" ] || rmdir -- "$FOLDER/held"
fi
[ "$INIT" != systemd ] || systemctl daemon-reload
sync
echo "may start again: \${NAMES[*]}"
`;
}
function hold_prelude(names, { folder, etc }) {
    return (0,bash/* bash */.x) `${bash/* strict */.O}${service_library/* serviceLibrary */.n}${functions}
FOLDER=${(0,quote.sh) `${folder}`} ETC=${(0,quote.sh) `${etc}`} NAMES=(${(0,quote.sh) `${names}`})
find_init
`;
}
const functions = (0,bash/* bash */.x) `
hold_unit() {
  local folder="$ETC/systemd/system/$1.service.d" record="$FOLDER/held/$1.unit"
  [ -d "$folder" ] || [ -e "$record" ] || echo made > "$record"
  [ -e "$record" ] || echo there > "$record"
  mkdir -p -- "$folder"
  printf '# Until an upgrade has come to its end; removed by it.\n[Unit]\nConditionPathExists=!%s\n' "$FOLDER/hold" \
    > "$folder/synnefo-upgrade.conf"
}

release_unit() {
  local folder="$ETC/systemd/system/$1.service.d" record="$FOLDER/held/$1.unit"
  [ -e "$record" ] || return 0
  rm -f -- "$folder/synnefo-upgrade.conf"
  if [ "$(cat -- "$record")" = made ] && [ -d "$folder" ]; then rmdir --ignore-fail-on-non-empty -- "$folder"; fi
  rm -f -- "$record"
}

# Recorded before it is done, so that a crash in between is undone as well.
hold_links() {
  local link file number
  for link in "$ETC"/rc[2345S].d/S[0-9][0-9]"$1"; do
    [ -L "$link" ] || [ -e "$link" ] || continue
    file=\${link##*/}
    number=\${file:1:2}
    printf '%s %s\n' "$link" "\${link%/*}/K$(printf %02d $((100 - 10#$number)))$1" >> "$FOLDER/held/$1.links"
  done
  [ -e "$FOLDER/held/$1.links" ] || return 0
  sync -- "$FOLDER/held/$1.links"
  while read -r link file; do
    [ ! -L "$link" ] || mv -T -- "$link" "$file"
  done < "$FOLDER/held/$1.links"
}

release_links() {
  local link file
  [ -e "$FOLDER/held/$1.links" ] || return 0
  while read -r link file; do
    if [ -L "$file" ]; then
      mv -T -- "$file" "$link"
    elif [ ! -L "$link" ]; then
      echo "$link was changed by something else meanwhile: update-rc.d decides"
      update-rc.d "$1" enable
    fi
  done < "$FOLDER/held/$1.links"
  rm -f -- "$FOLDER/held/$1.links"
}
`;

;// CONCATENATED MODULE: ./build/commands/service-script.js



/** Bash functions on top of the library: `look` sets S_PIDS afresh; `wait_until_gone SECONDS` looks until it is empty. */
const service_script_prelude = (0,bash/* bash */.x) `${bash/* strict */.O}${service_library/* serviceLibrary */.n}
look() {
  scan_processes
  service_find "\${SERVICE[@]}"
}

wait_until_gone() {
  local until=$((SECONDS + $1))
  while look; [ -n "$S_PIDS" ]; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.2
  done
}

say_processes() {
  local pid
  for pid in $S_PIDS; do echo "  $pid \${P_COMMAND[$pid]:0:200}"; done
}

by_init() {
  if [ "$INIT" = systemd ]; then
    timeout -k 10 "$LIMIT" systemctl "$1" -- "$NAME.service" < /dev/null
  else
    timeout -k 10 "$LIMIT" service "$NAME" "$1" < /dev/null
  fi
}

say_log() {
  if [ "$INIT" = systemd ]; then
    journalctl --no-pager -q -n 20 -u "$NAME.service" || true
  elif [ -f "/var/log/$NAME.log" ]; then
    tail -n 20 "/var/log/$NAME.log"
  fi
}
`;
/**
 * A script about one service: NAME, its words as `service_find` takes them, and LIMIT, the seconds that the init's own
 * start or stop may take.
 */
function serviceScript(name, hint, limit, body) {
    return (0,bash/* bash */.x) `${service_script_prelude}NAME=${(0,quote.sh) `${name}`} SERVICE=(${(0,quote.sh) `${[name, ...(0,service_library/* hintWords */.l)(hint)]}`}) LIMIT=${(0,quote.sh) `${limit}`}
find_init
${body}`;
}

;// CONCATENATED MODULE: ./build/commands/service-start.js



/** Ends 0 while a process of the service lives. */
function stillUp(name, hint) {
    return serviceScript(name, hint, 0, (0,bash/* bash */.x) `look
if [ -z "$S_PIDS" ]; then
  echo "$NAME has no process"
  exit 1
fi
`);
}
/**
 * Starts a service through the host's init and ends 0 when it has a process. A unit that is `active (exited)` with
 * no process is stopped first, since systemd would call it started and do nothing.
 * @param limit seconds that the init's own start may take
 */
function startService(name, hint, limit = 300) {
    return serviceScript(name, hint, limit, (0,bash/* bash */.x) `look
service_words "$NAME"
if [ "$INIT" = systemd ]; then
  systemctl reset-failed -- "$NAME.service" 2> /dev/null || true
  if [ -z "$S_PIDS" ] && [ "$S_STATE" = active ]; then by_init stop || true; fi
fi
code=0
by_init start || code=$?
if [ "$code" != 0 ]; then
  echo "the start of $NAME ended with exit code $code"
  say_log
  exit 1
fi
until=$((SECONDS + 10))
while look; [ -z "$S_PIDS" ]; do
  if [ "$SECONDS" -ge "$until" ]; then
    echo "the start of $NAME ended well, but it has no process"
    say_log
    exit 1
  fi
  sleep 0.2
done
echo "$NAME is up"
`);
}
/**
 * Ends 0 when the service's own processes are the same ones some seconds later and systemd did not restart it
 * meanwhile: many die a second or two after a start that ended well. Children that come and go do not count.
 */
function proveRunning(name, hint, seconds) {
    return serviceScript(name, hint, 0, (0,bash/* bash */.x) `own_processes() {
  local pid
  look
  for pid in $S_PIDS; do
    case " $S_PIDS " in *" \${P_PARENT[$pid]} "*) ;; *) echo "$pid/\${P_START[$pid]}" ;; esac
  done
}
not_so() {
  echo "$NAME $1"
  say_log
  exit 1
}
before=$(own_processes)
[ -n "$before" ] || not_so 'has no process'
service_words "$NAME"
restarts=$S_RESTARTS
sleep ${(0,quote.sh) `${seconds}`}
after=$(own_processes)
service_words "$NAME"
[ "$restarts" = "$S_RESTARTS" ] || not_so "was restarted by systemd: $restarts times before, $S_RESTARTS now"
for process in $before; do
  case " $(echo $after) " in *" $process "*) ;; *) not_so "lost its process \${process%/*} within ${(0,quote.sh) `${seconds}`} seconds" ;; esac
done
echo "$NAME runs: $(echo $after)"
`);
}

;// CONCATENATED MODULE: ./build/commands/service-stop.js



/**
 * Stops a service through the host's init and ends 0 only when no process of it lives: an init script's word, and
 * `is-active`, are no proof. What outlives the stop and the grace is ended by signals. A unit that systemd calls
 * failed is down when it has no process.
 */
function stopService(name, hint, limits = {}) {
    const { limit = 180, settle = 3, grace = 30 } = limits;
    return serviceScript(name, hint, limit, (0,bash/* bash */.x) `SETTLE=${(0,quote.sh) `${settle}`} GRACE=${(0,quote.sh) `${grace}`}
${stopBody}`);
}
const stopBody = (0,bash/* bash */.x) `look
service_words "$NAME"
if [ "$S_EXISTS" = no ] && [ -z "$S_PIDS" ]; then
  echo "$NAME is not on this host"
else
  code=0
  by_init stop || code=$?
  [ "$code" = 0 ] || echo "the stop of $NAME ended with exit code $code"
fi
if ! wait_until_gone "$SETTLE"; then
  echo "the stop of $NAME left processes behind, which are now ended:"
  say_processes
  kill -TERM $S_PIDS 2> /dev/null || true
  if ! wait_until_gone "$GRACE"; then
    echo "killed, since they did not end:"
    say_processes
    kill -KILL $S_PIDS 2> /dev/null || true
  fi
fi
if ! wait_until_gone 10; then
  echo "$NAME still lives:"
  say_processes
  exit 1
fi
service_words "$NAME"
[ "$S_STATE" != failed ] || echo "systemd calls $NAME failed; it has no process, so it is down"
echo "$NAME is down"
`;
/** Ends 0 while no process of the service lives; else it says which. */
function stillDown(name, hint) {
    return serviceScript(name, hint, 0, (0,bash/* bash */.x) `look
if [ -n "$S_PIDS" ]; then
  echo "$NAME runs:"
  say_processes
  exit 1
fi
`);
}

;// CONCATENATED MODULE: ./build/commands/service.js
/** What can be done with a service on its host: each is the text of one script. */




;// CONCATENATED MODULE: ./build/phases/stop-services.js



/**
 * Stops every service of the plan, on each host in the plan's order, all hosts at once. Before that the services
 * are kept from coming up at boot, since a host that reboots in the middle would start them on a database that is
 * being migrated. A service that two roles of a host share is stopped once.
 */
function stopServices(resolved) {
    return [
        stageOf(resolved, 'stop-services', 'keep the services from starting at boot', (host) => hold(resolved, host)),
        stageOf(resolved, 'stop-services', 'stop the services', (host) => stopOn(resolved, host, 'stop-services')),
    ];
}
function hold(resolved, host) {
    const services = (0,domain_resolved/* plannedServices */.HT)(resolved, host);
    return services.length === 0
        ? []
        : [
            scriptStep({
                id: 'stop-services.hold',
                phase: 'stop-services',
                host,
                title: `keep ${services.map(({ name }) => name).join(', ')} from starting at boot`,
                commands: services.map(({ name }) => `update-rc.d ${name} disable    # under systemd: a condition in ${name}.service.d/synnefo-upgrade.conf`),
                script: holdServices(services.map(({ name }) => name)).text,
            }),
        ];
}
/** The stops of one host, for this phase and for the second stop after packages were installed. */
function stopOn(resolved, host, phase) {
    const services = (0,domain_resolved/* plannedServices */.HT)(resolved, host);
    const order = resolved.plan['stop-order'];
    return [...services]
        .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
        .map((service) => stop(service, host, phase));
}
function stop(service, host, phase) {
    return scriptStep({
        id: `${phase}.stop.${service.name}`,
        phase,
        host,
        title: `stop ${service.name}`,
        commands: [`service ${service.name} stop`],
        script: stopService(service.name, service.hint).text,
        check: stillDown(service.name, service.hint).text,
        until: 'start-services.release',
    });
}

;// CONCATENATED MODULE: ./build/phases/install-packages.js









/** Seconds that apt may take on one host before the waiting ends. */
const APT_LIMIT = 14_400;
/**
 * Installs the planned versions, one `apt-get` a host, all hosts at once but those that the plan has in a series. No
 * service of the plan can start
 * meanwhile: policy-rc.d denies it; whatever a maintainer script started past it is stopped again.
 */
function installPackages(resolved, upgrade, guard) {
    const guards = (0,domain_resolved/* hostNames */.n3)(resolved).some((host) => hasPackages(resolved, host))
        ? (0,domain_inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory).map((target) => [guard(target, 'install-packages')])
        : [];
    return [
        { phase: 'install-packages', title: 'nothing was written since the dumps', lanes: guards },
        inSeries(resolved, stageOf(resolved, 'install-packages', 'install the packages', (host) => hasPackages(resolved, host)
            ? [
                ...denyStarts(resolved, host),
                ...archivesCheck(resolved, host, upgrade, 'install-packages'),
                apt(resolved, host, upgrade),
                versionCheck(resolved, host, 'install-packages'),
            ]
            : [])),
        stageOf(resolved, 'install-packages', 'stop what the packages started', (host) => hasPackages(resolved, host) ? stopOn(resolved, host, 'install-packages') : []),
    ];
}
/** One lane for the hosts whose packages may change a database: two of them at once could do that to the same one. */
function inSeries({ plan, inventory }, { lanes, ...stage }) {
    const isSerial = (steps) => steps.some(({ host }) => (0,domain_inventory/* rolesOf */.R7)(inventory, host).some((role) => plan.roles[role]?.serial === true));
    const serial = lanes.filter(isSerial).flat();
    return {
        ...stage,
        lanes: [...(serial.length === 0 ? [] : [serial]), ...lanes.filter((lane) => !isSerial(lane))],
    };
}
function denyStarts(resolved, host) {
    const services = (0,domain_resolved/* plannedServices */.HT)(resolved, host).map(({ name }) => name);
    return services.length === 0
        ? []
        : [
            scriptStep({
                id: 'install-packages.policy',
                phase: 'install-packages',
                host,
                title: `let no package start ${services.join(', ')}`,
                commands: [
                    `# /usr/sbin/policy-rc.d answers 101 for these; one that is there already is asked about all others`,
                ],
                script: (0,policy_rc/* installPolicy */.WT)(services).text,
                // Whoever gives the lock back takes it away: a run that goes on wants it again, until the services may start.
                check: (0,policy_rc/* policyStands */.oc)().text,
                renews: true,
                until: 'start-services.release',
            }),
        ];
}
function apt(resolved, host, upgrade) {
    const removals = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host).transaction?.removals.map(({ name }) => name) ?? [];
    const command = install({ ...aptRequest(resolved, host), archives: archivesOf(upgrade), removals });
    return scriptStep({
        id: 'install-packages.apt',
        phase: 'install-packages',
        host,
        title: command.title,
        commands: [aptLine(resolved, host, '--no-download', '--no-remove')],
        script: command.script,
        terminal: true,
        timeLimit: APT_LIMIT,
        check: versionsAre((0,domain_resolved/* resolvedHost */.ZN)(resolved, host).packages).script,
    });
}
/** Reads versions and states back from dpkg: apt's exit code and a program's own word are no proof. */
function versionCheck(resolved, host, phase) {
    const { packages } = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host);
    return {
        kind: 'check',
        id: `${phase}.versions`,
        phase,
        host,
        title: 'the planned versions are installed',
        commands: ['dpkg-query --show'],
        script: readBack(Object.keys(packages)).script,
        judge: (output) => judgeVersions(packages, output),
        patience: 0,
    };
}
function judgeVersions(packages, output) {
    const found = parseReadBack(output);
    return Object.entries(packages).flatMap(([name, version]) => {
        const installed = found.get(name);
        if (installed === undefined) {
            return [`${name} is not installed`];
        }
        return installed.version === version && installed.state === 'install ok installed'
            ? []
            : [`${name} is ${installed.version} (${installed.state}), planned was ${version}`];
    });
}

// EXTERNAL MODULE: ./build/shell/secret.js
var secret = __webpack_require__(64341);
;// CONCATENATED MODULE: ./build/commands/health-request.js



/**
 * What one request consists of: the variables that `pageLibrary` reads, and the environment that holds its headers'
 * values, so that no secret stands in the script.
 * @param prefix of the variables' names
 * @throws RangeError when a secret that the check names is missing, or a header would end its line
 */
function requestOf(check, secrets, prefix) {
    const headers = headersOf(check, secrets).map((header, index) => ({
        ...header,
        variable: `${prefix}_HEADER_${index}`,
    }));
    const { host, port, named, target } = addressOf(check);
    const settings = (0,bash/* bash */.x) `export HOST=${(0,quote.sh) `${host}`} PORT=${(0,quote.sh) `${port}`} NAMED=${(0,quote.sh) `${named}`} TARGET=${(0,quote.sh) `${target}`}
HEADERS=(${(0,quote.sh) `${headers.flatMap(({ name, variable }) => [name, variable])}`})
STATUS=${(0,quote.sh) `${check.status}`} BODY=${(0,quote.sh) `${check.body ?? ''}`}
`;
    return { settings, env: Object.fromEntries(headers.map(({ variable, value }) => [variable, value])) };
}
/** Where the page of a check is: what is dialled, what the request calls it, and what it asks for. */
function addressOf({ http }) {
    const url = new URL(http);
    return {
        host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: url.port === '' ? '80' : url.port,
        named: url.host,
        target: url.pathname + url.search,
    };
}
/**
 * The headers that go with a check, in its order.
 * @throws RangeError when a secret that it names is missing, or a header would end its line
 */
function headersOf(check, secrets) {
    return Object.entries(check.header).map(([name, value]) => ({
        name,
        value: headerValue(check, name, value, secrets),
    }));
}
function headerValue(check, name, value, secrets) {
    const found = typeof value === 'string' ? value : secrets.get(value.secret);
    if (found === undefined) {
        throw new RangeError(`the secret of the header ${name} of ${check.http} is not set`);
    }
    if (/[\r\n\0]/.test(name + (found instanceof secret/* Secret */.z ? found.reveal() : found))) {
        throw new RangeError(`the header ${name} of ${check.http} would end its line`);
    }
    return found;
}

// EXTERNAL MODULE: ./build/commands/page-library.js
var page_library = __webpack_require__(54106);
;// CONCATENATED MODULE: ./build/commands/health.js




/**
 * Asks a page on the host itself, again and again until its status and body are as expected or `within` seconds are
 * over; then the last answer is shown. Values of headers come as environment variables, so that no secret stands in
 * the script.
 * @throws RangeError when a secret that the check names is missing, or a header would end its line
 */
function askHealth(check, secrets) {
    const { settings, env } = requestOf(check, secrets, 'HEALTH');
    const script = (0,bash/* bash */.x) `${bash/* strict */.O}${page_library/* pageLibrary */.Z}
${settings}WITHIN=${(0,quote.sh) `${check.within}`}
await_page
`;
    return { title: `ask ${check.http}`, script: script.text, env };
}

;// CONCATENATED MODULE: ./build/phases/health.js




/** The health checks of all hosts; a role none of whose services ran before the upgrade is not asked. */
function askedChecks(resolved) {
    return (0,domain_resolved/* hostNames */.n3)(resolved).flatMap((host) => Object.entries(resolved.plan.roles)
        .filter(([role, { services }]) => {
        const { running } = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host);
        const has = resolved.inventory.hosts[host]?.roles.includes(role) ?? false;
        return has && services.some((service) => running.includes(service));
    })
        .flatMap(([role, { health }]) => health.map((check, index) => ({ host, role, index, check }))));
}
/** What of a check must hold before the upgrade as well; null where nothing must. */
function holdsBefore(check) {
    const { body: _new, ...alone } = check;
    switch (check.before) {
        case 'same':
            return check;
        case 'status':
            return alone;
        case 'nothing':
            return null;
    }
}
/** Asks whether the services are healthy after the upgrade; every check has a lane of its own. */
function healthStage(resolved, secrets) {
    const lanes = askedChecks(resolved).map((asked) => [healthStep(asked, secrets)]);
    return { phase: 'start-services', title: 'ask the services', lanes };
}
/** The id of a check's step, by its place in the role's list. */
function healthId(role, index) {
    return `start-services.health.${role}.${index}`;
}
function healthStep({ host, role, index, check }, secrets) {
    const command = askHealth(check, secrets);
    return scriptStep({
        id: healthId(role, index),
        phase: 'start-services',
        host,
        title: `ask ${role} at ${check.http}`,
        commands: [describeCheck(check)],
        script: command.script,
        env: command.env ?? {},
        timeLimit: check.within + 30,
        // What was healthy once need not be so now: always asked again.
        check: 'exit 1',
        renews: true,
    });
}
/** As `curl -H 'X-Auth-Token: ***' http://...    # 200, with: "status": "ok"`. */
function describeCheck({ http, header, status, body }) {
    const headers = Object.entries(header).map(([name, value]) => `-H ${(0,quote/* quote */.h)(`${name}: ${typeof value === 'string' ? value : '***'}`)} `);
    return `curl ${headers.join('')}${(0,quote/* quote */.h)(http)}    # ${status}${body === undefined ? '' : `, with: ${body}`}`;
}

;// CONCATENATED MODULE: ./build/phases/start-services.js





/**
 * Starts what ran before the upgrade, service by service in the plan's order across all hosts, and asks each role
 * whether it is healthy. What was down before stays down.
 */
function startServices(resolved, secrets) {
    return [
        stageOf(resolved, 'start-services', 'let the services start again', (host) => release(resolved, host)),
        ...resolved.plan['start-order'].map((service) => stageOf(resolved, 'start-services', `start ${service}`, (host) => start(resolved, service, host))),
        healthStage(resolved, secrets),
    ];
}
/**
 * Starts what this upgrade stopped, when it ends before a package was touched: a lane a host, so that a host that
 * is gone keeps no other one down.
 */
function startAgain(resolved) {
    const lane = (host) => [
        ...release(resolved, host),
        ...resolved.plan['start-order'].flatMap((service) => start(resolved, service, host)),
    ];
    const stage = stageOf(resolved, 'start-services', 'start again what was stopped', lane);
    return [{ ...stage, independent: true }];
}
function release(resolved, host) {
    const services = (0,domain_resolved/* plannedServices */.HT)(resolved, host).map(({ name }) => name);
    return services.length === 0
        ? []
        : [
            scriptStep({
                id: 'start-services.release',
                phase: 'start-services',
                host,
                title: 'let the services start, by hand and at boot',
                commands: [
                    '# /usr/sbin/policy-rc.d as it was before',
                    ...services.map((name) => `update-rc.d ${name} enable    # under systemd: rm ${name}.service.d/synnefo-upgrade.conf`),
                ],
                script: `${(0,policy_rc/* removePolicy */.pX)().text}\n${releaseServices(services).text}`,
            }),
        ];
}
/** The id of a service's start. */
function startId(service) {
    return `start-services.start.${service}`;
}
function start(resolved, name, host) {
    if (!(0,domain_resolved/* resolvedHost */.ZN)(resolved, host).running.includes(name)) {
        return [];
    }
    const { hint } = (0,domain_resolved/* plannedService */.sV)(resolved, name);
    return [
        scriptStep({
            id: startId(name),
            phase: 'start-services',
            host,
            title: `start ${name}`,
            commands: [`service ${name} start`],
            script: startService(name, hint).text,
            check: stillUp(name, hint).text,
        }),
    ];
}

// EXTERNAL MODULE: ./build/commands/postgres.js
var postgres = __webpack_require__(67384);
;// CONCATENATED MODULE: ./build/phases/verify.js







/** Seconds between the two looks at a service's processes: some die a second or two after their start. */
const STEADY_SECONDS = 4;
/** Proves that all is as the plan wants it; every check has a lane of its own, and nothing is changed. */
function verify(resolved) {
    const hosts = (0,domain_resolved/* hostNames */.n3)(resolved);
    const checks = [
        ...hosts.flatMap((host) => (0,domain_resolved/* resolvedHost */.ZN)(resolved, host).running.map((service) => steady(resolved, host, service))),
        ...hosts
            .filter((host) => hasPackages(resolved, host))
            .map((host) => versionCheck(resolved, host, 'verify')),
        ...Object.keys(resolved.plan.roles).flatMap((role) => schemaChecks(resolved, role, 'verify')),
        ...(0,domain_inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory).map(({ on, port }) => serverAnswers(on, port)),
    ];
    return [
        {
            phase: 'verify',
            title: 'services, versions, schemas, database servers',
            lanes: checks.map((check) => [check]),
        },
    ];
}
function steady(resolved, host, name) {
    const { hint } = (0,domain_resolved/* plannedService */.sV)(resolved, name);
    return {
        kind: 'check',
        id: `verify.running.${name}`,
        phase: 'verify',
        host,
        title: `${name} runs and stays up`,
        commands: [`look at the processes of ${name} twice, ${STEADY_SECONDS} s apart`],
        script: proveRunning(name, hint, STEADY_SECONDS).text,
        judge: () => [],
        patience: 0,
    };
}
function serverAnswers(host, port) {
    return {
        kind: 'check',
        id: `verify.server.${port}`,
        phase: 'verify',
        host,
        title: `the database server on port ${port} answers`,
        commands: ["psql -c 'select 1'"],
        script: (0,postgres/* probeServer */._D)(port).script,
        judge: (output) => (output.trim() === '1' ? [] : [`it answered ${JSON.stringify(output.trim())}`]),
        patience: 10,
    };
}

;// CONCATENATED MODULE: ./build/phases/upgrade.js








/** The whole upgrade, in order. */
function partsOf(resolved, { upgrade, secrets, dumps, guard }) {
    const one = (phase, stages) => ({ phase, at: null, stages });
    const dump = (at) => ({ phase: 'backup-db', at, stages: backupDb(resolved, at, dumps) });
    const steps = (at) => ({
        phase: 'run-steps',
        at,
        stages: runSteps(resolved, at, secrets),
    });
    return [
        one('prepare', prepare(resolved, upgrade)),
        steps('prepare'),
        one('stop-services', stopServices(resolved)),
        dump('before'),
        steps('stop'),
        one('install-packages', installPackages(resolved, upgrade, guard)),
        steps('install'),
        one('migrate', migrate(resolved, guard)),
        dump('after-migrate'),
        steps('migrate'),
        dump('after-steps'),
        one('start-services', startServices(resolved, secrets)),
        one('verify', verify(resolved)),
    ];
}
/** The stages of several parts, in order. */
function stagesOf(parts) {
    return parts.flatMap(({ stages }) => stages);
}
/** The parts that a turn means; all of them where there is none. */
function partsAt(parts, turn) {
    return parts.filter(({ phase, at }) => turn === null || (phase === turn.phase && at === turn.at));
}
/** As people call a turn and its action: `backup-db (point: before)`. */
function describeTurn({ phase, at }) {
    return at === null ? phase : `${phase} (${phase === 'backup-db' ? 'point' : 'after'}: ${at})`;
}

;// CONCATENATED MODULE: ./build/phases/context.js


/** What an upgrade consists of, by its journal. */
function context_workOf({ runner, secrets, dumps: settings }, { facts }, resolved, journal) {
    const dumps = new Dumps({ runner, journal, resolved, settings, facts });
    const guard = dumps.guard.bind(dumps);
    const parts = partsOf(resolved, { upgrade: journal.upgrade, secrets, dumps, guard });
    return { resolved, journal, dumps, parts, stages: stagesOf(parts) };
}

// EXTERNAL MODULE: ./build/report/failure.js + 1 modules
var failure = __webpack_require__(59308);
;// CONCATENATED MODULE: ./build/phases/broken-steps.js

/** The steps that may change a database, in their order. */
function changersOf(stages, { key }) {
    return stages
        .flatMap(({ lanes }) => lanes.flat())
        .filter((step) => step.kind === 'script')
        .filter(({ databases = [] }) => databases.includes(key));
}
/** What is broken on these databases, by the journal alone. */
function brokenSteps(journal, stages, targets) {
    return targets.flatMap((target) => changersOf(stages, target)
        .filter((step) => step.repeat === 'restore-first' && isBroken(journal, step))
        .map((step) => ({ step, target })));
}
function isBroken(journal, { host, id }) {
    const state = journal.step(host, id)?.state;
    return (0,domain_journal/* endedBadly */.PL)(state);
}
/** A failure that leaves databases half changed, with what that means and what to do about it. */
function withRestoring(failure, broken) {
    const places = [...new Set(broken.map(({ target }) => `${target.name} on ${target.on}`))].join(', ');
    const steps = [...new Set(broken.map(({ step }) => step.title))].join(', ');
    return broken.length === 0
        ? failure
        : {
            ...failure,
            state: join(failure.state, `Half of a change may be in ${places} (${steps}). It is not repeated on what was left.`),
            next: join(failure.next, `Mend what made it fail. Restore ${places} from the dump of before, with the commands that the summary and the log give, while the services are down. Then run the same again.`),
        };
}
function join(first, second) {
    return first === '' ? second : `${first} ${second}`;
}

;// CONCATENATED MODULE: ./build/phases/end-early.js








/**
 * Brings a run that failed to an orderly end. Before the first package or row was touched, what was stopped is started
 * again and the upgrade is over; later it stays unfinished. Cancelled runs start nothing.
 */
async function endEarly(context, findings, error) {
    const { runner } = context;
    const { journal } = findings;
    if (journal === null) {
        findings.end(runner.signal.aborted ? 'cancelled' : 'refused', (0,failure/* explainFailure */.S)(error));
    }
    else if (runner.signal.aborted) {
        findings.end('cancelled', { ...(0,failure/* explainFailure */.S)(error), state: stateOf(journal) });
    }
    else if (isTouched(journal) || brokenIn(findings).length > 0) {
        findings.end('unfinished', withRestoring((0,failure/* explainFailure */.S)(error), brokenIn(findings)));
    }
    else {
        await abandon(context, findings, error);
    }
}
async function abandon({ runner }, findings, error) {
    const { journal, resolved } = findings;
    if (journal === null || resolved === null) {
        return;
    }
    try {
        await refuseRunning(runner, journal);
        runner.log.notice('no package was touched yet: what was stopped is started again');
        await new Executor(runner, journal).run(startAgain(resolved));
        await journal.close('abandoned');
        findings.end('abandoned', (0,failure/* explainFailure */.S)(error));
    }
    catch (problem) {
        findings.end('unfinished', (0,failure/* explainFailure */.S)(new AggregateError([error, problem], 'what was stopped could not be started again')));
        return;
    }
    await giveBack(runner, journal);
}
/**
 * Looks on the hosts whether a step still runs: services must not start beside it. A host that does not answer keeps
 * no other one down.
 * @throws UpgradeError naming the steps
 */
async function refuseRunning(runner, journal) {
    const read = await Promise.allSettled([...runner.hosts.keys()].map(async (host) => ({ host, ...(await (0,executor_journal/* readJournal */.a0)(runner, host)) })));
    const running = read.flatMap((found) => found.status === 'fulfilled' && found.value.current === journal.upgrade
        ? [...found.value.steps]
            .filter(([, { state }]) => state.kind === 'running')
            .map(([id]) => `${found.value.host}: ${id}`)
        : []);
    if (running.length > 0) {
        throw new errors/* UpgradeError */.fy('steps still run, and services must not start beside them', {
            output: running.join('\n'),
            next: 'Run the same again: it follows them to their end.',
        });
    }
}
/** Gives the lock back at the end of an upgrade. All is done and told; a lock that stays is given back by `post`. */
async function giveBack(runner, journal) {
    const busy = await (0,executor_lock/* releaseAll */.Th)(runner, journal.lock).catch((error) => {
        runner.log.warning(`the lock could not be given back: ${String(error)}`);
        return [];
    });
    for (const step of busy) {
        runner.log.warning(`${step} still runs: the lock stays`);
    }
}
/** Steps that left a database half changed, of which there is a dump to restore. */
function brokenIn({ journal, resolved, stages, dumps }) {
    if (journal === null || resolved === null) {
        return [];
    }
    const dumped = (0,domain_inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory).filter((target) => dumps?.first(target) !== undefined);
    return brokenSteps(journal, stages, dumped);
}
/** Steps that a cancelled run was at: their hosts bring them to their end. */
function stateOf(journal) {
    const open = journal
        .steps()
        .filter(([, , { state }]) => state.kind === 'unborn' || state.kind === 'running')
        .map(([host, id]) => `${host}: ${id}`);
    return open.length === 0
        ? ''
        : `These steps may still run on their hosts, and the next run follows them: ${open.join(', ')}.`;
}
/** May a package or a row have been touched? From then on there is no way back by starting what was stopped. */
function isTouched(journal) {
    return journal.steps().some(([, id]) => id === 'install-packages.apt' || id.startsWith('migrate.'));
}

// EXTERNAL MODULE: ./build/domain/outlook.js
var outlook = __webpack_require__(59454);
// EXTERNAL MODULE: ./build/executor/disks.js
var executor_disks = __webpack_require__(61994);
// EXTERNAL MODULE: ./build/executor/survey.js + 7 modules
var survey = __webpack_require__(60045);
;// CONCATENATED MODULE: ./build/phases/before-and-after.js






/** The packages that change, on every host. */
function versionsOf(resolved) {
    return (0,domain_resolved/* hostNames */.n3)(resolved).flatMap((host) => ((0,domain_resolved/* resolvedHost */.ZN)(resolved, host).transaction?.changes ?? []).map(({ name, from, to }) => ({
        host,
        package: name,
        from,
        to,
    })));
}
/** What ran before, and whether it runs now. @param after the hosts as they are now; null while nobody has looked */
function servicesOf(resolved, after) {
    return (0,domain_resolved/* hostNames */.n3)(resolved).flatMap((host) => (0,domain_resolved/* plannedServices */.HT)(resolved, host).map(({ name }) => ({
        host,
        name,
        before: (0,domain_resolved/* resolvedHost */.ZN)(resolved, host).running.includes(name) ? 'running' : 'down',
        after: before_and_after_stateOf(after?.get(host), name),
    })));
}
function before_and_after_stateOf(facts, service) {
    const found = facts?.services[service];
    if (found === undefined) {
        return 'unknown';
    }
    return found.running ? 'running' : 'down';
}
/** What every role's `schema` command said before, and says now. */
function schemasOf({ roles }, before, after) {
    return [...before].map(([role, output]) => {
        const now = after?.get(role)?.output ?? null;
        const rule = roles[role] ?? {};
        return {
            role,
            before: output,
            after: now,
            pendingBefore: (0,schema_state/* pendingMigrations */.Ri)(output, rule).length,
            pendingAfter: now === null ? null : (0,schema_state/* pendingMigrations */.Ri)(now, rule).length,
        };
    });
}
/** What the packages changed in /etc, on every host that got any. @param folder of the upgrade */
async function settingsOf(runner, resolved, folder) {
    const changes = await (0,pool/* mapParallel */.EQ)((0,domain_resolved/* hostNames */.n3)(resolved).filter((host) => hasPackages(resolved, host)), async (host) => parseSettings(await (0,ask/* askOk */.qI)(runner, host, compareSettings(folder))));
    return [...changes].map(([host, change]) => ({ host, ...change, diff: `${folder}/settings.diff` }));
}

// EXTERNAL MODULE: ./build/domain/step.js
var step = __webpack_require__(75799);
;// CONCATENATED MODULE: ./build/phases/times.js




/** What a report has of times. @param journal null before there is one */
function timesOf(journal, facts, resolved, outcome) {
    const steps = journal === null ? [] : stepReports(journal, facts);
    const outage = resolved === null ? null : outageOf(steps, endsOfOutage(resolved, outcome === 'abandoned'));
    const seconds = outage === null || outage.ended === null ? null : (outage.ended - outage.began) / 1000;
    return { steps, outage, outageSeconds: seconds };
}
/** Journaled steps that ended, oldest first; times by the runner's clock, each host's offset taken off. */
function stepReports(journal, facts) {
    return journal
        .steps()
        .flatMap(([host, id, { state }]) => {
        if (state.kind !== 'ended') {
            return [];
        }
        const offset = facts.get(host)?.clockOffset ?? 0;
        return [
            {
                host,
                id,
                phase: phaseOf(id),
                started: state.started - offset,
                ended: state.ended - offset,
                rc: state.rc,
            },
        ];
    })
        .sort((left, right) => left.started - right.started);
}
/**
 * The steps whose end ends the outage: the last answers of healthy services. Where none is asked, and where an upgrade
 * was abandoned, the starts of what ran.
 */
function endsOfOutage(resolved, abandoned) {
    const health = askedChecks(resolved).map(({ host, role, index }) => ({ host, id: healthId(role, index) }));
    return health.length > 0 && !abandoned
        ? health
        : (0,domain_resolved/* hostNames */.n3)(resolved).flatMap((host) => (0,domain_resolved/* resolvedHost */.ZN)(resolved, host).running.map((service) => ({ host, id: startId(service) })));
}
/**
 * From the first stop of a service to the last of those steps, on hosts that had one stopped; null while nothing was
 * stopped.
 */
function outageOf(steps, ends) {
    const good = steps.filter(({ rc }) => rc === 0);
    const stops = good.filter(({ id }) => id.startsWith('stop-services.stop.'));
    if (stops.length === 0) {
        return null;
    }
    const began = Math.min(...stops.map(({ started }) => started));
    const wanted = ends.filter(({ host }) => stops.some((stop) => stop.host === host));
    const found = wanted.map(({ host, id }) => good.find((step) => step.host === host && step.id === id)?.ended);
    const known = found.filter((ended) => ended !== undefined);
    return { began, ended: known.length < wanted.length || wanted.length === 0 ? null : Math.max(...known) };
}
function phaseOf(id) {
    const name = id.split('.')[0];
    return step/* PHASES */.Z.find((phase) => phase === name) ?? 'prepare';
}

;// CONCATENATED MODULE: ./build/phases/findings.js













/** What is known of a run so far; in the end, its report. */
class Findings {
    #runner;
    #files;
    facts = new Map();
    resolved = null;
    journal = null;
    dumps = null;
    /** Asks the services all the while. */
    probe = null;
    stages = [];
    #upgrade = null;
    #survey = null;
    #disks = [];
    #after = null;
    #schemasAfter = null;
    #settings = [];
    #seen = null;
    #planned = [];
    #outlook = null;
    #notes = [];
    #digest = null;
    #part = null;
    #next = null;
    #outcome = 'refused';
    #failure = null;
    constructor(runner, files) {
        this.#runner = runner;
        this.#files = files;
    }
    /** @param disks what is free against what is needed, on the hosts and on the runner */
    surveyed(survey, disks) {
        this.#survey = survey;
        this.looked(survey.resolved, survey.facts);
        this.#disks = disks;
    }
    looked(resolved, facts) {
        this.resolved = resolved;
        this.facts = facts;
        this.#disks = (0,executor_disks/* hostDisks */.X_)(facts);
    }
    /** An unfinished upgrade was found; whether this run goes on with it is another question. */
    found(upgrade) {
        this.#upgrade = upgrade;
    }
    /** What would be approved of the upgrade is known. */
    approvable(approval) {
        this.#digest = (0,canonical/* digestOf */.ol)(approval);
    }
    began(journal, dumps, stages) {
        this.journal = journal;
        this.dumps = dumps;
        this.stages = stages;
        this.#upgrade = journal.upgrade;
    }
    /** Nothing to install and nothing to migrate. */
    nothingToDo(resolved) {
        return ((0,domain_resolved/* hostNames */.n3)(resolved).every((host) => !hasPackages(resolved, host)) &&
            [...(this.#survey?.schemas ?? [])].every(([role, answer]) => (0,schema_state/* isAtHead */.AU)(answer, resolved.plan.roles[role] ?? {})));
    }
    plan(stages) {
        this.foresee();
        this.#planned = plannedSteps(stages);
    }
    /** Tells what an upgrade would meet, by what is known of the hosts. */
    foresee() {
        this.#outlook = this.resolved === null ? null : (0,outlook/* outlookOf */.jH)(this.resolved, this.facts, this.#disks);
    }
    /** Looks at the hosts once more, for what runs now. */
    async lookAgain() {
        this.#after = await (0,survey/* readFacts */.MH)(this.#runner, this.#files, 'system');
    }
    /** Looks at the hosts once more, for all that changed. */
    async collect() {
        await this.lookAgain();
        this.#schemasAfter = await (0,read_schemas/* readSchemas */.x)(this.#runner, this.#files);
        const { resolved, journal } = this;
        this.#settings =
            resolved === null || journal === null
                ? []
                : await settingsOf(this.#runner, resolved, (0,host_library/* upgradeFolder */.$U)(journal.upgrade));
    }
    /** One part of the upgrade runs, and not the whole. @param next what comes after it */
    isPart(part, next) {
        this.#part = part;
        this.#next = next;
    }
    note(text) {
        this.#notes = [...this.#notes, text];
    }
    /** Ends the probe, if there is one, once all is done that could change what it sees. */
    async endProbe() {
        const { outage } = timesOf(this.journal, this.facts, this.resolved, this.#outcome);
        this.#seen = (await this.probe?.end(outage)) ?? null;
    }
    end(outcome, failure = null) {
        this.#outcome = outcome;
        this.#failure = failure;
    }
    report() {
        const { journal, resolved, dumps } = this;
        return {
            schema: 1,
            outcome: this.#outcome,
            plan: this.#files.plan.name,
            part: this.#part,
            next: this.#next,
            upgrade: this.#upgrade,
            digest: this.#digest,
            versions: resolved === null ? [] : versionsOf(resolved),
            services: resolved === null ? [] : servicesOf(resolved, this.#after),
            schemas: schemasOf(this.#files.plan, this.#schemasBefore(), this.#schemasAfter),
            dumps: dumps?.reported() ?? [],
            globals: dumps?.globals() ?? [],
            ...timesOf(journal, this.facts, resolved, this.#outcome),
            probe: this.#seen,
            settings: this.#settings,
            planned: this.#planned,
            outlook: this.#outlook,
            notes: this.#notes,
            failure: this.#failure,
        };
    }
    /** What was said before the upgrade: by its dumps, where it has been taken up, else by the survey. */
    #schemasBefore() {
        const { plan, inventory } = this.#files;
        const surveyed = [...(this.#survey?.schemas ?? [])].map(([role, { output }]) => [role, output]);
        const recorded = (0,domain_inventory/* databasesOf */.oD)(plan, inventory).flatMap((target) => Object.entries(this.dumps?.first(target)?.state.heads ?? {}));
        return new Map([...surveyed, ...recorded]);
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/domain/disks.js
var domain_disks = __webpack_require__(31563);
// EXTERNAL MODULE: ./build/facts/look.js + 9 modules
var look = __webpack_require__(32149);
// EXTERNAL MODULE: ./build/facts/records.js
var facts_records = __webpack_require__(53338);
;// CONCATENATED MODULE: ./build/facts/page.js




/**
 * Asks a page of a host as `askHealth` does, for `parsePage`. Secrets travel with the questions, on standard input.
 * @param check its `within` is at most 60 seconds here
 * @throws RangeError as `askHealth` does
 */
function askPage(check, secrets) {
    const { host, port, named, target } = addressOf(check);
    const headers = headersOf(check, secrets).flatMap(({ name, value }) => [
        name,
        value instanceof secret/* Secret */.z ? value.reveal() : value,
    ]);
    const wanted = [String(check.status), check.body ?? '', String(check.within)];
    return (0,look/* look */.O)(`ask ${check.http}`, [['page', host, port, named, target, ...wanted, ...headers]]);
}
/**
 * What was wrong with the page, in words; null when it answered as it should.
 * @throws Error with the host and the line that was not understood, or when the answer was cut short
 */
function parsePage(host, answer) {
    const page = (0,facts_records/* onlyRecord */.c8)(host, (0,facts_records/* readRecords */.T3)(host, answer), 'page');
    const [, said = ''] = (0,facts_records/* fieldsOf */.Pf)(host, page, 2);
    return (0,facts_records/* numberAt */.tk)(host, page, 0) === 0 ? null : said;
}

;// CONCATENATED MODULE: ./build/phases/ask-before.js




/** Seconds for a good answer, if the check gives as many: the service may have come up a moment ago. */
const WITHIN = 10;
/** Has no host begun to stop services? From then on nobody need answer. */
function nothingStopped(journals) {
    return [...journals.values()].every(({ steps }) => [...steps.keys()].every((id) => !id.startsWith('stop-services.')));
}
/**
 * Asks every health check while nothing is stopped yet: a wrong address or word would show only after the outage
 * otherwise. Reads, and changes nothing. Where a service of the role is down already, a bad answer is a warning.
 * @returns why the upgrade would be refused, each beginning with its host
 */
async function askBefore(runner, resolved, facts, secrets) {
    const checks = askedChecks(resolved).flatMap((asked) => {
        const check = holdsBefore(asked.check);
        return check === null ? [] : [{ ...asked, check: { ...check, within: Math.min(check.within, WITHIN) } }];
    });
    const answers = await (0,pool/* mapParallel */.EQ)(checks, async ({ host, check }) => {
        const wrong = parsePage(host, await (0,ask/* askOk */.qI)(runner, host, askPage(check, secrets)));
        return wrong === null ? null : firstLines(wrong);
    });
    return [...answers].flatMap(([asked, answer]) => {
        const down = servicesDown(resolved, facts, asked);
        if (answer === null || down.length === 0) {
            return answer === null ? [] : [refusal(asked, answer)];
        }
        runner.log.warning(`${asked.host}: ${down.join(', ')} is down already, and ${asked.role} does not answer at ${asked.check.http}: ${answer}`);
        return [];
    });
}
/** What was wanted, the status that came, and where the body begins. */
function firstLines(text) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.slice(0, 4).join('\n');
}
function servicesDown({ plan }, facts, { host, role }) {
    const known = facts.get(host)?.services ?? {};
    return (plan.roles[role]?.services ?? []).filter((service) => known[service]?.running !== true);
}
function refusal({ host, role, check: { http } }, answer) {
    return `${host}: ${role} runs, and does not answer at ${http} as it has to after the upgrade. Mend the check (health of the role, in the plan or in the inventory), or the service; where only the new version answers so, say "before: status" or "before: nothing" in the check.\n${answer}`;
}

// EXTERNAL MODULE: ./build/phases/refuse.js
var refuse = __webpack_require__(76605);
// EXTERNAL MODULE: ./build/domain/choose-versions.js
var choose_versions = __webpack_require__(30492);
// EXTERNAL MODULE: ./build/domain/judge-hosts.js
var judge_hosts = __webpack_require__(66752);
// EXTERNAL MODULE: ./build/domain/version.js
var version = __webpack_require__(38729);
// EXTERNAL MODULE: ./build/domain/version-range.js
var version_range = __webpack_require__(61809);
;// CONCATENATED MODULE: ./build/phases/repaired-packages.js










/**
 * Amends an upgrade that is taken up by repaired packages: on hosts where apt failed, the newest versions on offer
 * now that the plan's rules allow. What was installed well, and hosts where apt has not failed, keep what was
 * planned; so do hosts whose lists cannot be read, since all that was planned may lie there already, and those on
 * which apt would do with the newer ones what the plan does not allow.
 * @param note told where nobody knows what is on offer, and where newer packages are not taken
 */
async function takeRepaired(runner, resolved, journals, note) {
    const failed = failedInApt(journals);
    const facts = failed.length === 0
        ? new Map()
        : await (0,survey/* readFacts */.MH)(runner, resolved, 'temporary', failed);
    for (const text of (0,judge_hosts/* unreadLists */.Rx)(facts)) {
        note(`nothing newer is known to be on offer, and the planned versions are tried again: ${text}`);
    }
    let amended = resolved;
    for (const host of failed) {
        const repaired = newerThanPlanned(resolved, host, facts.get(host));
        const found = Object.keys(repaired).length === 0 ? [] : await withRepaired(runner, amended, host, repaired);
        if (Array.isArray(found)) {
            for (const why of found) {
                // What was planned is tried again: it may have failed for another reason.
                note(`${host}: newer packages are on offer and not taken: ${why}`);
            }
        }
        else {
            amended = { ...amended, hosts: { ...amended.hosts, [host]: found } };
        }
    }
    return amended;
}
/** The hosts on which apt ended badly, or died. */
function failedInApt(journals) {
    return [...journals].filter(([, journal]) => aptFailed(journal)).map(([host]) => host);
}
function aptFailed({ steps }) {
    const state = steps.get('install-packages.apt')?.state;
    return (0,domain_journal/* endedBadly */.PL)(state);
}
function newerThanPlanned(resolved, host, facts) {
    // Lists that are half read may offer what is gone.
    if (facts === undefined || facts.unreadLists !== '') {
        return {};
    }
    return Object.fromEntries(Object.entries((0,domain_resolved/* resolvedHost */.ZN)(resolved, host).packages).flatMap(([name, planned]) => {
        const range = (0,version_range/* ruleFor */.sG)(resolved.plan.versions.to, name)?.range ?? 'any';
        const newest = (0,version_range/* newestIn */._2)(range, facts.packages[name]?.offers ?? []);
        return newest !== null && (0,version/* compareVersions */.Z)(newest, planned) > 0 ? [[name, newest]] : [];
    }));
}
/** What the host gets with the repaired packages, or why they are not taken. */
async function withRepaired(runner, resolved, host, repaired) {
    const before = (0,domain_resolved/* resolvedHost */.ZN)(resolved, host);
    const packages = { ...before.packages, ...repaired };
    const problems = unequalWith(resolved, host, packages);
    if (problems.length > 0) {
        return problems;
    }
    const transaction = await simulated(runner, resolved, host, packages);
    if (Array.isArray(transaction)) {
        return transaction;
    }
    for (const [name, version] of Object.entries(repaired)) {
        runner.log.notice(`amended: ${host}: ${name} ${before.packages[name]} -> ${version}`);
    }
    return { ...before, packages, transaction: (0,domain_transaction/* joinTransactions */.q_)(before.transaction, transaction) };
}
/** Packages that must be equal everywhere cannot be repaired on one host alone. */
function unequalWith(resolved, host, packages) {
    const versions = (0,domain_resolved/* hostNames */.n3)(resolved).flatMap((each) => Object.entries(each === host ? packages : (0,domain_resolved/* resolvedHost */.ZN)(resolved, each).packages).map(([name, chosen]) => ({
        host: each,
        name,
        chosen,
    })));
    return (0,choose_versions/* unequal */._)(resolved.plan, versions);
}
/**
 * What apt would do, or why the plan does not allow that.
 * @throws TransportError when the host cannot be asked
 */
async function simulated(runner, { plan, inventory }, host, packages) {
    try {
        const { transaction } = await (0,survey/* simulateInstall */.WJ)(runner, host, plan, packages);
        const rules = {
            packages: (0,domain_inventory/* packagesOn */.Bm)(plan, inventory, host),
            allow: plan.apt.allow,
            compare: version/* compareVersions */.Z,
        };
        const refusals = (0,domain_transaction/* judgeTransaction */.K4)(transaction, rules);
        return refusals.length > 0 ? refusals : transaction;
    }
    catch (error) {
        if (!(error instanceof errors/* UpgradeError */.fy)) {
            throw error;
        }
        return [`${error.message}: ${error.details.output}`];
    }
}

;// CONCATENATED MODULE: ./build/phases/open-upgrade.js













const CANNOT = 'this upgrade cannot be done';
/** The unfinished upgrade, as the first host has it: that host decides. */
function openUpgradeOf(journals) {
    const [first] = journals.values();
    const id = first?.current ?? null;
    const others = [...journals].filter(([, { current }]) => current !== null && current !== id);
    if (others.length > 0) {
        throw new errors/* UpgradeError */.fy('other hosts are in the middle of another upgrade', {
            output: others.map(([host, { current }]) => `${host}: ${current}`).join('\n'),
            state: 'Nothing was changed by this run.',
            next: 'Finish that upgrade first, with its own plan and inventory.',
        });
    }
    return id === null ? null : { upgrade: id, plan: first?.plan ?? '', journals };
}
/**
 * Looks at the hosts and decides what a new upgrade would do.
 * @throws UpgradeError when it cannot be done
 */
async function begin(context, findings) {
    const { runner, files, secrets } = context;
    runner.log.group('look at the hosts');
    try {
        const found = await (0,survey/* survey */.Fr)(runner, files);
        const disks = await disksOf(context, found);
        findings.surveyed(found, disks);
        noteUnknownContents(findings, found.resolved);
        for (const text of [
            ...found.cautions,
            ...(0,domain_disks/* doubtDisks */.B_)(disks).map((doubt) => `${doubt}; a dump that finds no room fails while the services are down`),
            ...(0,executor_disks/* copiesWithoutRoom */.Vb)(files, found.facts, disks),
        ]) {
            findings.note(text);
        }
        if (context.dryRun) {
            findings.foresee();
        }
        const idle = found.refusals.length === 0 && findings.nothingToDo(found.resolved);
        const unhealthy = idle || !isFirst(context) ? [] : await askBefore(runner, found.resolved, found.facts, secrets);
        const small = idle ? [] : (0,domain_disks/* judgeDisks */.sK)(disks);
        (0,refuse/* refuse */.T)(CANNOT, [...found.refusals, ...small, ...unhealthy], runner.hosts.keys());
        return found.resolved;
    }
    finally {
        runner.log.endGroup();
    }
}
async function disksOf({ dumps, files, scope }, found) {
    const points = files.plan.dumps.length;
    return [...found.disks, ...(await (0,executor_disks/* runnerDisks */.TY)(dumps, files, found.facts, scope.databases, points))];
}
function noteUnknownContents(findings, resolved) {
    for (const [host, { transaction }] of Object.entries(resolved.hosts)) {
        for (const text of transaction === null ? [] : (0,domain_transaction/* withoutHash */.XK)(transaction)) {
            findings.note(`${host}: ${text}`);
        }
    }
}
/** Is this where an upgrade begins? Later parts neither ask the services nor have the secrets for it. */
function isFirst({ turn }) {
    return turn === null || turn.phase === 'prepare';
}
/**
 * Takes up an unfinished upgrade, with the plan as it is now where it may be amended.
 * @throws UpgradeError when the files are those of another upgrade
 */
async function goOn(context, findings, seen) {
    const { runner, files, secrets } = context;
    findings.found(seen.upgrade);
    runner.log.notice(`the upgrade ${seen.upgrade} is unfinished; it is taken up`);
    const begun = takeUp(seen.upgrade, seen.plan, files);
    const bond = bondOf(context, seen);
    for (const line of amendments(seen.plan, begun)) {
        runner.log.notice(`amended: ${line}`);
    }
    const resolved = isApproved(bond, begun)
        ? keepApproved(findings, begun, seen)
        : await takeRepaired(runner, begun, seen.journals, (text) => findings.note(text));
    const facts = await (0,survey/* readFacts */.MH)(runner, files, 'system');
    findings.looked(resolved, facts);
    if (isFirst(context) && nothingStopped(seen.journals)) {
        (0,refuse/* refuse */.T)(CANNOT, await askBefore(runner, resolved, facts, secrets), runner.hosts.keys());
    }
    return { resolved, bond };
}
/** What was approved is tried again, the newest packages or not; a person who repaired one has to hear of that. */
function keepApproved(findings, begun, { journals }) {
    for (const host of failedInApt(journals)) {
        findings.note(`${host}: apt failed in an earlier run, and the approved versions are tried again. Repaired packages of another version are taken once a plan that has them is approved.`);
    }
    return begun;
}
/**
 * Takes the lock, and goes on only when nobody took it since the journals were read: what they said would be stale.
 * @param seen the journals as they were read without the lock
 * @throws UpgradeError when somebody else holds the lock, or had it in between
 */
async function takeLock({ runner, owner, takeover, onLock, onLocked }, seen) {
    onLock();
    const lock = await (0,executor_lock/* acquireAll */.qB)(runner, (0,external_node_crypto_.randomBytes)(6).toString('hex'), owner, takeover);
    onLocked(lock.epochs);
    const stale = [...seen].filter(([host, { epoch }]) => lock.epochs.get(host) !== epoch + 1);
    if (stale.length > 0) {
        await (0,executor_lock/* releaseAll */.Th)(runner, lock);
        throw new errors/* UpgradeError */.fy('another run had the lock while this one was looking', {
            host: stale.map(([host]) => host).join(', '),
            state: 'Nothing was changed by this run.',
            next: 'Run again.',
        });
    }
    const [first] = seen.values();
    return new executor_journal/* Journal */.CQ(runner, lock, first?.current ?? newUpgradeId(runner.clock.now()), seen);
}
/** Sorts by time: `20261123T174500Z-3fa2`. */
function newUpgradeId(now) {
    const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
    return `${time}-${(0,external_node_crypto_.randomBytes)(2).toString('hex')}`;
}

;// CONCATENATED MODULE: ./build/executor/undone.js


/**
 * The steps that later phases build on and that are not done, or whose work no longer holds. Checks are none: they
 * leave nothing behind; nor are guards, which are asked anew by the phase that they stand before.
 */
async function undoneSteps(runner, journal, stages) {
    const steps = stages.flatMap(({ lanes }) => lanes.flat());
    const done = await Promise.all(steps.map(async (step) => await undone_isDone(runner, journal, step)));
    return steps.filter((_, index) => done[index] === false);
}
async function undone_isDone(runner, journal, step) {
    switch (step.kind) {
        case 'check':
            return true;
        case 'runner':
            return step.phase !== 'backup-db' || step.isDone();
        case 'script': {
            const state = journal.step(step.host, step.id)?.state;
            const ended = (0,domain_journal/* endedWell */.Jr)(state);
            return ended && (step.renews === true || (await modeOf(runner, journal, step)) === 'skip');
        }
    }
}

;// CONCATENATED MODULE: ./build/phases/order.js




/** Steps that an error names; the rest is counted. */
const NAMED = 10;
/**
 * Lets a part run only when all parts before it are done, on all hosts, whatever the limit.
 * @throws UpgradeError naming the action to run first, and what of it is left
 */
async function refuseTooEarly(runner, journal, parts, wanted) {
    for (const part of parts.slice(0, parts.indexOf(wanted))) {
        const left = await undoneSteps(runner, journal, part.stages);
        if (left.length > 0) {
            throw missing(`${describeTurn(wanted)} has to wait`, describeTurn(part), left);
        }
    }
}
/**
 * Lets a run of all parts with a limit begin only when it can come to its end: what lies outside of the limit must be
 * done already wherever a later part has something to do.
 * @throws UpgradeError naming what is left out
 */
async function refuseLeftOut(runner, journal, parts, scope) {
    const undone = await Promise.all(parts.map(({ stages }) => undoneSteps(runner, journal, stages)));
    const scoped = new Set((0,domain_scope/* withinScope */.a)(stagesOf(parts), scope).flatMap(({ lanes }) => lanes.flat()));
    const last = undone.findLastIndex((steps) => steps.some((step) => scoped.has(step)));
    for (const [index, steps] of undone.slice(0, Math.max(last, 0)).entries()) {
        const left = steps.filter((step) => !scoped.has(step));
        const part = parts[index];
        if (left.length > 0 && part !== undefined) {
            throw missing('the limit leaves out what has to be done first', describeTurn(part), left);
        }
    }
}
function missing(what, turn, left) {
    const lines = left.slice(0, NAMED).map(({ host, title }) => `${host}: ${title}`);
    const rest = left.length > NAMED ? [`and ${left.length - NAMED} more`] : [];
    return new errors/* UpgradeError */.fy(`${what}: ${turn} is not done`, {
        output: [...lines, ...rest].join('\n'),
        state: 'Nothing was changed by this step.',
        next: `Run the action ${turn} first, without a limit.`,
    });
}

;// CONCATENATED MODULE: ./build/commands/probe.js




/** Seconds after which a probe ends and is begun anew: it can never outlive its run by more. */
const PROBE_SECONDS = 60;
/**
 * Asks several pages in turn, every half second, and prints what changes: a line `TIME NUMBER good|bad` for the first
 * answer of each and for every other one, TIME in seconds by the host's clock: when a bad one was asked for, when a good
 * one had come. For any other answer it prints a line `TIME`, which shows that it lives, and ends it where nobody takes
 * it any more. Whatever happens to the connection, it ends after PROBE_SECONDS.
 * @throws RangeError as `askHealth`
 */
function probeHealth(checks, secrets) {
    const requests = checks.map((check, index) => requestOf(check, secrets, `HEALTH_${index}`));
    const functions = requests.map(({ settings }, index) => (0,bash/* bash */.x) `check_${(0,quote.sh) `${index}`}() {
${settings}}
`);
    const script = (0,bash/* bash */.x) `${bash/* strict */.O}${page_library/* pageLibrary */.Z}
${joined(functions)}
PATIENCE=5 COUNT=${(0,quote.sh) `${checks.length}`} SECONDS_OF_LIFE=${(0,quote.sh) `${PROBE_SECONDS}`}
${inTurn}`;
    return {
        title: 'ask the services all the while',
        script: script.text,
        env: Object.assign({}, ...requests.map(({ env }) => env)),
    };
}
function joined(parts) {
    return new quote/* Shell */.$(parts.map(({ text }) => text).join(''));
}
/** A parent that is gone, or an output that nobody takes, is the end of the connection. */
const inTurn = (0,bash/* bash */.x) `
now() { date +%s.%N; }
said=()
while [ "$SECONDS" -lt "$SECONDS_OF_LIFE" ] && kill -0 "$PPID" 2>/dev/null; do
  for ((i = 0; i < COUNT; i++)); do
    "check_$i"
    at=$(now)
    if ask_page; then word=good at=$(now); else word=bad; fi
    if [ "\${said[i]:-}" = "$word" ]; then printf '%s\n' "$at"; else printf '%s %s %s\n' "$at" "$i" "$word"; fi || exit 0
    said[i]=$word
  done
  sleep 0.5
done
`;

;// CONCATENATED MODULE: ./build/domain/probed.js
/** Milliseconds before the first stop in which a bad answer may be its doing: clocks differ, and asking takes time. */
const LEEWAY = 1000;
/**
 * What the answers to one check tell.
 * @param stopped when the first service was stopped; null when none was
 */
function seenOf(answers, stopped) {
    const until = stopped ?? Number.POSITIVE_INFINITY;
    const before = answers.findLast(({ at }) => at <= until - LEEWAY) ?? answers.slice(0, 1).find(({ at }) => at <= until);
    const bad = answers.find(({ good }, index) => !good && answers[index - 1]?.good === true);
    const last = answers.at(-1);
    const wasBad = answers.some(({ good }) => !good);
    return {
        before: before === undefined ? 'unknown' : before.good ? 'good' : 'bad',
        bad: bad?.at ?? null,
        goodAgain: wasBad && last?.good === true ? last.at : null,
    };
}
/** The outage of all checks that were good before it. */
function probeReport(checks) {
    const hit = checks.filter(({ before, bad }) => before === 'good' && bad !== null);
    const began = Math.min(...hit.map(({ bad }) => bad ?? 0));
    const ends = hit.map(({ goodAgain }) => goodAgain);
    const known = ends.filter((end) => end !== null);
    const seconds = hit.length === 0 || known.length < ends.length ? null : (Math.max(...known) - began) / 1000;
    return { seconds, checks };
}

;// CONCATENATED MODULE: ./build/executor/probe.js



/** Milliseconds without a word of a host after which nobody is known to have asked it. */
const SILENCE = 10_000;
/** Milliseconds before it is begun anew, and where it found no connection. */
const [BREATH, PAUSE] = [100, 1000];
/**
 * Asks hosts all the while that something else is done on them, on channels that nothing else needs. Nothing of it is
 * journaled, and whatever becomes of it, nothing else fails.
 */
class Probe {
    #runner;
    #stop = new AbortController();
    #watching;
    /** Begins to ask; `end` has to be called. */
    constructor(runner, watches) {
        this.#runner = runner;
        this.#watching = watches.map((watch) => this.#watch(watch));
    }
    /** Ends the asking. @returns what every host said */
    async end() {
        this.#stop.abort();
        return await Promise.all(this.#watching);
    }
    async #watch(watch) {
        const { clock, log } = this.#runner;
        const heard = new Heard(watch, clock.now());
        // Not the run's own signal: how services fare once it was cancelled is worth knowing too.
        const { signal } = this.#stop;
        while (!signal.aborted) {
            const again = await this.#ask(watch, heard, signal).catch((error) => {
                if (!signal.aborted) {
                    log.info(`${watch.host}: the services are asked no more meanwhile: ${String(error)}`);
                }
                return null;
            });
            if (again === null) {
                break;
            }
            await clock.sleep(again, signal).catch(() => undefined);
        }
        return heard.end(clock.now());
    }
    /** Asks until the script ends, by its time or with its connection. @returns milliseconds until the next beginning */
    async #ask({ host, command }, heard, signal) {
        const lines = new shell_lines/* LineSplitter */.g3((line) => heard.take(line, this.#runner.clock.now()));
        try {
            const onStdout = (chunk) => lines.push(chunk);
            const { code, stderr } = await (0,ask/* execOnce */.xC)(this.#runner, host, command, { signal, onStdout, spare: true });
            if (code !== 0) {
                throw new Error(`${command.title} ended with exit code ${code}: ${stderr.trim().slice(-200)}`);
            }
            return BREATH;
        }
        catch (error) {
            if (error instanceof errors/* ConnectionLostError */.N9 || error instanceof errors/* UnreachableError */.Jk) {
                return PAUSE;
            }
            throw error;
        }
    }
}
/** Takes the lines of `probeHealth` on one host. */
class Heard {
    #watch;
    #answers;
    #gaps = [];
    #last;
    constructor(watch, now) {
        this.#watch = watch;
        this.#answers = Array.from({ length: watch.checks }, () => []);
        this.#last = now;
    }
    take(line, now) {
        const [, seconds, index, word] = /^(\d+(?:\.\d+)?)(?: (\d+) (good|bad))?$/.exec(line) ?? [];
        if (seconds === undefined) {
            return;
        }
        this.#heard(now);
        const answers = this.#answers[Number(index ?? -1)];
        const good = word === 'good';
        // The first answer of a script that was begun anew may be the last one of that before.
        if (answers !== undefined && answers.at(-1)?.good !== good) {
            answers.push({ at: Number(seconds) * 1000 - this.#watch.clockOffset, good });
        }
    }
    end(now) {
        this.#heard(now);
        return { host: this.#watch.host, answers: this.#answers, gaps: this.#gaps };
    }
    #heard(now) {
        if (now - this.#last > SILENCE) {
            this.#gaps.push({ from: this.#last, to: now });
        }
        this.#last = now;
    }
}

;// CONCATENATED MODULE: ./build/phases/probe-services.js




/** The plan's health checks, asked all the while; what they tell is read at the end. */
class ServiceProbe {
    #probe;
    #checks;
    /**
     * Begins to ask each host what has to hold before the upgrade as well as after it: the pages that only the new version
     * has say nothing about the old one.
     * @param hosts those that may be touched
     */
    constructor(runner, resolved, facts, secrets, hosts) {
        const asked = askedChecks(resolved).flatMap((one) => {
            const check = hosts.has(one.host) ? holdsBefore(one.check) : null;
            return check === null ? [] : [{ ...one, check }];
        });
        this.#checks = Map.groupBy(asked, ({ host }) => host);
        const watches = [...this.#checks].map(([host, own]) => ({
            host,
            command: probeHealth(own.map(({ check }) => check), secrets),
            checks: own.length,
            clockOffset: facts.get(host)?.clockOffset ?? 0,
        }));
        this.#probe = new Probe(runner, watches);
    }
    /** Ends the asking. @returns null where there was nothing to ask */
    async end(outage) {
        const watched = await this.#probe.end();
        const checks = watched.flatMap(({ host, answers, gaps }) => (this.#checks.get(host) ?? []).map(({ role, check: { http } }, index) => ({
            host,
            role,
            http,
            ...seenOf(answers[index] ?? [], outage?.began ?? null),
            gaps,
        })));
        return checks.length === 0 ? null : probeReport(checks);
    }
}

;// CONCATENATED MODULE: ./build/domain/drift.js

/** Characters of a value that a line shows. */
const SHOWN = 200;
/** Characters of a hash that a line shows. */
const SHOWN_HASH = 16;
/**
 * What of an upgrade is otherwise than approved, a line each.
 * @param approved a document as `approvalOf` makes it, read back from JSON
 */
function driftLines(approved, now) {
    return drift_differences([], approved, now).map(({ path, approved: before, now: after }) => `${labelOf(path)}: approved ${shown(before)}, now ${shown(after)}`);
}
/** Goes down to what a person would name: a package with its versions is one thing, and so is a list of words. */
function drift_differences(path, approved, now) {
    if (isWhole(approved) || isWhole(now)) {
        return (0,canonical/* canonicalText */.A4)(approved) === (0,canonical/* canonicalText */.A4)(now) ? [] : [{ path, approved, now }];
    }
    const [before, after] = [approved, now];
    const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
    return keys.flatMap((key) => drift_differences([...path, key], before?.[key], after?.[key]));
}
/** Is it shown as one thing: no map, no list of maps, or a package's change? */
function isWhole(value) {
    const maps = Array.isArray(value) ? value.length > 0 && value.every(canonical/* isRecord */.u4) : (0,canonical/* isRecord */.u4)(value);
    return !maps || isChange(value);
}
function isChange(value) {
    return (0,canonical/* isRecord */.u4)(value) && 'from' in value && 'to' in value && 'sha256' in value;
}
/** As `web1: the package libpq5:amd64`. */
function labelOf(path) {
    const [section = '', name = '', key = '', ...rest] = path;
    const part = key === 'sha256' ? 'its text (SHA-256)' : key;
    const inside = (what) => [what, ...(key === '' ? [] : [part]), ...rest].join(': ');
    switch (section) {
        case 'hosts':
            return rest.length === 0 ? inside(name) : `${name}: ${partOf(key)}${rest.join(': ')}`;
        case 'steps':
            return inside(`the step ${name}`);
        case 'roles':
            return inside(`the role ${name}`);
        case 'databases':
            return inside(`the database ${name}`);
        case 'order':
            return `the order of ${name}`;
        case 'irreversible':
            return 'what cannot be undone';
        default:
            return path.join(': ');
    }
}
/** What the maps of a host hold. */
function partOf(key) {
    const parts = {
        services: 'the service ',
        packages: 'the wanted version of ',
        changes: 'the package ',
        removals: 'the removal of ',
    };
    return parts[key] ?? `${key}: `;
}
function shown(value) {
    if (isChange(value)) {
        return `${value.from ?? '(new)'} -> ${value.to} (SHA-256 ${value.sha256?.slice(0, SHOWN_HASH) ?? 'unknown'})`;
    }
    const text = textOf(value).replace(/\s+/g, ' ');
    return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}...`;
}
function textOf(value) {
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
        return 'nothing';
    }
    const words = Array.isArray(value) && value.every((part) => typeof part === 'string');
    return typeof value === 'string' ? value : words ? value.join(', ') : JSON.stringify(value);
}

;// CONCATENATED MODULE: ./build/phases/refuse-drift.js




/** Differences that an error names; the rest is counted. */
const refuse_drift_NAMED = 60;
/**
 * Lets a run go on only when it would do what was approved.
 * @param upgrade the unfinished upgrade that it is about, or null for a new one
 * @throws UpgradeError saying what is otherwise now
 */
async function refuseDrift(log, { approved, kept }, now, upgrade) {
    if (approved === null) {
        return;
    }
    const digest = (0,canonical/* digestOf */.ol)(now);
    if (digest === approved.digest) {
        log.info(`this is the plan that was approved: ${digest}`);
        return;
    }
    const lines = await changedSince(approved, now);
    const what = [
        `this is not the plan that was approved: its digest is ${digest}, approved was ${approved.digest}`,
        ...lines.slice(0, refuse_drift_NAMED),
        ...(lines.length > refuse_drift_NAMED ? [`and ${lines.length - refuse_drift_NAMED} more differences`] : []),
    ];
    throw new errors/* UpgradeError */.fy(what.join('\n'), {
        state: upgrade === null ? 'Nothing was changed.' : standing(upgrade),
        next: kept
            ? `Undo what is named, and run the same again. Or: ${PLAN_ANEW}`
            : 'Undo what is named, or plan anew (a new run of the workflow) and let that plan be approved.',
    });
}
/** What was approved is shown beside what is; where it cannot be had, that is said, and nothing else depends on it. */
async function changedSince(approved, now) {
    try {
        const document = await approved.read();
        return (0,canonical/* digestOf */.ol)(document) === approved.digest
            ? driftLines(document, now)
            : ['What changed since cannot be shown: the approved plan that was given has another digest.'];
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return [`What changed since cannot be shown: ${why}`];
    }
}

// EXTERNAL MODULE: ./build/domain/resolution.js
var domain_resolution = __webpack_require__(4887);
;// CONCATENATED MODULE: ./build/domain/spent-word.js
/** One line for the journal of the step's host. */
function spentWordLine({ run, step, about, verdict }) {
    return `${JSON.stringify({ run, step, about, verdict })}\n`;
}
/** Reads such lines. What is none of them, as another version may have written it, says nothing of any word. */
function parseSpentWords(text) {
    return text
        .split('\n')
        .map(parsed)
        .filter((value) => isSpentWord(value));
}
function parsed(line) {
    try {
        return JSON.parse(line);
    }
    catch {
        // No line of ours.
        return null;
    }
}
function isSpentWord(value) {
    const { run, step, about, verdict } = (value ?? {});
    return (typeof run === 'string' &&
        typeof step === 'string' &&
        (about === null || typeof about === 'string') &&
        (verdict === 'done' || verdict === 'again'));
}

;// CONCATENATED MODULE: ./build/executor/spent-words.js

/** The record of the words that were used for steps of its host, a line each. */
const spent_words_RECORD = 'words';
/** The words that one run has used in this upgrade, on all hosts. @param run the key of its owner */
function spentWords(journal, run) {
    return journal
        .recordsOf(spent_words_RECORD)
        .flatMap(([host, text]) => parseSpentWords(text).map((word) => ({ ...word, host })))
        .filter((word) => word.run === run);
}
/** Writes down durably that a word is used for a step of the host. */
async function spendWord(journal, { host, ...word }) {
    const earlier = journal.record(host, spent_words_RECORD) ?? '';
    await journal.write(host, spent_words_RECORD, `${earlier}${spentWordLine(word)}`);
}

;// CONCATENATED MODULE: ./build/phases/resolve-steps.js



/** The steps of which a person may have to say what became of them. */
function askingSteps(stages) {
    return stages
        .flatMap(({ lanes }) => lanes.flat())
        .filter((step) => step.kind === 'script')
        .filter(({ repeat }) => repeat === 'ask');
}
/** Those that began, did not end well, and wait for such a word. */
function waitingSteps(journal, stages) {
    return askingSteps(stages).filter(({ host, id }) => {
        const state = journal.step(host, id)?.state;
        return (0,domain_journal/* endedBadly */.PL)(state);
    });
}
/**
 * The waiting steps of which this run says what became of them. What it used in an earlier attempt counts no more:
 * nobody said it of what has died since. A new run may say it again, and so may, outside of workflows, a new process.
 */
function answeredSteps(journal, stages, { resolution, owner }) {
    const waiting = waitingSteps(journal, stages);
    const spent = spentWords(journal, owner.key);
    return waiting.flatMap((step) => {
        const word = (0,domain_resolution/* wordOn */.a8)(resolution, { name: step.title, host: step.host }, waiting.length === 1);
        return word === undefined || isSpent(spent, word, step) ? [] : [{ step, word }];
    });
}
/** A word without a name is good for one step, whichever that was; one with a name once for each that has it. */
function isSpent(spent, { about }, { host, id }) {
    return spent.some((used) => (about === null && used.about === null) || (used.host === host && used.step === id));
}
/**
 * Does what a person said of waiting steps: one that is done counts as such, one that is to run again is put aside.
 * @returns what was done, a line each
 */
async function resolveSteps(journal, stages, said) {
    const { key: run, actor } = said.owner;
    const told = [];
    for (const { step, word } of answeredSteps(journal, stages, said)) {
        const { host, id, title } = step;
        // First written down, then done: whoever dies in between has lost the word, and a new run says it again. The other
        // way round the next attempt would use it a second time, for what has died since.
        await spendWord(journal, { ...word, run, host, step: id });
        if (word.verdict === 'done') {
            await journal.resolve(host, id, `${actor} said that it is done`);
            told.push(`${host}: ${title} counts as done, as ${actor} said`);
        }
        else {
            await journal.forget(host, [id]);
            told.push(`${host}: ${title} runs again, as ${actor} said`);
        }
    }
    return told;
}

;// CONCATENATED MODULE: ./build/phases/refuse-words.js





/**
 * Refuses what a person said where it is about no step that waits, or was used up by this run while steps wait, before
 * anything is done of it. Where nothing waits, what was used is left alone, and so is what was said of a step that has
 * ended well meanwhile: an attempt of a run has the inputs of the one before.
 * @throws UpgradeError naming the steps that wait
 */
function refuseWords(journal, stages, said) {
    if (said.resolution.size === 0) {
        return;
    }
    const spent = spentWords(journal, said.owner.key).filter(({ about }) => said.resolution.has(about));
    const waiting = waitingSteps(journal, stages);
    if (spent.length > 0 && waiting.length > 0 && answeredSteps(journal, stages, said).length === 0) {
        throw usedUp(stages, spent, waiting);
    }
    const unspent = [...said.resolution.keys()].filter((name) => !spent.some(({ about }) => about === name));
    refuseIdleWords(journal, stages, unspent);
}
function usedUp(stages, spent, waiting) {
    const uses = spent.map((word) => `\`${(0,domain_resolution/* textOfWord */.vM)(word)}\` for ${usedFor(stages, word)}`);
    const wait = waiting.length === 1 ? 'A step waits' : `${waiting.length} steps wait`;
    return new errors/* UpgradeError */.fy(`the input resolve counts once in a run, and this run has used it: ${uses.join(', ')}`, {
        output: namesOf(waiting),
        state: `${wait} for a word, and the upgrade is unfinished. Nothing was changed by this attempt.`,
        next: 'See on the host what the step did. Then start a new run with the input resolve for it: `STEP: done` or `STEP: again`. "Re-run failed jobs" would say the same words again.',
    });
}
/** The step for which a word was used, as the plan has it now. */
function usedFor(stages, { host, step: id }) {
    const step = askingSteps(stages).find((each) => each.host === host && each.id === id);
    return `${step?.title ?? id} on ${host}`;
}
function refuseIdleWords(journal, stages, names) {
    const waiting = waitingSteps(journal, stages);
    const over = askingSteps(stages).filter((step) => hasEndedWell(journal, step));
    const idle = names.filter((name) => name === null
        ? waiting.length !== 1 && (waiting.length > 0 || over.length === 0)
        : ![...waiting, ...over].some((step) => isAbout(name, step)));
    if (idle.length > 0) {
        throw new errors/* UpgradeError */.fy(`the input resolve ${idle.map((name) => fault(name, waiting)).join(', and ')}`, {
            output: namesOf(waiting),
            state: 'Nothing was changed by this run.',
            next: waiting.length === 0
                ? 'Run the same again without the input resolve.'
                : 'Say it of a step that waits: `STEP: done` or `STEP: again`, or `STEP on HOST: done` where hosts differ.',
        });
    }
}
function fault(name, waiting) {
    if (name !== null) {
        return `names ${name}, and no step of that name waits for a word`;
    }
    return waiting.length === 0
        ? 'says what became of a step, and no step waits for a word'
        : `does not say which step it is about, and ${waiting.length} wait for a word`;
}
function namesOf(steps) {
    return steps.map(({ title, host }) => `${title} on ${host}`).join('\n');
}
function hasEndedWell(journal, { host, id }) {
    const state = journal.step(host, id)?.state;
    return (0,domain_journal/* endedWell */.Jr)(state);
}
function isAbout(name, { title, host }) {
    return name === title || name === `${title} on ${host}`;
}

;// CONCATENATED MODULE: ./build/phases/renewals.js


/**
 * What parts before this one put up for the time until the services start, and what went with the lock of a job that
 * failed or was cancelled: it is looked at again, and put up again where it is gone.
 * @param seen the journals as they were before the lock was taken
 */
function renewals(seen, journal, parts, turn) {
    if (turn === null || [...seen.values()].every(({ lock }) => lock !== null)) {
        return [];
    }
    const [part] = partsAt(parts, turn);
    const earlier = part === undefined ? [] : parts.slice(0, parts.indexOf(part));
    const stands = (step) => step.kind === 'script' &&
        step.renews === true &&
        step.phase === 'install-packages' &&
        (0,domain_journal/* endedWell */.Jr)(journal.step(step.host, step.id)?.state);
    return stagesOf(earlier)
        .map((stage) => ({ ...stage, lanes: stage.lanes.map((lane) => lane.filter(stands)) }))
        .filter(({ lanes }) => lanes.some((lane) => lane.length > 0));
}

;// CONCATENATED MODULE: ./build/phases/settle-databases.js





/**
 * Looks at the databases of an upgrade that is taken up. One whose migration was interrupted is not migrated again
 * on what was left: when somebody restored it, all that changes it runs anew.
 */
async function settleDatabases(journal, dumps, resolved, stages) {
    const settled = { undone: [], broken: [], differences: [] };
    for (const target of (0,domain_inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory)) {
        const changers = changersOf(stages, target);
        const broken = brokenSteps(journal, stages, [target]);
        // What broke before there was a dump has none to be restored: it is told of when its turn comes.
        if (dumps.latest(target, 'before') === undefined &&
            broken.every(({ step }) => step.phase === 'run-steps')) {
            continue;
        }
        if (broken.length === 0 && !(await isUndone(journal, dumps, target, changers))) {
            continue;
        }
        const differences = await differencesFrom(dumps, target);
        if (differences.length === 0) {
            settled.undone.push(...changers, ...openings(journal, stages));
        }
        else if (broken.length > 0) {
            settled.broken.push(...broken);
            settled.differences.push(...differences);
        }
    }
    return settled;
}
/**
 * The stops and starts of services, once these were opened again: to be run anew with the migrations, so that the
 * services are down meanwhile.
 */
function openings(journal, stages) {
    const steps = stages
        .flatMap(({ lanes }) => lanes.flat())
        .filter((step) => step.kind === 'script')
        .filter(({ phase }) => phase === 'stop-services' || phase === 'start-services');
    const opened = steps.some(({ host, id, phase }) => phase === 'start-services' && journal.step(host, id) !== undefined);
    return opened ? steps : [];
}
/** Did all migrations end well, and yet something is pending? */
async function isUndone(journal, dumps, target, changers) {
    const migrations = changers.filter(({ phase }) => phase === 'migrate');
    const done = migrations.every((step) => {
        const state = journal.step(step.host, step.id)?.state;
        return (0,domain_journal/* endedWell */.Jr)(state);
    });
    return done && migrations.length > 0 && !(await dumps.isMigrated(target));
}
/** In what a database is not as its dump of before has it; empty for one that was restored, or never changed. */
async function differencesFrom(dumps, target) {
    const before = dumps.latest(target, 'before')?.state;
    if (before === undefined) {
        return [`${target.name}: there is no dump of before`];
    }
    return (0,dump/* unlikeDump */.Pu)(before, await dumps.observe(target)).map((line) => `${target.name}: ${line}`);
}
/** The ids of steps by their host. */
function byHost(steps) {
    return new Map(steps.map(({ host }) => [host, steps.filter((step) => step.host === host).map(({ id }) => id)]));
}
/** The error of an upgrade that cannot go on; what to do is said for every failure that leaves a broken step. */
function interrupted({ broken, differences }) {
    const [first] = broken;
    return new errors/* UpgradeError */.fy(broken.map(({ step }) => `${step.host}: ${step.title} was begun and did not end well`).join('\n'), {
        host: first?.step.host ?? null,
        command: first?.step.title ?? null,
        output: ['not as in the dumps of before:', ...differences].join('\n'),
    });
}

;// CONCATENATED MODULE: ./build/executor/remaining.js


/**
 * The stages without what has ended well: what is left to do by the journal alone. No script is run to see it, so that
 * whoever may only look sees the same. A run looks besides whether what was done still holds.
 */
function remaining(journal, stages) {
    return stages.map((stage) => ({
        ...stage,
        lanes: stage.lanes.map((lane) => lane.filter((step) => !remaining_isDone(journal, step))),
    }));
}
function remaining_isDone(journal, step) {
    switch (step.kind) {
        case 'script': {
            const state = journal.step(step.host, step.id)?.state;
            return (0,domain_journal/* endedWell */.Jr)(state);
        }
        case 'check':
            return isOver(journal, step);
        case 'runner':
            return step.isDone();
    }
}

;// CONCATENATED MODULE: ./build/facts/files.js


const KINDS = ['absent', 'file', 'large', 'link', 'other', 'hidden'];
/** Asks what is in the place of files, and how their text would change, for `parseFiles`. */
function compareFiles(files) {
    return (0,look/* look */.O)('compare the files', files.map(({ id, path, text }) => ['file', id, path, text]));
}
/** By id. @throws Error with the host and the line that was not understood, or when the answer was cut short */
function parseFiles(host, answer) {
    const records = (0,facts_records/* readRecords */.T3)(host, answer);
    return new Map((0,facts_records/* recordsOf */.M$)(records, 'file').map((record) => {
        const [id = '', word = '', about = '', open = ''] = (0,facts_records/* fieldsOf */.Pf)(host, record, 4);
        const kind = KINDS.find((each) => each === word);
        if (kind === undefined) {
            throw (0,facts_records/* offendingLine */.xx)(host, record.line, `one of ${KINDS.join(', ')}`);
        }
        return [id, { kind, about, open: open === 'yes', difference: (0,facts_records/* toolOutput */.WT)(host, records, `file ${id}`) }];
    }));
}

;// CONCATENATED MODULE: ./build/phases/show-files.js





/** Lines of one file that are shown. */
const MOST_LINES = 200;
/**
 * The stages with what each file that they place would change. Packages that are installed before may change the
 * file as well: what is shown is how it is now.
 * @param shows whether those who read this may see what the hosts' own files hold
 */
async function withFiles(runner, resolved, stages, shows) {
    const placing = new Map(resolved.plan.steps.filter(({ file }) => file !== undefined).map((step) => [planStepId(step), step]));
    const steps = stages.flatMap(({ lanes }) => lanes.flat()).filter(({ id }) => placing.has(id));
    const byHost = Map.groupBy(steps, ({ host }) => host);
    const found = await (0,pool/* mapParallel */.EQ)([...byHost.keys()], async (host) => {
        const questions = (byHost.get(host) ?? []).flatMap(({ id }) => {
            const step = placing.get(id);
            return step?.file === undefined ? [] : [{ id, path: step.file.path, text: (0,domain_resolved/* textOf */.b6)(resolved, step) }];
        });
        return parseFiles(host, await (0,ask/* askOk */.qI)(runner, host, compareFiles(questions)));
    });
    const shown = (step) => {
        const [planned, there] = [placing.get(step.id), found.get(step.host)?.get(step.id)];
        return planned?.file === undefined || there === undefined
            ? step
            : {
                ...step,
                commands: [
                    ...step.commands,
                    ...change(resolved, planned, planned.file, shows ? there : { ...there, open: false }),
                ],
            };
    };
    return stages.map((stage) => ({ ...stage, lanes: stage.lanes.map((lane) => lane.map(shown)) }));
}
/** What a file's placing changes, a line each. */
function change(resolved, step, file, found) {
    const added = () => limited((0,domain_resolved/* textOf */.b6)(resolved, step)
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `+${line}`));
    switch (found.kind) {
        case 'absent':
            return ['# A new file:', ...added()];
        case 'link':
            return [`# In place of a link to ${found.about}:`, ...added()];
        case 'other':
            return [`# In its place is a ${found.about}, and no file: put it away before.`];
        case 'large':
            return [`# In place of a file of ${found.about} bytes, which is too long to compare.`];
        case 'hidden':
            return ['# What is in its place now, not everybody on the host may see: it is not shown.'];
        case 'file':
            return [...owned(file, found), ...show_files_text(found)];
    }
}
function owned({ owner, group, mode }, { about }) {
    const [was = '', ...who] = about.split(' ');
    return Number.parseInt(was, 8) === Number.parseInt(mode, 8) && who.join(':') === `${owner}:${group}`
        ? []
        : [`# Now it belongs to ${who.join(':')} and has the mode ${was.padStart(4, '0')}.`];
}
function show_files_text({ difference, open }) {
    if (difference === '') {
        return ['# Its text is there already.'];
    }
    if (!difference.startsWith('--- ')) {
        return ['# What is there now is no text, and differs.'];
    }
    // Its first two lines name both sides.
    const lines = difference.replace(/\n$/, '').split('\n').slice(2);
    if (open) {
        return ['# What changes in it:', ...limited(lines)];
    }
    const [more, fewer] = ['+', '-'].map((sign) => lines.filter((line) => line.startsWith(sign)).length);
    return [`# Lines that come: ${more}, that go: ${fewer}. Not everybody may read them: they are not shown.`];
}
function limited(lines) {
    return lines.length <= MOST_LINES
        ? [...lines]
        : [...lines.slice(0, MOST_LINES), `# ... and ${lines.length - MOST_LINES} lines more`];
}

;// CONCATENATED MODULE: ./build/phases/show-plan.js











/**
 * Shows what a run would do now, as far as the hosts' journals tell. Runs nothing on them, but reads what is in the
 * place of files: a run itself looks besides whether what was done still holds, and whether a database was restored
 * meanwhile.
 */
async function showPlan(context, findings, resolved, seen) {
    const { runner, turn, scope } = context;
    const noLock = { id: '', epochs: new Map() };
    const journal = new executor_journal/* Journal */.CQ(runner, noLock, seen?.upgrade ?? 'UPGRADE', seen?.journals ?? new Map());
    const { dumps, parts, stages } = context_workOf(context, findings, resolved, journal);
    if (seen !== null) {
        refuseAmendedPast(journal, seen.plan, resolved);
        const dumped = (0,domain_inventory/* databasesOf */.oD)(resolved.plan, resolved.inventory).filter((target) => dumps.first(target));
        for (const { step, target } of brokenSteps(journal, stages, dumped)) {
            findings.note(`${step.host}: ${step.title} was begun and did not end well: before the upgrade can go on, ${target.name} on ${target.on} must be as its dump of before has it, from which it is to be restored`);
        }
        for (const { host, title } of waitingSteps(journal, stages)) {
            findings.note(`${host}: ${title} was begun and did not end well: before the upgrade can go on, a person has to say what became of it (the input resolve)`);
        }
    }
    refuseWords(journal, stages, context);
    const shown = (0,domain_scope/* withinScope */.a)(stagesOf(partsAt(parts, turn)), scope);
    findings.plan(await withFiles(runner, resolved, remaining(journal, shown), context.showsFiles));
    findings.end('planned');
}

;// CONCATENATED MODULE: ./build/phases/run-upgrade.js





















/**
 * Upgrades a stack, or takes up an upgrade that is unfinished, whole or in one of its parts. Never throws for what
 * goes wrong on a host or in a file: the report has it.
 */
async function runUpgrade(context) {
    const findings = new Findings(context.runner, context.files);
    try {
        await conduct(context, findings);
    }
    catch (error) {
        await endEarly(context, findings, error);
    }
    await findings.endProbe();
    return findings.report();
}
async function conduct(context, findings) {
    const { runner } = context;
    const journals = await (0,executor_journal/* readJournals */.rZ)(runner);
    const seen = openUpgradeOf(journals);
    const { resolved, bond } = seen === null
        ? { resolved: await begin(context, findings), bond: bondOf(context, null) }
        : await goOn(context, findings, seen);
    const approval = approvalUnder(bond, resolved);
    findings.approvable(approval);
    context.onApprovable(approval);
    if (seen === null && findings.nothingToDo(resolved)) {
        findings.end('unchanged');
        if (!context.dryRun) {
            // An earlier attempt may have died between the end of its upgrade and the release.
            await (0,executor_lock/* releaseOwned */.ZB)(runner, context.owner.key, journals);
        }
        return;
    }
    await refuseDrift(runner.log, bond, approval, seen?.upgrade ?? null);
    if (context.dryRun) {
        await showPlan(context, findings, resolved, seen);
        return;
    }
    refuseWithoutUpgrade(context, seen);
    const journal = await takeLock(context, journals);
    const work = context_workOf(context, findings, resolved, journal);
    tellPart(context, findings, work);
    refuseAmendedPast(journal, seen?.plan ?? planText(resolved), resolved);
    await settle(context, findings, work, bond);
    probeServices(context, findings, work);
    const again = renewals(journals, journal, work.parts, context.turn);
    const stages = [...again, ...stagesOf(partsAt(work.parts, context.turn))];
    await new Executor(runner, journal).run((0,domain_scope/* withinScope */.a)(stages, context.scope));
    await end(context, findings, work);
}
/** Asks the services all the while, where one process lives through it all. */
function probeServices({ runner, turn, secrets, scope }, findings, { resolved }) {
    if (turn === null) {
        findings.probe = new ServiceProbe(runner, resolved, findings.facts, secrets, scope.hosts);
    }
}
/** Only the whole and `prepare` begin an upgrade. */
function refuseWithoutUpgrade({ turn }, seen) {
    if (seen === null && turn !== null && turn.phase !== 'prepare') {
        throw new errors/* UpgradeError */.fy(`${describeTurn(turn)} has to wait: no upgrade has begun on these hosts`, {
            state: 'Nothing was changed by this step.',
            next: 'Run the action prepare first.',
        });
    }
}
/** Brings the journal in line with what became of the hosts, opens the upgrade, and refuses what has to wait. */
async function settle(context, findings, work, bond) {
    const { journal, dumps, resolved, stages } = work;
    const settled = await settleDatabases(journal, dumps, resolved, stages);
    // An abandonment that did not come to its end started services again: they are stopped and held anew.
    const reopened = isTouched(journal) ? [] : openings(journal, stages);
    const anew = byHost([...settled.undone, ...reopened]);
    for (const [host, steps] of anew) {
        journal.overlook(host, steps);
    }
    if (settled.broken.length === 0) {
        await refuseDisorder(context, work);
        refuseWords(journal, stages, context);
    }
    await journal.open(planText(resolved));
    findings.began(journal, dumps, stages);
    await keepBond(bond, journal, resolved);
    for (const [host, steps] of anew) {
        await journal.forget(host, steps);
    }
    if (settled.broken.length > 0) {
        throw interrupted(settled);
    }
    for (const line of await resolveSteps(journal, stages, context)) {
        context.runner.log.notice(line);
    }
}
/** Says which part runs, and which comes after it. */
function tellPart({ turn }, findings, { parts }) {
    const [part] = partsAt(parts, turn);
    if (turn !== null && part !== undefined) {
        const after = parts
            .slice(parts.indexOf(part) + 1)
            .find(({ stages }) => stages.some(({ lanes }) => lanes.length > 0));
        findings.isPart(describeTurn(turn), after === undefined ? null : describeTurn(after));
    }
}
async function refuseDisorder({ runner, turn, scope }, work) {
    const { journal, parts } = work;
    const [first] = partsAt(parts, turn);
    if (first !== undefined) {
        await refuseTooEarly(runner, journal, parts, first);
    }
    if (turn === null && !scope.whole) {
        await refuseLeftOut(runner, journal, parts, scope);
    }
}
/** Ends the upgrade when its last part has run on all hosts; any other part leaves it, and the lock, to the next. */
async function end({ runner, turn, scope }, findings, work) {
    const { journal } = work;
    if (!scope.whole || (turn !== null && turn.phase !== 'verify')) {
        await findings.lookAgain();
        findings.end('done');
        return;
    }
    await findings.collect();
    await journal.close('finished');
    findings.end('finished');
    await giveBack(runner, journal);
}


/***/ })

};
