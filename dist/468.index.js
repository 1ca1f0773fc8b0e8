const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 468;
export const ids = [468];
export const modules = {

/***/ 77468:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main),
  post: () => (/* binding */ post)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(33838);
// EXTERNAL MODULE: ./build/adapters/connect-hosts.js + 19 modules
var connect_hosts = __webpack_require__(53585);
// EXTERNAL MODULE: ./build/adapters/encryption.js
var encryption = __webpack_require__(16008);
// EXTERNAL MODULE: ./build/adapters/log.js + 3 modules
var adapters_log = __webpack_require__(30711);
// EXTERNAL MODULE: ./build/adapters/masks.js
var adapters_masks = __webpack_require__(43052);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./node_modules/@actions/exec/lib/exec.js + 4 modules
var exec = __webpack_require__(12697);
// EXTERNAL MODULE: ./build/adapters/credentials.js
var credentials = __webpack_require__(54759);
;// CONCATENATED MODULE: ./build/adapters/ssh-agent.js









/** Seconds after which an agent forgets its key by itself: one whose machine died before `post` holds it no longer. */
const LIFETIME = 24 * 3600;
/** Milliseconds to wait for its socket, and between two looks. */
const PATIENCE = 10_000;
const PAUSE = 10;
/**
 * Starts an ssh-agent that holds one key. `born` hears of it before anything else happens, so that whoever is killed in
 * the middle can have it ended later. The key goes to `ssh-add` on its standard input: never to a file, a
 * command line or the log. The passphrase goes through the environment of that one process (ssh-add(1), SSH_ASKPASS).
 * @throws ConfigurationError for a key or passphrase that cannot be read, before an agent runs
 * @throws Error where OpenSSH's client tools are missing
 */
async function startAgent(key, passphrase, log, born = () => undefined) {
    const auth = { privateKey: key, ...(passphrase === undefined ? {} : { passphrase }) };
    // Read once before: ssh-add asks for a wrong passphrase again and again.
    const { privateKey = '' } = (0,credentials/* readCredentials */.L)(auth, log);
    const { agent, listens } = await launch();
    born(agent);
    try {
        await listens;
        await addKey(agent, privateKey, passphrase?.reveal());
        return agent;
    }
    catch (error) {
        await stopAgent(agent);
        throw error;
    }
}
/** Starts the process; it stays our child's own program, so that its pid is known at once. */
async function launch() {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'synnefo-upgrade-agent-'));
    const socket = (0,external_node_path_.join)(folder, 'agent');
    const { PATH = '', HOME = '' } = process.env;
    const child = (0,external_node_child_process_.spawn)('ssh-agent', ['-D', '-a', socket, '-t', String(LIFETIME)], {
        detached: true,
        stdio: 'ignore',
        env: { PATH, HOME },
    });
    child.unref();
    const failed = new Promise((_, reject) => {
        child.once('error', (cause) => reject(new Error('ssh-agent could not be started', { cause })));
        child.once('exit', (code) => reject(new Error(`ssh-agent ended with ${code} instead of listening`)));
    });
    failed.catch(() => undefined);
    return {
        agent: { socket, pid: String(child.pid ?? '') },
        listens: Promise.race([failed, listening(socket)]),
    };
}
async function listening(socket) {
    for (let waited = 0; !(await accepts(socket)); waited += PAUSE) {
        if (waited > PATIENCE) {
            throw new Error(`ssh-agent does not listen after ${PATIENCE / 1000} s`);
        }
        await (0,external_node_timers_promises_.setTimeout)(PAUSE);
    }
}
/** Does somebody listen there? The socket is in its place a moment before that. */
async function accepts(path) {
    const socket = (0,external_node_net_.connect)(path);
    try {
        await (0,external_node_events_.once)(socket, 'connect');
        return true;
    }
    catch {
        return false;
    }
    finally {
        socket.destroy();
    }
}
/** Ends an agent, and with it the key that it held; does nothing where it has ended already. */
async function stopAgent({ socket, pid }) {
    if (pid !== '' && (await isAgent(pid, socket))) {
        process.kill(Number(pid));
    }
    await (0,promises_.rm)((0,external_node_path_.dirname)(socket), { recursive: true, force: true });
}
/** Is this process the agent still? A pid may have become somebody else's. */
async function isAgent(pid, socket) {
    const words = await output('ps', ['-ww', '-o', 'args=', '-p', pid]).catch(() => '');
    return words.includes(socket);
}
async function addKey({ socket, pid }, key, passphrase = '') {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(process.env.RUNNER_TEMP ?? (0,external_node_os_.tmpdir)(), 'synnefo-upgrade-askpass-'));
    try {
        const askpass = (0,external_node_path_.join)(folder, 'askpass');
        // The script names the passphrase and does not hold it.
        await (0,promises_.writeFile)(askpass, '#!/bin/sh\nprintf \'%s\\n\' "$PASSPHRASE"\n', { mode: 0o700 });
        await output('ssh-add', ['-q', '-'], {
            input: Buffer.from(key),
            env: {
                SSH_AUTH_SOCK: socket,
                SSH_AGENT_PID: pid,
                // OpenSSH before 8.4 knows no SSH_ASKPASS_REQUIRE, and takes a display for a reason to ask there.
                ...{ DISPLAY: 'none', SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', PASSPHRASE: passphrase },
            },
        });
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function output(command, args, { env = {}, input } = {}) {
    const { PATH = '', HOME = '' } = process.env;
    const options = { silent: true, ignoreReturnCode: true, env: { PATH, HOME, ...env } };
    const result = await (0,exec.getExecOutput)(command, args, { ...options, ...(input && { input }) });
    if (result.exitCode !== 0) {
        throw new Error(`${command} ended with exit code ${result.exitCode}: ${result.stderr.trim()}`);
    }
    return result.stdout;
}

// EXTERNAL MODULE: ./build/facts/look.js + 9 modules
var look = __webpack_require__(32149);
// EXTERNAL MODULE: ./build/executor/ask.js
var ask = __webpack_require__(90553);
;// CONCATENATED MODULE: ./build/executor/look-in.js


/**
 * Logs in and looks, without a question: shows that commands can be run there, by a key that can only look as well.
 * @throws UpgradeError when that did not end well, and what the transport throws
 */
async function lookIn(host) {
    const command = (0,look/* look */.O)('log in');
    const result = await host.exec(command);
    if (result.code !== 0) {
        throw (0,ask/* commandFailed */.n6)(host.host, command.title, result);
    }
}

// EXTERNAL MODULE: ./build/report/refused.js
var refused = __webpack_require__(16099);
// EXTERNAL MODULE: ./build/actions/connection.js
var actions_connection = __webpack_require__(27862);
// EXTERNAL MODULE: ./build/actions/environment.js + 24 modules
var environment = __webpack_require__(68588);
// EXTERNAL MODULE: ./build/actions/finish.js + 21 modules
var finish = __webpack_require__(85292);
// EXTERNAL MODULE: ./build/actions/inputs.js
var inputs = __webpack_require__(65355);
// EXTERNAL MODULE: ./build/actions/values.js
var values = __webpack_require__(42340);
;// CONCATENATED MODULE: ./build/actions/connect.js
















/** The keys of the saved state by which `post` finds the agent. */
const AGENT_SOCKET = 'agent-socket';
const AGENT_PID = 'agent-pid';
/**
 * Checks the files, loads the key, logs in everywhere once, and hands the connection to the job's later steps. A dry run
 * ends after the checks, and hands nothing on.
 */
async function main() {
    const log = (0,adapters_log/* openLog */.N)();
    const masks = new adapters_masks/* Masks */.O();
    try {
        const dryRun = (0,values/* flag */.Jt)(inputs/* inputs */.Q, 'dry-run');
        const connection = (0,actions_connection/* connectionOfInputs */.bx)();
        hide(connection, log, masks);
        const files = (0,environment/* loadFiles */.a)(connection);
        if (connection.dumps.encryptTo.trim() !== '') {
            await (0,encryption/* parseRecipients */.q)(connection.dumps.encryptTo);
        }
        // Reads the key and known_hosts, so that what is wrong with them is said before an agent runs.
        (0,connect_hosts/* connectHosts */.i)(files.inventory, connection.auth, connection.knownHosts, log);
        if (dryRun) {
            log.notice('the files and the key can be read; nobody was asked, and later steps of this job are not connected');
        }
        else {
            const auth = await loadKey(connection, log);
            await logIn(files, auth, connection.knownHosts, log);
            await handOn(connection);
        }
        (0,core.setOutput)('hosts', JSON.stringify(Object.keys(files.inventory.hosts)));
    }
    catch (error) {
        await (0,finish/* finish */.O)((0,refused/* refusedReport */.l)(inputs/* inputs */.Q.get('plan'), error), { log, masks });
    }
}
/** Ends the agent that the main step started. */
async function post() {
    const [socket, pid] = [(0,core.getState)(AGENT_SOCKET), (0,core.getState)(AGENT_PID)];
    if (socket !== '' && pid !== '') {
        await stopAgent({ socket, pid });
    }
}
function hide({ auth }, log, masks) {
    for (const secret of [auth.privateKey, auth.passphrase]) {
        if (secret !== undefined) {
            log.mask(secret.reveal());
            masks.add(secret.reveal());
        }
    }
}
/** Puts the key into an agent, whose socket is all that later steps see of it. */
async function loadKey({ auth }, log) {
    if (auth.privateKey === undefined) {
        return auth;
    }
    const { socket, pid } = await startAgent(auth.privateKey, auth.passphrase, log, remember);
    (0,core.exportVariable)('SSH_AUTH_SOCK', socket);
    (0,core.exportVariable)('SSH_AGENT_PID', pid);
    return { agent: socket };
}
/** So that `post` ends it, whatever becomes of this process. */
function remember({ socket, pid }) {
    (0,core.saveState)(AGENT_SOCKET, socket);
    (0,core.saveState)(AGENT_PID, pid);
}
/** @throws an AggregateError with the failure of every host that did not let us in */
async function logIn({ inventory }, auth, knownHosts, log) {
    const hosts = [...(0,connect_hosts/* connectHosts */.i)(inventory, auth, knownHosts, log).values()];
    try {
        const ends = await Promise.allSettled(hosts.map(async (host) => {
            await lookIn(host);
            log.info(`${host.host}: logged in`);
        }));
        const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
        if (failures.length > 0) {
            throw new AggregateError(failures, `${failures.length} of ${hosts.length} hosts did not let us in`);
        }
    }
    finally {
        await Promise.all(hosts.map((host) => host[Symbol.asyncDispose]()));
    }
}
async function handOn({ knownHosts }) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(process.env.RUNNER_TEMP ?? (0,external_node_os_.tmpdir)(), 'synnefo-upgrade-connection-'));
    const file = (0,external_node_path_.join)(folder, 'known_hosts');
    await (0,promises_.writeFile)(file, `${knownHosts.trimEnd()}\n`, { mode: 0o600 });
    for (const [name, value] of Object.entries((0,actions_connection/* handedOn */.Uz)(file))) {
        (0,core.exportVariable)(name, value);
    }
}


/***/ })

};
