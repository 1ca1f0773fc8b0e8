const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 263;
export const ids = [263];
export const modules = {

/***/ 27862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P_: () => (/* binding */ connectionOfJob),
/* harmony export */   Uz: () => (/* binding */ handedOn),
/* harmony export */   bx: () => (/* binding */ connectionOfInputs)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56046);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65355);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(42340);




/** What of a connection is handed on as it is; nothing of it is secret. */
const HANDED_ON = [
    'plan',
    'inventory',
    'encrypt-to',
    'unencrypted-dumps',
    'dumps-directory',
    'retention-days',
];
/**
 * The connection as the inputs of this step have it.
 * @throws ConfigurationError naming the input, what was found and what was expected
 */
function connectionOfInputs(env = process.env) {
    const privateKey = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .secretInput */ .j)('ssh-key');
    const passphrase = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .secretInput */ .j)('ssh-key-passphrase');
    if (privateKey === undefined && passphrase !== undefined) {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1(`${_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .Q.call('ssh-key-passphrase')} is given, and ${_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .Q.call('ssh-key')} is not: give the key that it opens, or neither`);
    }
    const auth = privateKey === undefined
        ? agentOf(env)
        : { privateKey, ...(passphrase === undefined ? {} : { passphrase }) };
    return { ...shared(_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .Q), knownHosts: _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .Q.get('known-hosts'), auth };
}
/**
 * The connection as `connect` has handed it to the later steps of its job.
 * @throws ConfigurationError when it did not run
 */
function connectionOfJob(env = process.env) {
    const file = env[variableOf('known-hosts')];
    if (file === undefined || file === '') {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1('this job is not connected: run the action connect in it before this one, in every job anew');
    }
    const values = { get: (name) => env[variableOf(name)] ?? '', call: variableOf };
    return { ...shared(values), knownHosts: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8'), auth: agentOf(env) };
}
/** The environment in which later steps of the job find the connection; known_hosts lies in a file. */
function handedOn(knownHostsFile) {
    const values = HANDED_ON.map((name) => [variableOf(name), _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .Q.get(name)]);
    return { ...Object.fromEntries(values), [variableOf('known-hosts')]: knownHostsFile };
}
function shared(values) {
    return {
        plan: (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .required */ .mw)(values, 'plan'),
        inventory: (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .required */ .mw)(values, 'inventory'),
        dumps: dumpPlace(values),
    };
}
function dumpPlace(values) {
    const place = {
        encryptTo: values.get('encrypt-to'),
        acceptUnencrypted: (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .accepted */ .qG)(values, 'unencrypted-dumps'),
        directory: values.get('dumps-directory'),
        retentionDays: (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .days */ ._3)(values, 'retention-days'),
    };
    if (place.acceptUnencrypted && place.encryptTo !== '') {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1(`${values.call('unencrypted-dumps')} is "accept", and ${values.call('encrypt-to')} is given: they contradict each other, set one of them`);
    }
    if (place.retentionDays !== undefined && place.directory !== '') {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1(`${values.call('retention-days')} is given, and ${values.call('dumps-directory')} too: what lies in a folder is never deleted`);
    }
    return place;
}
function agentOf({ SSH_AUTH_SOCK: agent }) {
    return agent === undefined || agent === '' ? {} : { agent };
}
/** As `SYNNEFO_UPGRADE_KNOWN_HOSTS`. */
function variableOf(name) {
    return `SYNNEFO_UPGRADE_${name.replaceAll('-', '_').toUpperCase()}`;
}


/***/ }),

/***/ 68588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ connect),
  a: () => (/* binding */ loadFiles)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/adapters/connect-hosts.js + 19 modules
var connect_hosts = __webpack_require__(53585);
// EXTERNAL MODULE: ./build/domain/address.js
var domain_address = __webpack_require__(1781);
// EXTERNAL MODULE: ./build/domain/jump.js
var domain_jump = __webpack_require__(82133);
// EXTERNAL MODULE: ./build/domain/nearest.js
var nearest = __webpack_require__(39099);
// EXTERNAL MODULE: ./build/domain/problem.js
var domain_problem = __webpack_require__(6282);
;// CONCATENATED MODULE: ./build/domain/check-inventory.js




/** What no single value of an inventory shows: how its parts fit each other. */
function check_inventory_checkInventory(inventory, known) {
    return [
        ...Object.entries(inventory.databases).flatMap(([key, database]) => checkDatabase(key, database, known)),
        ...circles(inventory),
        ...twins(inventory),
        ...Object.keys(inventory.hosts).flatMap((host) => checkHost(inventory, host)),
    ];
}
function checkDatabase(key, database, known) {
    const [field, name, names] = 'same-as' in database
        ? ['same-as', database['same-as'], known.databases]
        : ['on', database.on, known.hosts];
    const kind = field === 'on' ? 'host' : 'database';
    const message = `the inventory has no ${kind} ${(0,domain_problem/* printable */.g$)(name)}${(0,nearest/* suggestion */.h)(name, names)}`;
    return names.includes(name) ? [] : [(0,domain_problem/* wrong */.Qm)(['databases', key, field], message)];
}
/** Each key of a circle is named once, at the first of its members. */
function circles({ databases }) {
    const next = (key) => {
        const entry = Object.hasOwn(databases, key) ? databases[key] : undefined;
        return entry !== undefined && 'same-as' in entry ? entry['same-as'] : null;
    };
    return firstOfCircles(Object.keys(databases), next).map((circle) => (0,domain_problem/* wrong */.Qm)(['databases', circle[0] ?? '', 'same-as'], `a circle: ${[...circle, circle[0]].join(' -> ')}`));
}
/** The circles that following `next` runs into, each beginning with the member that comes first. */
function firstOfCircles(keys, next) {
    return keys.flatMap((start) => {
        const way = [];
        for (let at = start; at !== null && !way.includes(at); at = next(at)) {
            way.push(at);
        }
        const closes = next(way.at(-1) ?? '') === start;
        return closes && way.every((key) => keys.indexOf(key) >= keys.indexOf(start)) ? [way] : [];
    });
}
/** Two keys of one database would dump it twice and migrate it twice at once. */
function twins({ databases }) {
    const own = Object.entries(databases).filter((entry) => 'name' in entry[1]);
    return own.flatMap(([key, one], index) => {
        const twin = own
            .slice(0, index)
            .find(([, other]) => other.on === one.on && other.port === one.port && other.name === one.name);
        const message = `found the host, port and name of ${twin?.[0]}, expected { same-as: ${twin?.[0]} }`;
        return twin === undefined ? [] : [(0,domain_problem/* wrongKey */.PT)(['databases', key], message)];
    });
}
function checkHost({ hosts }, name) {
    const names = Object.keys(hosts);
    const [host, earlier] = [hosts[name], names.slice(0, names.indexOf(name))];
    if (host === undefined) {
        return [];
    }
    const address = (0,domain_address/* plainAddress */.n)(host.address);
    const same = earlier.find((other) => hosts[other]?.port === host.port && (0,domain_address/* plainAddress */.n)(hosts[other]?.address ?? '') === address);
    const otherLocal = earlier.find((other) => hosts[other]?.local === true);
    return [
        ...(same !== undefined
            ? [(0,domain_problem/* wrongKey */.PT)(['hosts', name], `found the address and port of ${same}, expected a host once`)]
            : []),
        ...(host.local && otherLocal !== undefined
            ? [(0,domain_problem/* wrong */.Qm)(['hosts', name, 'local'], `${otherLocal} is local already: the runner is one host only`)]
            : []),
        ...checkJump({ hosts }, name),
    ];
}
function checkJump(inventory, name) {
    const path = ['hosts', name, 'jump'];
    const next = (host) => {
        const jump = (0,domain_jump/* jumpOf */.i)(inventory, host);
        return jump?.kind === 'host' ? jump.name : null;
    };
    const circle = firstOfCircles(Object.keys(inventory.hosts), next).find(([first]) => first === name);
    const [host, through] = [inventory.hosts[name], next(name)];
    return [
        ...(circle !== undefined ? [(0,domain_problem/* wrong */.Qm)(path, `a circle: ${[...circle, name].join(' -> ')}`)] : []),
        ...(host?.jump !== undefined && host.local
            ? [(0,domain_problem/* wrong */.Qm)(path, 'the runner reaches itself without a jump')]
            : []),
        ...(through !== null && inventory.hosts[through]?.local === true
            ? [(0,domain_problem/* wrong */.Qm)(path, `${through} is the runner itself: no jump leads through it`)]
            : []),
    ];
}

;// CONCATENATED MODULE: ./build/domain/check-steps.js


/** What is wrong with the steps of a plan, apart from the hosts that they name. */
function checkSteps(plan, known) {
    return plan.steps.flatMap((step, index) => {
        const at = ['steps', index];
        const earlier = plan.steps.slice(0, index).some(({ name }) => name === step.name);
        return [
            ...(earlier ? [(0,domain_problem/* wrong */.Qm)([...at, 'name'], `another step is called ${(0,domain_problem/* printable */.g$)(step.name)}`)] : []),
            ...unknownRoles(step, known).map(([place, message]) => (0,domain_problem/* wrong */.Qm)([...at, 'roles', place], message)),
            ...checkWhere(step).map((message) => (0,domain_problem/* wrong */.Qm)(at, message)),
            ...checkWhat(step).map((message) => (0,domain_problem/* wrong */.Qm)(at, message)),
            ...checkFile(step).map((message) => (0,domain_problem/* wrongKey */.PT)([...at, 'file'], message)),
            ...checkVariables(step).map(([key, message]) => (0,domain_problem/* wrongKey */.PT)([...at, key], message)),
        ];
    });
}
function unknownRoles(step, known) {
    return step.roles.flatMap((role, place) => known.roles.includes(role)
        ? []
        : [[place, `the plan has no role ${(0,domain_problem/* printable */.g$)(role)}${(0,nearest/* suggestion */.h)(role, known.roles)}`]]);
}
function checkWhere(step) {
    if (step.roles.length === 0 && step.hosts.length === 0) {
        return ['found neither roles nor hosts, expected at least one'];
    }
    return step.once && (step.roles.length === 0 || step.hosts.length > 0)
        ? ['once means the first host of the roles: expected roles and no hosts']
        : [];
}
function checkWhat(step) {
    const found = ['run', 'script', 'file'].filter((key) => step[key] !== undefined);
    const words = found.length === 0 ? 'none' : found.join(' and ');
    return found.length === 1 ? [] : [`found ${words} of run, script and file, expected exactly one`];
}
function checkFile({ file }) {
    return file !== undefined && (file.source === undefined) === (file.content === undefined)
        ? [`found ${file.source === undefined ? 'neither' : 'both'} of source and content, expected exactly one`]
        : [];
}
function checkVariables(step) {
    const shadowed = step.secrets.filter((name) => Object.hasOwn(step.env, name));
    const idle = step.file === undefined ? [] : ['env', 'secrets'].filter((key) => size(step[key]) > 0);
    return [
        ...shadowed.map((name) => ['secrets', `${name} is in env too`]),
        ...idle.map((key) => [
            key,
            'a file is placed as it is: nothing is put into it',
        ]),
    ];
}
function size(value) {
    return Object.keys(value).length;
}

// EXTERNAL MODULE: ./build/domain/glob.js
var glob = __webpack_require__(73871);
;// CONCATENATED MODULE: ./build/domain/plan.js
/** All services of all roles, once each, in the order in which roles and their lists name them. */
function servicesOf(plan) {
    return [...new Set(Object.values(plan.roles).flatMap((role) => role.services))];
}
/** All packages of all roles, once each, in the order in which roles and their lists name them. */
function packagesOf(plan) {
    return [...new Set(Object.values(plan.roles).flatMap((role) => role.packages))];
}

// EXTERNAL MODULE: ./build/domain/version-range.js
var version_range = __webpack_require__(61809);
;// CONCATENATED MODULE: ./build/domain/check-plan.js






/** What no single value of a plan shows: how its parts fit each other. */
function check_plan_checkPlan(plan, known) {
    return [
        ...checkOrder(plan, 'start-order', known),
        // An order that was left out is the very list of the other one, and its mistakes are there.
        ...(plan['stop-order'] === plan['start-order'] ? [] : checkOrder(plan, 'stop-order', known)),
        ...Object.keys(plan.services).flatMap((name) => unknown('service', name, known.services, ['services', name], true)),
        ...checkRoles(plan),
        ...checkRules(plan, known),
        ...checkSame(plan, known),
        ...checkSteps(plan, known),
    ];
}
function unknown(kind, name, names, path, key = false) {
    const message = `no role has the ${kind} ${(0,domain_problem/* printable */.g$)(name)}${(0,nearest/* suggestion */.h)(name, names)}`;
    return names.includes(name) ? [] : [(key ? domain_problem/* wrongKey */.PT : domain_problem/* wrong */.Qm)(path, message)];
}
function checkOrder(plan, key, known) {
    const order = plan[key];
    const strange = order.flatMap((name, index) => unknown('service', name, known.services, [key, index]));
    const twice = order.flatMap((name, index) => order.indexOf(name) < index ? [(0,domain_problem/* wrong */.Qm)([key, index], `${(0,domain_problem/* printable */.g$)(name)} is named twice`)] : []);
    const missing = servicesOf(plan).filter((name) => !order.includes(name));
    const message = `found no ${missing.join(', ')}, expected every service of every role`;
    return [...strange, ...twice, ...(missing.length > 0 ? [(0,domain_problem/* wrongKey */.PT)([key], message)] : [])];
}
function checkRoles(plan) {
    return Object.entries(plan.roles).flatMap(([name, role]) => {
        const needs = (key, needed, present) => present && role[needed] === undefined
            ? [(0,domain_problem/* wrongKey */.PT)(['roles', name, key], `found no ${needed} beside it, expected one`)]
            : [];
        return [
            ...needs('migrate', 'database', role.migrate.length > 0),
            ...needs('pending', 'schema', role.pending !== undefined),
            ...needs('head', 'schema', role.head !== undefined),
        ];
    });
}
/** Every package has one rule, and every rule has a package: a misspelt name would hand its package to a glob. */
function checkRules(plan, known) {
    const idle = ['from', 'to'].flatMap((side) => Object.keys(plan.versions[side])
        .filter((pattern) => !known.packages.some((name) => (0,glob/* globMatches */.m)(pattern, name)))
        .map((pattern) => {
        const hint = (0,glob/* isGlob */.f)(pattern) ? '' : (0,nearest/* suggestion */.h)(pattern, known.packages);
        return (0,domain_problem/* wrongKey */.PT)(['versions', side, pattern], `matches no package of any role${hint}`);
    }));
    return [...idle, ...packagesOf(plan).flatMap((name) => checkPackage(plan, name))];
}
function checkPackage(plan, name) {
    const rules = (0,version_range/* rulesFor */.NP)(plan.versions.to, name);
    if (rules.length === 0) {
        const [role, packages] = firstToName(plan, name);
        const path = ['roles', role, 'packages', packages.indexOf(name)];
        return [(0,domain_problem/* wrong */.Qm)(path, `found ${(0,domain_problem/* printable */.g$)(name)} without a rule in versions.to, expected a range or any`)];
    }
    return ['from', 'to'].flatMap((side) => checkTie(plan, side, name));
}
function firstToName(plan, name) {
    const roles = Object.entries(plan.roles).map(([role, { packages }]) => [
        role,
        packages,
    ]);
    return roles.find(([, packages]) => packages.includes(name)) ?? ['', []];
}
function checkTie(plan, side, name) {
    const [first, second] = (0,version_range/* rulesFor */.NP)(plan.versions[side], name);
    return first !== undefined && second !== undefined && first.range !== second.range
        ? [
            (0,domain_problem/* wrongKey */.PT)(['versions', side, second.pattern], `as long as ${(0,domain_problem/* printable */.g$)(first.pattern)}, and both match ${name}: name the package itself`),
        ]
        : [];
}
function checkSame(plan, known) {
    return plan.versions.same.flatMap((group, index) => group.flatMap((name, place) => unknown('package', name, known.packages, ['versions', 'same', index, place])));
}

;// CONCATENATED MODULE: ./build/domain/check-together.js


/** What does not fit between a plan and an inventory, told at the file in which it is to be mended. */
function checkTogether(plan, inventory, known) {
    return {
        plan: [...unknownDatabases(plan, known), ...unknownHosts(plan, known)],
        inventory: [...check_together_unknownRoles(inventory, known), ...rolesWithoutHosts(known)],
    };
}
function unknownDatabases(plan, known) {
    return Object.entries(plan.roles).flatMap(([role, { database }]) => database === undefined || known.databases.includes(database)
        ? []
        : [(0,domain_problem/* wrong */.Qm)(['roles', role, 'database'], absent('database', database, known.databases))]);
}
function unknownHosts(plan, known) {
    return plan.steps.flatMap((step, index) => step.hosts.flatMap((host, place) => known.hosts.includes(host)
        ? []
        : [(0,domain_problem/* wrong */.Qm)(['steps', index, 'hosts', place], absent('host', host, known.hosts))]));
}
function absent(kind, name, names) {
    return `the inventory has no ${kind} ${(0,domain_problem/* printable */.g$)(name)}${(0,nearest/* suggestion */.h)(name, names)}`;
}
function check_together_unknownRoles(inventory, known) {
    return Object.entries(inventory.hosts).flatMap(([host, { roles }]) => roles.flatMap((role, place) => {
        const message = `the plan has no role ${(0,domain_problem/* printable */.g$)(role)}${(0,nearest/* suggestion */.h)(role, known.roles)}`;
        return known.roles.includes(role) ? [] : [(0,domain_problem/* wrong */.Qm)(['hosts', host, 'roles', place], message)];
    }));
}
/** Health checks of roles that the plan does not have: its own would silently stay. */
function healthWithoutRoles(health, known) {
    return Object.keys(health)
        .filter((role) => !known.roles.includes(role))
        .map((role) => (0,domain_problem/* wrongKey */.PT)(['health', role], `the plan has no role ${(0,domain_problem/* printable */.g$)(role)}${(0,nearest/* suggestion */.h)(role, known.roles)}`));
}
function rolesWithoutHosts(known) {
    return known.roles
        .filter((role) => !known.placed.includes(role))
        .map((role) => (0,domain_problem/* wrongKey */.PT)(['hosts'], `no host has the role ${(0,domain_problem/* printable */.g$)(role)}, expected at least one`));
}

;// CONCATENATED MODULE: ./build/domain/known-names.js
/** Reads the names out of a plan and an inventory, checked or not. */
function known_names_knownNames(plan, inventory) {
    const roles = entries(plan, 'roles');
    const hosts = entries(inventory, 'hosts');
    return {
        roles: roles.map(([name]) => name),
        services: roles.flatMap(([, role]) => texts(role, 'services')),
        packages: roles.flatMap(([, role]) => texts(role, 'packages')),
        hosts: hosts.map(([name]) => name),
        placed: hosts.flatMap(([, host]) => texts(host, 'roles')),
        databases: entries(inventory, 'databases').map(([name]) => name),
    };
}
function entries(value, key) {
    const found = member(value, key);
    return typeof found === 'object' && found !== null ? Object.entries(found) : [];
}
/** A text where a list belongs counts as its only entry. */
function texts(value, key) {
    return [member(value, key)].flat().filter((entry) => typeof entry === 'string');
}
function member(value, key) {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? value[key]
        : undefined;
}

// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
;// CONCATENATED MODULE: ./build/config/expectations.js


const TYPES = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a map of keys and values',
    record: 'a map of keys and values',
};
const UNITS = { array: ' entries', string: ' characters' };
/** Zod's error map: what was expected, where a schema has no words of its own. */
function expectation(issue) {
    switch (issue.code) {
        case 'invalid_type':
            return typeExpectation(issue.expected, issue.input);
        case 'invalid_value':
            return oneOf(issue.values.map((value) => String(value)), issue.input);
        case 'too_small':
            return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
        case 'too_big':
            return `at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
        default:
            return 'something else';
    }
}
/** `a, b or c`, and which of them was probably meant. */
function oneOf(values, input) {
    const last = values.at(-1) ?? '';
    const words = values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${last}` : last;
    return typeof input === 'string' ? words + (0,nearest/* suggestion */.h)(input, values) : words;
}
function typeExpectation(expected, input) {
    const wanted = TYPES[expected] ?? expected;
    const quotes = expected === 'string' && ['number', 'boolean'].includes(typeof input);
    return quotes ? `${wanted}: put it in quotes` : wanted;
}
/** What was found, as one harmless line. */
function found(value) {
    if (value === undefined) {
        return 'nothing';
    }
    if (value === null) {
        return 'an empty value';
    }
    if (Array.isArray(value)) {
        return value.length === 0 ? 'an empty list' : 'a list';
    }
    return typeof value === 'object' ? 'a map' : (0,domain_problem/* printable */.g$)(value);
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(38816);
;// CONCATENATED MODULE: ./build/config/known-keys.js

/** The keys that a schema knows at a path, so that an unknown one can be told the nearest. */
function knownKeys(schema, path) {
    const [first, ...rest] = path;
    return objects(schema).flatMap((found) => {
        if (first === undefined) {
            return found instanceof schemas/* ZodObject */.bvH ? Object.keys(found.shape) : [];
        }
        const next = below(found, first);
        return next === null ? [] : knownKeys(next, rest);
    });
}
function below(schema, part) {
    if (schema instanceof schemas/* ZodObject */.bvH) {
        const shape = schema.shape;
        return Object.hasOwn(shape, part) ? (shape[part] ?? null) : null;
    }
    if (schema instanceof schemas/* ZodRecord */.b8S) {
        return schema.valueType;
    }
    return schema instanceof schemas/* ZodArray */.naA ? schema.element : null;
}
/** The schemas behind defaults, options and alternatives. */
function objects(schema) {
    if (schema instanceof schemas/* ZodUnion */.fZ7) {
        return schema.options.flatMap(objects);
    }
    if (schema instanceof schemas/* ZodPipe */.utH) {
        return objects(schema.in);
    }
    if (schema instanceof schemas/* ZodDefault */.XiL ||
        schema instanceof schemas/* ZodPrefault */.xgV ||
        schema instanceof schemas/* ZodOptional */.IiU ||
        schema instanceof schemas/* ZodExactOptional */.ZwT) {
        return objects(schema.unwrap());
    }
    return [schema];
}

;// CONCATENATED MODULE: ./build/config/issues.js




/** What zod found in a value, as problems that say what was found and what was expected. */
function problemsOf(schema, root, issues) {
    return flatten(issues).flatMap((issue) => {
        const path = issue.path;
        if (issue.code === 'unrecognized_keys') {
            return issue.keys.map((key) => unknownKey(schema, path, key));
        }
        if (issue.code === 'invalid_key') {
            const key = (0,domain_problem/* printable */.g$)(path.at(-1));
            return [(0,domain_problem/* wrongKey */.PT)(path, `found the key ${key}, expected ${issue.issues[0]?.message ?? ''}`)];
        }
        const value = valueAt(root, path);
        const problem = value === undefined ? domain_problem/* wrongKey */.PT : domain_problem/* wrong */.Qm;
        return [problem(path, `found ${found(value)}, expected ${issue.message}`)];
    });
}
/** Puts the issues of the alternative that was probably meant in the place of "none of them". */
function flatten(issues) {
    return issues.flatMap((issue) => {
        if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
            return [issue];
        }
        const branches = issue.errors.map((errors) => flatten(errors));
        const ofType = branches.filter((branch) => !branch.some(isWrongType));
        if (ofType.length === 0) {
            const expected = [...new Set(branches.flatMap((branch) => branch.map(({ message }) => message)))];
            return [{ ...issue, errors: [], message: expected.join(', or ') }];
        }
        const [best] = ofType.toSorted((left, right) => cost(left) - cost(right));
        return (best ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
    });
}
function isWrongType(issue) {
    return issue.code === 'invalid_type' && issue.path.length === 0;
}
function cost(issues) {
    return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}
function unknownKey(schema, path, key) {
    const known = knownKeys(schema, path);
    const near = (0,nearest/* suggestion */.h)(key, known);
    const hint = near === '' ? `, expected ${known.length === 0 ? 'none' : `one of ${known.join(', ')}`}` : near;
    return (0,domain_problem/* wrongKey */.PT)([...path, key], `found the unknown key ${(0,domain_problem/* printable */.g$)(key)}${hint}`);
}
/** The value at a path, or undefined. */
function valueAt(root, path) {
    return path.reduce((value, part) => typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? value[part]
        : undefined, root);
}

;// CONCATENATED MODULE: ./build/config/salvage.js


/** Each round takes at least one value away, and a value is at most this deep. */
const ROUNDS = 50;
/**
 * Reads a value by a schema; where that fails, takes the wrong parts out and reads the rest.
 * The first round's problems are the file's, later ones only follow from what was taken out.
 */
function salvage(schema, root) {
    const rest = structuredClone(root);
    const indices = new Map();
    let problems = null;
    for (let round = 0; round < ROUNDS; round++) {
        const result = schema.safeParse(rest, { error: expectation });
        const original = (path) => originalPath(rest, indices, path);
        if (result.success) {
            return { value: result.data, problems: problems ?? [], original };
        }
        const issues = flatten(result.error.issues);
        problems ??= problemsOf(schema, root, issues);
        const doomed = issues.flatMap(partsOf).map((path) => existing(rest, path));
        if (doomed.some((path) => path.length === 0)) {
            return { value: null, problems, original };
        }
        removeAll(rest, doomed, indices);
    }
    return { value: null, problems: problems ?? [], original: (path) => path };
}
function partsOf(issue) {
    const path = issue.path;
    return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}
/** What is missing can't be taken out: what it is missing from goes. */
function existing(root, path) {
    return path.length === 0 || valueAt(root, path) !== undefined ? path : path.slice(0, -1);
}
/** From the back, so that the indices of what is still to go stay true. */
function removeAll(root, paths, indices) {
    const unique = [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
    for (const path of unique.toSorted((left, right) => comparePaths(right, left))) {
        const [parent, last] = [valueAt(root, path.slice(0, -1)), path.at(-1)];
        if (Array.isArray(parent) && typeof last === 'number') {
            const kept = indices.get(parent) ?? [...parent.keys()];
            kept.splice(last, 1);
            indices.set(parent, kept);
            parent.splice(last, 1);
        }
        else if (typeof parent === 'object' && parent !== null && last !== undefined) {
            delete parent[last];
        }
    }
}
function comparePaths(left, right) {
    for (const [index, part] of left.entries()) {
        const other = right[index];
        if (other === undefined) {
            return 1;
        }
        if (part !== other) {
            return typeof part === 'number' && typeof other === 'number'
                ? part - other
                : String(part) < String(other)
                    ? -1
                    : 1;
        }
    }
    return left.length - right.length;
}
function originalPath(root, indices, path) {
    return path.map((part, index) => {
        const parent = valueAt(root, path.slice(0, index));
        return typeof part === 'number' ? (indices.get(parent)?.[part] ?? part) : part;
    });
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/config/position.js

/**
 * Where a path's value, or its key, stands in the file. A path that the file does not have leads to the last
 * part that it has.
 */
function positionOf(document, lines, path, at) {
    let node = document.contents;
    let offset = startOf(node);
    for (const [index, part] of path.entries()) {
        const found = child(resolved(document, node), part);
        if (found === null) {
            break;
        }
        const last = index === path.length - 1;
        offset = startOf(last && at === 'value' ? (found.value ?? found.key) : (found.key ?? found.value));
        node = found.value;
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
}
function child(node, part) {
    if ((0,dist/* isSeq */.oP)(node)) {
        const value = node.items[Number(part)];
        return value === undefined ? null : { key: null, value };
    }
    const pair = (0,dist/* isMap */.jh)(node) ? node.items.find(({ key }) => keyText(key) === String(part)) : undefined;
    return pair === undefined ? null : { key: pair.key, value: pair.value };
}
/** A key as the text that it becomes in JavaScript. */
function keyText(key) {
    return (0,dist/* isScalar */.jn)(key) ? String(key.value) : '';
}
function resolved(document, node) {
    return (0,dist/* isAlias */.Vj)(node) ? node.resolve(document) : node;
}
function startOf(node) {
    return node?.range?.[0] ?? 0;
}

;// CONCATENATED MODULE: ./build/config/yaml-file.js



/** So few that even nested in one another they stay small. */
const MOST_ALIASES = 16;
const TOO_DEEP = 'nested too deeply';
/** More than this at once helps nobody. */
const MOST_ERRORS = 20;
/**
 * Reads YAML 1.2, of one document, with plain keys that occur once, and few aliases.
 * @param file how mistakes call it
 */
function readYaml(text, file) {
    const lines = new dist/* LineCounter */.HN();
    const at = (offset, message) => {
        const { line, col } = lines.linePos(offset);
        return {
            file: printableName(file),
            line: Math.max(line, 1),
            column: Math.max(col, 1),
            path: '',
            message,
        };
    };
    try {
        // Comparing every key with every other takes minutes for a large file: `dropWrongKeys` does it by a set.
        const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
        const broken = documentMistakes(document, at);
        const locate = ({ path, at: part, message }) => ({
            file: printableName(file),
            ...positionOf(document, lines, path, part),
            path: (0,domain_problem/* formatPath */.jV)(path),
            message,
        });
        if (broken.length > 0) {
            return { value: null, mistakes: broken, locate };
        }
        const mistakes = dropWrongKeys(document, at);
        return { value: { root: plain(document) }, mistakes, locate };
    }
    catch (error) {
        if (!(error instanceof RangeError)) {
            throw error;
        }
        const deep = at(0, TOO_DEEP);
        return { value: null, mistakes: [deep], locate: () => deep };
    }
}
/** What leaves a document without a value that could be trusted. */
function documentMistakes(document, at) {
    const parsing = [...document.errors, ...document.warnings].map(({ pos, message }) => at(pos[0], message.includes('call stack') ? TOO_DEEP : message));
    const version = document.directives?.yaml.version;
    const old = version === '1.2' ? [] : [at(0, `found YAML ${version}, expected YAML 1.2 (leave the directive out)`)];
    const mistakes = [...parsing, ...old];
    return (mistakes.length > 0 ? mistakes : aliasMistakes(document, at)).slice(0, MOST_ERRORS);
}
function aliasMistakes(document, at) {
    const mistakes = [];
    let count = 0;
    (0,dist/* visit */.YR)(document, {
        Alias(_key, node, ancestors) {
            const offset = node.range?.[0] ?? 0;
            count++;
            if (count > MOST_ALIASES) {
                mistakes.push(at(offset, `found more than ${MOST_ALIASES} aliases, expected the values themselves`));
                // Not only enough said: each look for an anchor goes through the whole document.
                return dist/* visit */.YR.BREAK;
            }
            const target = node.resolve(document);
            if (target === undefined) {
                mistakes.push(at(offset, `no anchor &${node.source} stands before this alias`));
            }
            else if (ancestors.includes(target)) {
                mistakes.push(at(offset, `the alias *${node.source} stands within what it means`));
            }
            return undefined;
        },
    });
    return mistakes;
}
/** Takes the pairs out that can't stay, so that of two equal keys it is the first that is looked at further. */
function dropWrongKeys(document, at) {
    const mistakes = [];
    (0,dist/* visit */.YR)(document, {
        Map(_key, map) {
            const seen = new Set();
            map.items = map.items.filter(({ key }) => {
                const message = keyMistake(key, seen);
                seen.add(keyText(key));
                if (message !== null) {
                    mistakes.push(at(key?.range?.[0] ?? 0, message));
                }
                return message === null;
            });
        },
    });
    return mistakes.slice(0, MOST_ERRORS);
}
function keyMistake(key, seen) {
    if (!(0,dist/* isScalar */.jn)(key) || key.value === null) {
        return 'expected a plain key';
    }
    const text = keyText(key);
    if (text === '__proto__') {
        return `the key ${(0,domain_problem/* printable */.g$)(text)} is not possible`;
    }
    return seen.has(text) ? `the key ${(0,domain_problem/* printable */.g$)(text)} is here twice` : null;
}
/** Through JSON, so that what an alias repeats is not shared, and can be changed apart. */
function plain(document) {
    return JSON.parse(JSON.stringify(document.toJS() ?? null));
}
/** The file's name comes from an input. */
function printableName(file) {
    return (0,domain_problem/* printable */.g$)(file).slice(1, -1);
}

;// CONCATENATED MODULE: ./build/config/draft.js




/** Reads a file's text by its schema. */
function draftOf(text, file, schema, normalise) {
    const yaml = readYaml(text, file);
    if (yaml.value === null) {
        return { file, raw: null, value: null, mistakes: yaml.mistakes, place: yaml.locate };
    }
    const { value, problems, original } = salvage(schema, yaml.value.root);
    const place = (problem) => yaml.locate({ ...problem, path: original(problem.path) });
    return {
        file,
        raw: yaml.value.root,
        value: value === null ? null : normalise(value),
        mistakes: [...yaml.mistakes, ...problems.map(yaml.locate)],
        place,
    };
}
/** A file that could not even be read. */
function unreadable(file, message) {
    const name = (0,domain_problem/* printable */.g$)(file).slice(1, -1);
    const mistake = { file: name, line: 1, column: 1, path: '', message };
    return { file: name, raw: null, value: null, mistakes: [mistake], place: () => mistake };
}
/** More than this at once helps nobody. */
const MOST_MISTAKES = 100;
/**
 * The values, when nothing is wrong with any of the files.
 * @throws ConfigurationError with all mistakes, in the order of the files and their lines
 */
function refuse(mistakes) {
    if (mistakes.length === 0) {
        return;
    }
    const files = [...new Set(mistakes.map(({ file }) => file))];
    const sorted = files.flatMap((file) => mistakes.filter((mistake) => mistake.file === file).toSorted(byPlace));
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    const more = mistakes.length > MOST_MISTAKES ? ` (the first ${MOST_MISTAKES})` : '';
    throw new errors/* ConfigurationError */.j1(`found ${count} in ${files.join(' and ')}${more}`, sorted.slice(0, MOST_MISTAKES));
}
function byPlace(left, right) {
    return left.line - right.line || left.column - right.column;
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./build/config/grammar.js


/** In every schema of this folder, an error's text is what was *expected*; what was found is put before it. */
/** One line: no control character, and none that turns the direction of text around. */
const line = () => grammar_text(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u, 'one line of text without control characters');
/** Lines and tabs, and no other control character. */
const content = () => grammar_text(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*(?:[\n\t][^\p{Cc}\u202a-\u202e\u2066-\u2069]*)*$/u, 'text without NUL, carriage returns and other control characters');
/** What bash runs. */
const script = () => content().min(1);
function grammar_text(pattern, expected) {
    return schemas/* string */.YjP().regex(pattern, { error: expected });
}
/** deb-control(5), field Package. */
const packageName = () => grammar_text(/^[a-z0-9][a-z0-9+.-]{1,127}$/, 'a package name: lower-case letters, digits and + - .');
const packagePattern = () => grammar_text(/^[a-z0-9*?][a-z0-9+.*?-]{0,127}$/, 'a package name, or one with the wildcards * and ?');
/** What both `systemctl` and `service` take. */
const serviceName = () => grammar_text(/^(?!.*\.service$)[A-Za-z][A-Za-z0-9:_.@-]{0,127}$/, 'a service name as `service` takes it, without .service: letters, digits and : _ . @ -');
/** A name that this file gives: of a role or a database. */
const ownName = () => grammar_text(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'a name: a letter, then letters, digits, - and _');
/**
 * RFC 1123, with the underscores that inner zones have. A number alone is left out: as a key it would come
 * first, whatever the file's order.
 */
const HOST_NAME = /^(?=.{1,253}$)(?=.*[A-Za-z.])[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*$/;
const hostName = () => grammar_text(HOST_NAME, 'a host name: letters, digits, - . and _, not a number alone');
/** useradd(8), with the upper case and dots that directories bring. */
const userName = () => grammar_text(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/, 'a user or group name: letters, digits, - . and _');
/** POSIX. */
const variableName = () => grammar_text(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'the name of an environment variable: letters, digits and _');
/** The runner's own variables hold tokens and inputs that no plan may send to a host. */
const secretName = () => grammar_text(/^(?!(?:ACTIONS|GITHUB|RUNNER|INPUT)_)[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'the name of an environment variable that holds a secret, not one of ACTIONS_*, GITHUB_*, RUNNER_* and INPUT_*');
const port = () => schemas/* int */.Whr().min(1).max(65535);
/** A week is longer than any step; more would overflow a timer. */
const seconds = () => schemas/* number */.aig().positive().max(604_800);
const absolutePath = () => grammar_text(/^(?!.*\/(?:\.{1,2})?(?:\/|$))\/[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'an absolute path without . and .. and double or trailing slashes');
const insidePath = () => grammar_text(/^(?!\/)(?!(?:.*\/)?\.{0,2}(?:\/|$))[^\p{Cc}\p{Zl}\p{Zp}\\]+$/u, "a path relative to the plan's folder, without . and ..");
/** Says which lines of a command's output count. */
const linePattern = () => schemas/* string */.YjP().min(1).refine(isRegExp, { error: 'a regular expression' });
const range = () => schemas/* string */.YjP()
    .refine(isRange, { error: RANGE })
    .meta({ examples: ['>= 0.16~, < 0.17~'] });
const rangeOrAny = () => schemas/* string */.YjP()
    .refine((value) => value === 'any' || isRange(value), { error: `${RANGE}, or any` })
    .meta({ examples: ['>= 0.16~, < 0.17~', 'any'] });
/** What becomes of an interrupted migration. */
const repeat = () => schemas/* enum */.k5n(['safe', 'restore-first']);
const RANGE = 'versions such as ">= 0.15, < 0.16~" (>= <= < > =, comma for and)';
const list = (entry) => schemas/* array */.YOg(entry).max(1000);
function isRange(value) {
    try {
        return (0,version_range/* parseRange */.RC)(value).length > 0;
    }
    catch (error) {
        if (error instanceof RangeError) {
            return false;
        }
        throw error;
    }
}
function isRegExp(value) {
    try {
        return new RegExp(value) instanceof RegExp;
    }
    catch (error) {
        if (error instanceof SyntaxError) {
            return false;
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/config/role-schema.js


const DAY = 86_400;
const migration = schemas/* strictObject */.rej({
    run: script().describe('The command, run by bash as root on the first host of the role.'),
    repeat: repeat()
        .default('restore-first')
        .describe('What an interrupted or failed one needs: safe (one transaction: run it again) or restore-first (its database is restored before).'),
    'time-limit': seconds()
        .default(DAY)
        .describe('Seconds after which the waiting for it ends; the migration itself is never ended.'),
});
const migrationSchema = schemas/* union */.KCZ([script(), migration])
    .transform((entry) => typeof entry === 'string' ? { run: entry, repeat: 'restore-first', 'time-limit': DAY } : entry)
    .describe('A command alone, or one with what is known about it.');
const headerValue = schemas/* union */.KCZ([
    line(),
    schemas/* strictObject */.rej({
        secret: secretName().describe("The runner's environment variable that holds the value."),
    }),
]);
/** A request that proves that a role works. */
const healthSchema = schemas/* strictObject */.rej({
    http: schemas/* string */.YjP()
        .refine(isHttpUrl, {
        error: 'an http URL such as http://127.0.0.1:8080/path (only http is spoken, no user, no fragment)',
    })
        .describe("The URL as the host itself sees it; asked through the host's connection."),
    header: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, { error: "a header's name" }), headerValue)
        .default({})
        .describe('Headers of the request; a value is text, or { secret: NAME } for a variable of the runner.'),
    status: schemas/* int */.Whr().min(100).max(599).default(200).describe('The status that the answer must have.'),
    body: line().exactOptional().describe("Text that the answer's body must hold."),
    before: schemas/* enum */.k5n(['same', 'status', 'nothing'])
        .default('same')
        .describe('What of it must hold before the upgrade as well, asked while nothing is stopped yet: all of it (same), the status without the body (where only the new version has these words), or nothing (where only the new version has this page).'),
    within: seconds().default(60).describe('Seconds within which it must have answered so.'),
});
const roleSchema = schemas/* strictObject */.rej({
    services: list(serviceName()).default([]).describe('Services that are stopped and started.'),
    packages: list(packageName()).default([]).describe('Packages that are installed.'),
    serial: schemas/* boolean */.zMY()
        .default(false)
        .describe('True where the packages change the database while they are installed: the hosts of such roles install one after the other.'),
    database: ownName().exactOptional().describe("The key of the role's database in the inventory."),
    migrate: list(migrationSchema).default([]).describe('Migrations of the database, in their order.'),
    schema: script()
        .exactOptional()
        .describe('A command that prints what the database is at; its output is compared before and after.'),
    pending: linePattern()
        .exactOptional()
        .describe("A regular expression: a line of schema's output that matches is a pending migration."),
    head: linePattern()
        .exactOptional()
        .describe("A regular expression that some line of schema's output must match when nothing is pending."),
    health: list(healthSchema).default([]).describe('Requests that prove that the role works.'),
});
function isHttpUrl(value) {
    if (!/^http:\/\/[^\p{C}\s"'\\@#]+$/u.test(value) || !URL.canParse(value)) {
        return false;
    }
    const url = new URL(value);
    return url.hostname !== '' && url.username === '' && url.hash === '';
}

;// CONCATENATED MODULE: ./build/config/inventory-schema.js





/** An ssh client would take `-oProxyCommand=...` for an option, and a space for the end of the address. */
const address = () => schemas/* string */.YjP().refine((value) => (0,external_node_net_.isIP)(value) > 0 || HOST_NAME.test(value), {
    error: 'a host name, an IPv4 or an IPv6 address',
});
const hostSchema = schemas/* strictObject */.rej({
    address: address().exactOptional().describe('Where the host is reached; its name when left out.'),
    port: port().default(22).describe('The port of its ssh server.'),
    user: userName()
        .default('root')
        .describe('The user to log in as: root, or one with sudo without a password.'),
    roles: list(ownName()).default([]).describe("Roles of the plan; a database's host needs none."),
    jump: schemas/* string */.YjP()
        .refine(isJump, { error: '[user@]host[:port], or the name of another host here (no chain of them)' })
        .exactOptional()
        .describe('The machine through which it is reached: [user@]host[:port], or another host of this file.'),
    local: schemas/* boolean */.zMY().default(false).describe('The runner itself is this host.'),
});
const ownDatabase = schemas/* strictObject */.rej({
    engine: schemas/* literal */.euz('postgresql').describe('The kind of server.'),
    name: schemas/* string */.YjP()
        .refine(isDatabaseName, {
        error: 'the name of a database: at most 63 bytes without quotes, =, \\, :// and a leading dash',
    })
        .describe("The server's name for it."),
    on: hostName().describe('The host on which the server runs.'),
    port: port().default(5432).describe("The server's port there."),
});
const sharedDatabase = schemas/* strictObject */.rej({
    'same-as': ownName().describe('The key of the database that this one is.'),
});
/** An inventory as its file has it. */
const inventorySchema = schemas/* strictObject */.rej({
    schema: schemas/* literal */.euz(1).describe("The version of this file's format."),
    hosts: schemas/* record */.g1P(hostName(), hostSchema)
        .refine((hosts) => Object.keys(hosts).length > 0, { error: 'at least one host' })
        .describe('The hosts by name, in the order in which they are opened.'),
    databases: schemas/* record */.g1P(ownName(), schemas/* union */.KCZ([ownDatabase, sharedDatabase]))
        .default({})
        .describe("The databases by the plan's keys; each either its own, or the same as another."),
    health: schemas/* record */.g1P(ownName(), list(healthSchema))
        .default({})
        .describe("Health checks by role, where ports and words of this site are not the plan's: all of a role's at once."),
});
function isJump(value) {
    const match = domain_jump/* JUMP_PATTERN */.y.exec(value);
    const [v6, port] = [match?.[2], match?.[4]];
    return match !== null && (v6 === undefined || (0,external_node_net_.isIP)(v6) === 6) && Number(port ?? 22) < 65_536;
}
/** libpq takes a name with `=` or `://` for a whole connection string. */
function isDatabaseName(value) {
    return (/^(?!-)[^\p{C}\p{Zl}\p{Zp}"'`\\=$]+$/u.test(value) &&
        !value.includes('://') &&
        value.trim() === value &&
        Buffer.byteLength(value) <= 63);
}

;// CONCATENATED MODULE: ./build/config/normalise.js

const POINTS = ['before', 'after-migrate', 'after-steps'];
/** Fills what one part of a plan takes from another. */
function normalisePlan(file) {
    const names = servicesOf(file);
    const start = file['start-order'] ?? names;
    const special = (name) => (Object.hasOwn(file.services, name) ? file.services[name] : null) ?? {};
    return {
        ...file,
        'start-order': start,
        'stop-order': file['stop-order'] ?? start,
        services: { ...file.services, ...Object.fromEntries(names.map((name) => [name, special(name)])) },
        dumps: POINTS.filter((point) => point === 'before' || file.dumps.includes(point)),
        steps: file.steps.map(normaliseStep),
    };
}
/** A file placed twice is the same file; nobody but its author knows that of a script. */
function normaliseStep(step) {
    return { ...step, repeat: step.repeat ?? (step.file === undefined ? 'restore-first' : 'safe') };
}
/** A host without an address is reached by its name. */
function normaliseInventory(file) {
    const hosts = Object.entries(file.hosts).map(([name, host]) => [
        name,
        { ...host, address: host.address ?? name },
    ]);
    return { ...file, hosts: Object.fromEntries(hosts) };
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/config/read-inside.js



/** No plan, inventory, script or file of settings is larger. */
const MOST_BYTES = 2 ** 20;
/**
 * Reads a UTF-8 text file that lies in a folder once all links are followed.
 * @returns its text and real path, or why not
 */
function readInside(folder, name) {
    try {
        const real = (0,external_node_fs_.realpathSync)((0,external_node_path_.resolve)(folder, name));
        if (!isInside((0,external_node_fs_.realpathSync)(folder), real)) {
            return { problem: 'the path leaves its folder' };
        }
        // Asked before it is opened: opening a pipe would wait for its writer.
        const { size, ...stats } = statOf(real);
        if (!stats.isFile) {
            return { problem: 'not a regular file' };
        }
        return size > MOST_BYTES
            ? { problem: `found ${size} bytes, expected at most ${MOST_BYTES}` }
            : decode((0,external_node_fs_.readFileSync)(real), real);
    }
    catch (error) {
        return { problem: reasonOf(error) };
    }
}
/** Is the path below the folder? Both are real paths. */
function isInside(folder, path) {
    const way = (0,external_node_path_.relative)(folder, path);
    return way !== '' && way !== '..' && !way.startsWith(`..${external_node_path_.sep}`) && !(0,external_node_path_.isAbsolute)(way);
}
function statOf(path) {
    const stats = (0,external_node_fs_.statSync)(path);
    return { isFile: stats.isFile(), size: stats.size };
}
function decode(bytes, path) {
    if (bytes.includes(0)) {
        return { problem: 'found a NUL byte, expected text' };
    }
    return (0,external_node_buffer_.isUtf8)(bytes)
        ? { text: new TextDecoder().decode(bytes), path }
        : { problem: 'found bytes that are not UTF-8, expected text' };
}
const REASONS = {
    ENOENT: 'no such file',
    ENOTDIR: 'no such file',
    EACCES: 'not readable',
    ELOOP: 'a circle of links',
    ENAMETOOLONG: 'the name is too long',
};
function reasonOf(error) {
    const reason = REASONS[error.code ?? ''];
    if (reason === undefined) {
        throw error;
    }
    return reason;
}

;// CONCATENATED MODULE: ./build/config/load-inventory.js







/** No inventory that is given as text instead of a path is larger. */
const MOST_CHARACTERS = 2 ** 20;
/**
 * Loads an inventory from a path in the workspace, or from its text (of several lines, or in braces).
 * @throws ConfigurationError with every mistake in it
 */
function loadInventory(pathOrText, { workspace }) {
    const draft = readInventory(pathOrText, workspace);
    const own = draft.value === null ? [] : checkInventory(draft.value, knownNames(null, draft.raw)).map(draft.place);
    return finishInventory(draft, [...draft.mistakes, ...own]);
}
/** The inventory of a draft, when nothing is wrong. */
function finishInventory(draft, mistakes) {
    refuse(mistakes);
    if (draft.value === null) {
        throw new TypeError('an inventory without mistakes has a value');
    }
    return draft.value;
}
/** Reads the file or the text. */
function readInventory(pathOrText, workspace) {
    if (/\n|^\s*\{/.test(pathOrText)) {
        return pathOrText.length > MOST_CHARACTERS
            ? unreadable('inventory', `found ${pathOrText.length} characters, expected at most ${MOST_CHARACTERS}`)
            : draftOf(pathOrText, 'inventory', inventorySchema, normaliseInventory);
    }
    const read = readInside(workspace, pathOrText);
    if ('problem' in read) {
        return unreadable(pathOrText, read.problem);
    }
    const shown = (0,external_node_path_.relative)(workspace, read.path);
    return draftOf(read.text, shown.startsWith('..') ? pathOrText : shown, inventorySchema, normaliseInventory);
}

;// CONCATENATED MODULE: ./build/config/step-schema.js


const fileSchema = schemas/* strictObject */.rej({
    source: insidePath().exactOptional().describe("A file in the plan's folder."),
    content: content().exactOptional().describe('What the file holds.'),
    path: absolutePath().describe('Where it goes on the host.'),
    owner: userName().default('root').describe('Its owner.'),
    group: userName().default('root').describe('Its group.'),
    mode: schemas/* string */.YjP()
        .regex(/^[0-7]{4}$/, { error: 'four octal digits in quotes, such as "0644"' })
        .default('0644')
        .describe('Its mode: four octal digits, in quotes.'),
});
const stepSchema = schemas/* strictObject */.rej({
    name: schemas/* string */.YjP()
        .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'a name: lower-case letters, digits and -' })
        .describe('What it is called; no other step is.'),
    after: schemas/* enum */.k5n(['prepare', 'stop', 'install', 'migrate']).describe('The phase that it follows.'),
    roles: list(ownName()).default([]).describe('It runs on every host of these roles,'),
    hosts: list(hostName()).default([]).describe('and on these hosts.'),
    once: schemas/* boolean */.zMY().default(false).describe('Only on the first host of the roles.'),
    run: script().exactOptional().describe('A script, run by bash as root.'),
    script: insidePath().exactOptional().describe("A script in the plan's folder, run by bash as root."),
    file: fileSchema.exactOptional().describe('A file to place.'),
    env: schemas/* record */.g1P(variableName(), content()).default({}).describe('Variables of the script.'),
    secrets: list(secretName())
        .default([])
        .describe("The runner's variables whose values the script gets; they never lie on a host's disk."),
    unless: script().exactOptional().describe('A command: where it ends 0, there is nothing to do.'),
    'time-limit': seconds().default(600).describe('Seconds that it may take.'),
    repeat: schemas/* enum */.k5n(['safe', 'ask', 'restore-first'])
        .exactOptional()
        .describe('What an interrupted or failed one needs: safe (run it again), ask (a person says what became of it) or restore-first (its database is restored before). Files are safe, scripts restore-first unless they say so.'),
});

;// CONCATENATED MODULE: ./build/config/plan-schema.js




const versionsSchema = schemas/* strictObject */.rej({
    from: schemas/* record */.g1P(packagePattern(), range())
        .default({})
        .describe('The versions that must be installed before, by package name or glob.'),
    to: schemas/* record */.g1P(packagePattern(), rangeOrAny())
        .describe('The versions to install, by package name or glob; a name beats a glob, a longer glob a shorter one. Every package of every role needs a rule.'),
    same: list(list(packageName()).min(2))
        .default([])
        .describe('Groups of packages whose versions must be equal on all hosts.'),
});
const aptSchema = schemas/* strictObject */.rej({
    release: schemas/* string */.YjP()
        .regex(/^[A-Za-z0-9][A-Za-z0-9./_~+-]{0,63}$/, { error: "a release's name, such as bookworm" })
        .exactOptional()
        .describe("The release to take packages from (apt's -t)."),
    allow: list(packagePattern())
        .default([])
        .describe('Packages beneath the stack, or removals, that the transaction may hold: names or globs.'),
});
const processSchema = schemas/* strictObject */.rej({
    pidfile: absolutePath().exactOptional().describe('The file that holds the number of its main process.'),
    executable: absolutePath().exactOptional().describe('What /proc/PID/exe points at.'),
    arguments: line().exactOptional().describe('A part of its command line.'),
    user: userName().exactOptional().describe('The user that it runs as.'),
});
const serviceSchema = schemas/* strictObject */.rej({
    process: processSchema
        .exactOptional()
        .describe("How to know its processes, beside the init system's word."),
});
const answerSchema = schemas/* strictObject */.rej({
    prompt: line().describe('A part of the question.'),
    say: line().describe('What is typed, without the end of the line.'),
});
/** A plan as its file has it. `normalisePlan` fills what one part takes from another. */
const planSchema = schemas/* strictObject */.rej({
    schema: schemas/* literal */.euz(1).describe("The version of this file's format."),
    name: schemas/* string */.YjP()
        .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, { error: 'a name: lower-case letters, digits, - and .' })
        .describe('What this upgrade is called.'),
    versions: versionsSchema.describe('Which versions the packages have before and after.'),
    apt: aptSchema.prefault({}).describe('What apt may do.'),
    'stop-order': list(serviceName())
        .exactOptional()
        .describe('The order in which services stop; names every service once. As start-order when left out.'),
    'start-order': list(serviceName())
        .exactOptional()
        .describe('The order in which services start; names every service once. As the roles name them when left out.'),
    answers: list(answerSchema).default([]).describe('What to say to questions of packages and migrations.'),
    services: schemas/* record */.g1P(serviceName(), serviceSchema).default({}).describe('What is special about a service.'),
    roles: schemas/* record */.g1P(ownName(), roleSchema)
        .refine((roles) => Object.keys(roles).length > 0, { error: 'at least one role' })
        .describe('The roles that hosts can have.'),
    dumps: list(schemas/* enum */.k5n(['before', 'after-migrate', 'after-steps']))
        .default(['before'])
        .describe('When each database is dumped; before is always in.'),
    steps: list(stepSchema).default([]).describe('Scripts to run and files to place beside the packages.'),
});

;// CONCATENATED MODULE: ./build/config/sources.js



/** Reads them all from the plan's folder, so that nothing is read once the upgrade has begun. */
function readSources(plan, planPath) {
    const folder = (0,external_node_path_.dirname)(planPath);
    const sources = new Map();
    const problems = namedFiles(plan).flatMap(({ name, path, isScript }) => {
        const read = readInside(folder, name);
        if ('problem' in read) {
            return [(0,domain_problem/* wrong */.Qm)(path, `${read.problem} (the plan's folder is ${folder})`)];
        }
        sources.set(name, read.text);
        return isScript && read.text.includes('\r')
            ? [
                (0,domain_problem/* wrong */.Qm)(path, 'found carriage returns (Windows line ends) in the script, which bash takes for a part of words'),
            ]
            : [];
    });
    return { sources: Object.fromEntries(sources), problems };
}
function namedFiles(plan) {
    return plan.steps.flatMap((step, index) => [
        ...(step.script === undefined
            ? []
            : [{ name: step.script, path: ['steps', index, 'script'], isScript: true }]),
        ...(step.file?.source === undefined
            ? []
            : [{ name: step.file.source, path: ['steps', index, 'file', 'source'], isScript: false }]),
    ]);
}

;// CONCATENATED MODULE: ./build/config/load-plan.js










/**
 * Loads a built-in plan by its name, or a plan's file by its path (with a slash, or ending in .yml or .yaml).
 * @throws ConfigurationError with every mistake in it
 */
function loadPlan(nameOrPath, folders) {
    const draft = readPlan(nameOrPath, folders);
    const own = draft.value === null ? [] : checkPlan(draft.value, knownNames(draft.raw, null)).map(draft.place);
    return finishPlan(draft, [...draft.mistakes, ...own]);
}
/** The plan of a draft, when nothing is wrong. */
function finishPlan(draft, mistakes) {
    refuse(mistakes);
    if (draft.value === null) {
        throw new TypeError('a plan without mistakes has a value');
    }
    return { plan: draft.value, path: draft.path, sources: draft.sources };
}
/** Reads the plan's file and the files that its steps name. */
function readPlan(nameOrPath, { builtInFolder, workspace }) {
    const builtIn = !/\/|\.ya?ml$/.test(nameOrPath);
    const read = builtIn ? readInside(builtInFolder, `${nameOrPath}.yml`) : readInside(workspace, nameOrPath);
    if ('problem' in read) {
        const message = builtIn ? noBuiltIn(nameOrPath, builtInFolder) : read.problem;
        return { ...unreadable(nameOrPath, message), path: '', sources: {} };
    }
    const shown = (0,external_node_path_.relative)(builtIn ? builtInFolder : workspace, read.path);
    const draft = draftOf(read.text, builtIn || shown.startsWith('..') ? nameOrPath : shown, planSchema, normalisePlan);
    if (draft.value === null) {
        return { ...draft, path: read.path, sources: {} };
    }
    const { sources, problems } = readSources(draft.value, read.path);
    return { ...draft, path: read.path, sources, mistakes: [...draft.mistakes, ...problems.map(draft.place)] };
}
function noBuiltIn(name, folder) {
    const names = (0,external_node_fs_.readdirSync)(folder)
        .filter((file) => file.endsWith('.yml'))
        .map((file) => file.slice(0, -'.yml'.length));
    const hint = (0,nearest/* suggestion */.h)(name, names) || `, expected ${names.join(', ')} or the path of a .yml file`;
    return `no built-in plan is called so${hint}`;
}

;// CONCATENATED MODULE: ./build/config/load.js






/**
 * Loads a plan and an inventory, and checks them against each other, before any connection.
 * @throws ConfigurationError with every mistake in both
 */
function loadUpgradeFiles(files) {
    const plan = readPlan(files.plan, files);
    const inventory = readInventory(files.inventory, files.workspace);
    const mistakes = [...plan.mistakes, ...inventory.mistakes, ...check(plan, inventory)];
    const loaded = finishPlan(plan, mistakes);
    const { health, ...rest } = finishInventory(inventory, mistakes);
    return { ...loaded, plan: withHealth(loaded.plan, health), inventory: rest };
}
/** What a site says of its health checks stands for what the plan says, role by role. */
function withHealth(plan, health) {
    const roles = Object.entries(plan.roles).map(([name, role]) => [
        name,
        Object.hasOwn(health, name) ? { ...role, health: health[name] } : role,
    ]);
    return { ...plan, roles: Object.fromEntries(roles) };
}
/** Names are taken from both files as they are, so that what is wrong in one causes nothing in the other. */
function check(plan, inventory) {
    const known = known_names_knownNames(plan.raw, inventory.raw);
    const own = [
        ...(plan.value === null ? [] : check_plan_checkPlan(plan.value, known).map(plan.place)),
        ...(inventory.value === null ? [] : check_inventory_checkInventory(inventory.value, known).map(inventory.place)),
    ];
    if (plan.value === null || inventory.value === null) {
        return own;
    }
    const together = checkTogether(plan.value, inventory.value, known);
    const health = healthWithoutRoles(inventory.value.health, known).map(inventory.place);
    return [...own, ...health, ...together.plan.map(plan.place), ...together.inventory.map(inventory.place)];
}

;// CONCATENATED MODULE: ./build/actions/environment.js



/** Where the suite itself lies: the bundle's folder is beside that of the built-in plans. */
function suiteFolder() {
    return (0,external_node_path_.join)(import.meta.dirname, '..');
}
/** Reads plan and inventory. @throws ConfigurationError with every mistake in them */
function loadFiles({ plan, inventory }) {
    return loadUpgradeFiles({
        plan,
        inventory,
        builtInFolder: (0,external_node_path_.join)(suiteFolder(), 'plans'),
        workspace: process.env.GITHUB_WORKSPACE ?? process.cwd(),
    });
}
/** A way to every host of the inventory, with the key that was given or the agent's. */
function connect({ auth, knownHosts }, { inventory }, log) {
    return (0,connect_hosts/* connectHosts */.i)(inventory, auth, knownHosts, log);
}


/***/ }),

/***/ 65355:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ inputs),
/* harmony export */   j: () => (/* binding */ secretInput)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _shell_secret_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64341);


/** The inputs of this step, as the runner gives them. */
const inputs = {
    get: (name) => (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__.getInput)(name),
    call: (name) => `the input ${name}`,
};
/** A secret input with the white space that belongs to it, or undefined where it is empty. */
function secretInput(name) {
    const value = (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__.getInput)(name, { trimWhitespace: false });
    return value.trim() === '' ? undefined : new _shell_secret_js__WEBPACK_IMPORTED_MODULE_1__/* .Secret */ .z(name, value);
}


/***/ }),

/***/ 42340:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   _3: () => (/* binding */ days),
/* harmony export */   br: () => (/* binding */ digest),
/* harmony export */   mw: () => (/* binding */ required),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   qG: () => (/* binding */ accepted),
/* harmony export */   yL: () => (/* binding */ oneOf)
/* harmony export */ });
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);

/** @throws ConfigurationError where it is empty */
function required(values, name) {
    const value = values.get(name);
    if (value === '') {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1(`${values.call(name)} is missing`);
    }
    return value;
}
/** True or false in YAML's words; false where it is empty. @throws ConfigurationError for anything else */
function flag(values, name) {
    const value = values.get(name);
    if (!/^(|true|True|TRUE|false|False|FALSE)$/.test(value)) {
        throw wrong(values, name, 'true or false');
    }
    return value.toLowerCase() === 'true';
}
/** The digest of a plan, or null where it is empty. @throws ConfigurationError for anything else */
function digest(values, name) {
    const value = values.get(name);
    if (!/^([0-9a-f]{64})?$/.test(value)) {
        throw wrong(values, name, 'the output plan-digest of the action plan: 64 hexadecimal digits');
    }
    return value === '' ? null : value;
}
/** @throws ConfigurationError for anything but `accept` and nothing */
function accepted(values, name) {
    if (!['', 'accept'].includes(values.get(name))) {
        throw wrong(values, name, 'accept or nothing');
    }
    return values.get(name) === 'accept';
}
/** @throws ConfigurationError for anything but a number of days, and nothing */
function days(values, name) {
    const value = values.get(name);
    if (!/^([1-9]\d{0,2})?$/.test(value)) {
        throw wrong(values, name, 'a number of days, 1 to 999');
    }
    return value === '' ? undefined : Number(value);
}
/** One of the words. @throws ConfigurationError for anything else */
function oneOf(values, name, words) {
    const value = required(values, name);
    const found = words.find((word) => word === value);
    if (found === undefined) {
        throw wrong(values, name, `one of ${words.join(', ')}`);
    }
    return found;
}
/** The parts between commas and line ends, without empty ones. */
function list(values, name) {
    return values
        .get(name)
        .split(/[,\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== '');
}
function wrong(values, name, expected) {
    const found = JSON.stringify(values.get(name));
    return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1(`${values.call(name)} is ${found}, expected ${expected}`);
}


/***/ }),

/***/ 53585:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ connectHosts)
});

// EXTERNAL MODULE: ./build/domain/jump.js
var domain_jump = __webpack_require__(82133);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/shell/quote.js
var quote = __webpack_require__(48313);
;// CONCATENATED MODULE: ./build/shell/wire.js


/**
 * What the host's bash runs first, the same text for every command, so that the command line shows nothing and a
 * key or a sudo rule can be bound to it. It reads everything else from standard input: a line with a marker and
 * three lengths, then so many bytes of variables and arguments, of the script, and of the script's own input
 * (base64, since a shell variable holds no NUL). Only when all of it has arrived does it print the marker on both
 * outputs and start: a connection that is cut while it sends never starts half a script, nor a whole one on half
 * an input. What a login shell printed before the marker is nobody's output.
 *
 * It has no single quote, no newline and no `!`, because it must pass through any login shell.
 */
const BOOTSTRAP = [
    'LC_ALL=C; read -r -a __wire || exit 125;',
    ...[1, 2, 3].map((n) => `__wire[${n + 3}]=$(head -c "\${__wire[${n}]}") || exit 125;`),
    ...[1, 2, 3].map((n) => `[ "\${#__wire[${n + 3}]}" = "\${__wire[${n}]}" ] || exit 125;`),
    `printf "%s\\n" "$__wire" && printf "%s\\n" "$__wire" >&2 || exit 125;`,
    `eval "\${__wire[4]}" || exit 125;`,
    `eval "unset __wire; \${__wire[5]}"`,
].join(' ');
/** The program on a host that a key can be bound to, so that it can only look; its refusals begin with this. */
const LOOK_PROGRAM = 'synnefo-upgrade-look';
/** Every script starts from these, whatever the login shell, sudo and sshd left; `Command.env` goes on top. */
const SURROUNDINGS = {
    LC_ALL: 'C.UTF-8',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    TERM: 'dumb',
};
/**
 * Turns a command into the bytes that `BOOTSTRAP` reads.
 * @throws RangeError for what bash cannot hold: a NUL byte in script, argument or variable, or a variable's name
 */
function encode(command) {
    const input = Buffer.from(command.input ?? '').toString('base64');
    const prelude = Buffer.from(preludeOf(command));
    const script = Buffer.from(scriptOf(command));
    const marker = (0,external_node_crypto_.randomBytes)(24).toString('base64url');
    const head = `${marker} ${prelude.length} ${script.length} ${input.length}\n`;
    return { marker, bytes: Buffer.concat([Buffer.from(head), prelude, script, Buffer.from(input)]) };
}
/**
 * The program that reads the bootstrap as its next argument. Without `--norc` bash takes a socket on its input, or
 * sshd's variables, for a remote shell and reads root's .bashrc first, which may say, change and cost anything.
 */
const BASH = ['bash', '--norc', '-c'];
/** The line for a login shell of any kind; `exec`, so that a signal's end is seen as one. */
function loginLine(sudo) {
    return `exec ${sudo ? 'sudo -n -- ' : ''}${BASH.join(' ')} '${BOOTSTRAP}'`;
}
function preludeOf(command) {
    const parts = ['umask 022', 'cd /'];
    for (const [name, value] of Object.entries({ ...SURROUNDINGS, ...command.env })) {
        parts.push(`export ${nameOf(name)}=${(0,quote/* quote */.h)(typeof value === 'string' ? value : value.reveal())}`);
    }
    parts.push(`set -- ${(command.args ?? []).map(quote/* quote */.h).join(' ')}`);
    // A process substitution: a here-document would lie in a file of /tmp, and the input may be a secret.
    parts.push(command.input ? `exec < <(printf %s "\${__wire[6]}" | base64 -d)` : 'exec </dev/null');
    return parts.join(' && ');
}
function nameOf(name) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '__wire') {
        throw new RangeError(`${JSON.stringify(name)} is no name of a variable`);
    }
    return name;
}
/** `$(...)` drops newlines at the end, and the length must be that of what bash holds. */
function scriptOf(command) {
    if (command.script.includes('\0')) {
        throw new RangeError('a NUL byte cannot stand in a script');
    }
    return command.script.replace(/\n+$/, '');
}

;// CONCATENATED MODULE: ./build/adapters/collected-output.js

const STDOUT_LIMIT = 16 * 1024 * 1024;
const STDERR_LIMIT = 256 * 1024;
/** Standard output held in memory, up to 16 MiB: who expects more takes it as a stream. */
class CollectedStdout {
    #chunks = [];
    #host;
    #title;
    #bytes = 0;
    constructor(host, title) {
        this.#host = host;
        this.#title = title;
    }
    /** @throws UpgradeError beyond 16 MiB */
    take(chunk) {
        this.#bytes += chunk.length;
        if (this.#bytes > STDOUT_LIMIT) {
            throw new errors/* UpgradeError */.fy(`${this.#host}: "${this.#title}" printed more than 16 MiB where a short answer was due`, {
                host: this.#host,
                command: this.#title,
                output: this.text().slice(0, 2000),
                state: 'the command may still be running on the host',
            });
        }
        this.#chunks.push(chunk);
    }
    text() {
        return Buffer.concat(this.#chunks).toString();
    }
}
/** The last 256 KiB of standard error. */
class StderrTail {
    #chunks = [];
    #bytes = 0;
    take(chunk) {
        this.#chunks.push(chunk);
        this.#bytes += chunk.length;
        if (this.#bytes > 2 * STDERR_LIMIT) {
            const tail = Buffer.concat(this.#chunks).subarray(-STDERR_LIMIT);
            this.#chunks = [Buffer.from(tail)];
            this.#bytes = tail.length;
        }
    }
    text() {
        return Buffer.concat(this.#chunks).subarray(-STDERR_LIMIT).toString();
    }
}

;// CONCATENATED MODULE: ./build/adapters/marker-gate.js
const CHATTER_LIMIT = 8192;
/**
 * Lets through what follows a marker line. What comes before (a chatty .bashrc, sudo's words) is kept apart, its
 * first part only, for an error to quote.
 */
class MarkerGate {
    #marker;
    #held = Buffer.alloc(0);
    #chatter = '';
    #open = false;
    constructor(marker) {
        this.#marker = Buffer.from(`${marker}\n`);
    }
    /** Has the marker been seen? */
    get open() {
        return this.#open;
    }
    /** What stood before the marker, as text. */
    get chatter() {
        return this.#open ? this.#chatter : (this.#chatter + this.#held.toString()).slice(0, CHATTER_LIMIT);
    }
    /** The part of this chunk that counts, often all of it; empty while the marker is still to come. */
    pass(chunk) {
        if (this.#open) {
            return chunk;
        }
        const seen = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
        const at = seen.indexOf(this.#marker);
        this.#open = at >= 0;
        // The marker may be cut in two by the network: its possible beginning is held back.
        const end = this.#open ? at : Math.max(0, seen.length - this.#marker.length + 1);
        this.#keep(seen.subarray(0, end));
        this.#held = this.#open ? Buffer.alloc(0) : seen.subarray(end);
        return this.#open ? seen.subarray(at + this.#marker.length) : this.#held.subarray(0, 0);
    }
    #keep(chatter) {
        const room = CHATTER_LIMIT - this.#chatter.length;
        if (room > 0) {
            this.#chatter += chatter.subarray(0, room).toString();
        }
    }
}

;// CONCATENATED MODULE: ./build/adapters/pump.js
/** Reads a stream to its end, one piece at a time. Rejects with what the taker throws, or the stream's error. */
function pump(stream, take) {
    return new Promise((resolve, reject) => {
        let failed = false;
        let keeping;
        const fail = (error) => {
            failed = true;
            reject(error);
        };
        stream.on('data', (chunk) => {
            if (failed) {
                return;
            }
            try {
                keeping = take(chunk);
                if (keeping) {
                    stream.pause();
                    keeping.then(() => stream.resume(), fail);
                }
            }
            catch (error) {
                fail(error);
            }
        });
        // A paused stream ends all the same, with the last piece still being kept.
        stream.once('end', () => Promise.resolve(keeping).then(resolve, fail));
        stream.on('error', fail);
    });
}

;// CONCATENATED MODULE: ./build/adapters/waiting.js

/** Watches the time limit and the signal of one command. */
function boundsOf(options, host, title) {
    const { promise, reject } = Promise.withResolvers();
    // It may break after everybody stopped looking.
    promise.catch(() => undefined);
    const { signal, timeLimit } = options;
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) {
        abort();
    }
    signal?.addEventListener('abort', abort, { once: true });
    const overdue = () => reject(new errors/* TimeLimitError */.$q(`${host}: "${title}" did not end within ${timeLimit} ms; it may still be running`));
    const timer = timeLimit === undefined ? undefined : setTimeout(overdue, timeLimit);
    const clear = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
    };
    return { broken: promise, clear };
}

;// CONCATENATED MODULE: ./build/adapters/converse.js






/**
 * How long a process that is over may leave its outputs open in silence, in milliseconds: a daemon that it started
 * can hold them for ever. Where somebody takes the output as a stream its end is waited for.
 */
const SILENCE_AFTER_EXIT = 10_000;
/**
 * Sends a command to a waiting bash and brings home what it prints and how it ends.
 * @throws SudoError, LookOnlyError, UnreachableError when it never started; ConnectionLostError, TimeLimitError, the signal's
 *   reason, or what a taker of output threw, when it may have run
 */
async function converse(running, wire, command, options) {
    const bounds = boundsOf(options, running.host, command.title);
    try {
        return await Promise.race([bounds.broken, dialogue(running, wire, command, options)]);
    }
    catch (error) {
        running.abandon();
        throw error;
    }
    finally {
        bounds.clear();
    }
}
async function dialogue(running, wire, command, options) {
    const gates = { stdout: new MarkerGate(wire.marker), stderr: new MarkerGate(wire.marker) };
    const stdout = new CollectedStdout(running.host, command.title);
    const stderr = new StderrTail();
    const stirred = { at: performance.now() };
    const outputs = Promise.all([
        pump(running.stdout, (chunk) => {
            stirred.at = performance.now();
            const part = gates.stdout.pass(chunk);
            if (!options.onStdout || part.length === 0) {
                return stdout.take(part);
            }
            running.streamed?.();
            return options.onStdout(part);
        }),
        pump(running.stderr, (chunk) => {
            stirred.at = performance.now();
            const part = gates.stderr.pass(chunk);
            if (part.length > 0) {
                stderr.take(part);
                options.onStderr?.(part);
            }
        }),
    ]);
    send(running, wire.bytes);
    const exit = await ending(running, outputs, options.onStdout ? null : stirred);
    if (!gates.stdout.open) {
        throw neverStarted(running, exit, [gates.stdout.chatter, gates.stderr.chatter]);
    }
    return { ...exit, stdout: stdout.text(), stderr: stderr.text() };
}
function send(running, bytes) {
    // A bash that is gone reads no more (EPIPE): why it went is told by its end, which is waited for anyway.
    running.stdin.on('error', () => undefined);
    running.stdin.end(bytes);
}
async function ending(running, outputs, stirred) {
    const whole = Promise.all([outputs, running.closed]);
    const exit = await Promise.race([running.exited, whole.then(() => running.exited)]);
    const silence = stirred && silenceSince(stirred);
    try {
        const held = await Promise.race([whole.then(() => false), ...(silence ? [silence.promise] : [])]);
        if (held) {
            running.abandon();
        }
    }
    finally {
        silence?.clear();
    }
    return exit;
}
function silenceSince(stirred) {
    const { promise, resolve } = Promise.withResolvers();
    const from = performance.now();
    const timer = setInterval(() => {
        if (performance.now() - Math.max(from, stirred.at) >= SILENCE_AFTER_EXIT) {
            resolve(true);
        }
    }, 500);
    return { promise, clear: () => clearInterval(timer) };
}
function neverStarted(running, exit, chatter) {
    const words = chatter.join('\n').trim() || `exit code ${exit.code}, no word why`;
    const { host, sudoer } = running;
    const refusal = words.split(`${LOOK_PROGRAM}: `)[1];
    if (refusal !== undefined) {
        return new errors/* LookOnlyError */.Ox(`${host}: nothing was done: ${refusal}`);
    }
    if (sudoer !== null && /sudo/.test(words)) {
        return new errors/* SudoError */.YU(`${host}: ${sudoer} cannot become root without a password (sudo said: ${words}). ` +
            `Put this line into /etc/sudoers.d/${sudoer.replace(/[^A-Za-z0-9_-]/g, '-')} on the host: ${sudoer} ALL=(root) NOPASSWD: ALL ` +
            // Nothing that sudo says tells one key from the other.
            `(or, where the key is bound to looking, the line that docs/look-only-key.md has instead)`);
    }
    return new errors/* UnreachableError */.Jk(`${host}: the login works, but no command can be run there: ${words}`);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/adapters/local-pipes.js





/**
 * Three named pipes between us and a process that `@actions/exec` starts. That library cannot hold a process back
 * (it reads as fast as it can and keeps every line that has no end), and it dies of an unhandled EPIPE when a
 * process leaves its input unread. So its own pipes stay empty, and the process opens these.
 */
class LocalPipes {
    stdin;
    stdout;
    stderr;
    #folder;
    /** An end of each kind, held until the process has opened its own: without, it would wait for us or we see an end. */
    #placeholders;
    constructor(folder) {
        const [input, output, errors] = pathsIn(folder);
        // Readers first: a writer can't open a pipe that nobody reads. Nothing here waits (O_NONBLOCK).
        const read = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK;
        const write = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_NONBLOCK;
        const [inputReader, outputReader, errorReader] = [
            (0,external_node_fs_.openSync)(input, read),
            (0,external_node_fs_.openSync)(output, read),
            (0,external_node_fs_.openSync)(errors, read),
        ];
        this.#folder = folder;
        this.#placeholders = [
            inputReader,
            (0,external_node_fs_.openSync)(input, write),
            (0,external_node_fs_.openSync)(output, write),
            (0,external_node_fs_.openSync)(errors, write),
        ];
        this.stdin = new external_node_net_.Socket({ fd: (0,external_node_fs_.openSync)(input, write), readable: false, writable: true });
        this.stdout = new external_node_net_.Socket({ fd: outputReader, readable: true, writable: false });
        this.stderr = new external_node_net_.Socket({ fd: errorReader, readable: true, writable: false });
    }
    /** @param makePipes runs mkfifo with these paths */
    static async make(makePipes) {
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'synnefo-upgrade-'));
        try {
            await makePipes(pathsIn(folder));
            return new LocalPipes(folder);
        }
        catch (error) {
            await (0,promises_.rm)(folder, { recursive: true, force: true });
            throw error;
        }
    }
    /** The paths for the process: its standard input, output and error. */
    get paths() {
        return pathsIn(this.#folder);
    }
    /** Adds words of sudo, which it says before anybody opens the pipes, to the standard error. */
    note(words) {
        const errors = this.#placeholders[3];
        if (errors !== undefined) {
            // Less than a pipe takes without waiting (PIPE_BUF).
            (0,external_node_fs_.writeSync)(errors, words.subarray(0, 2048));
        }
    }
    /** From now on the pipes end when the process does. */
    handOver() {
        for (const fd of this.#placeholders.splice(0)) {
            (0,external_node_fs_.closeSync)(fd);
        }
    }
    /** Closes our ends and removes the pipes; a process that still writes gets SIGPIPE. */
    async destroy() {
        this.handOver();
        for (const socket of [this.stdin, this.stdout, this.stderr]) {
            socket.on('error', () => undefined);
            socket.destroy();
        }
        await (0,promises_.rm)(this.#folder, { recursive: true, force: true });
    }
}
function pathsIn(folder) {
    return [(0,external_node_path_.join)(folder, 'stdin'), (0,external_node_path_.join)(folder, 'stdout'), (0,external_node_path_.join)(folder, 'stderr')];
}

// EXTERNAL MODULE: ./build/shell/secret.js
var secret = __webpack_require__(64341);
;// CONCATENATED MODULE: ./build/adapters/mask-secrets.js

/** Registers every secret that a command carries, before anything can print it. */
function maskSecrets(command, log) {
    for (const value of Object.values(command.env ?? {})) {
        if (value instanceof secret/* Secret */.z) {
            log.mask(value.reveal());
        }
    }
}

;// CONCATENATED MODULE: ./build/adapters/local.js






/** Opens the pipes in the order input, output, error; then it is the same bash as on any other host. */
const OPEN_PIPES = 'exec <"$1" >"$2" 2>"$3"; set --;';
/** A transport for the machine that we run on ourselves: no connection, otherwise everything as over SSH. */
function connectLocal(host, log) {
    return new LocalTransport(host, log);
}
class LocalTransport {
    host;
    #log;
    #disposed = false;
    constructor(host, log) {
        this.host = host;
        this.#log = log;
    }
    async exec(command, options = {}) {
        if (this.#disposed) {
            throw new Error(`${this.host}: the transport is closed`);
        }
        maskSecrets(command, this.#log);
        const wire = encode(command);
        options.signal?.throwIfAborted();
        const pipes = await LocalPipes.make((paths) => makePipes(this.host, paths));
        try {
            return await converse(await startBash(this.host, pipes), wire, command, options);
        }
        finally {
            await pipes.destroy();
        }
    }
    async [Symbol.asyncDispose]() {
        this.#disposed = true;
    }
}
async function makePipes(host, paths) {
    const { getExecOutput } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 12697));
    const made = await getExecOutput('mkfifo', ['-m', '600', ...paths], {
        silent: true,
        ignoreReturnCode: true,
    });
    if (made.exitCode !== 0) {
        throw new errors/* UnreachableError */.Jk(`${host}: no pipes can be made: ${made.stderr.trim()}`);
    }
}
async function startBash(host, pipes) {
    const { exec } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 12697));
    const root = process.getuid?.() === 0;
    const bash = [...BASH, `${OPEN_PIPES} ${BOOTSTRAP}`, 'bash', ...pipes.paths];
    const [tool = '', ...args] = root ? bash : ['sudo', '-n', '--', ...bash];
    // The first word on standard output shows that the process has all three ends; if it never gets there, its end.
    pipes.stdout.once('data', () => pipes.handOver());
    const listeners = { stderr: (words) => pipes.note(words) };
    const exited = exec(tool, args, { silent: true, ignoreReturnCode: true, listeners }).then(
    // A signal's end has no code, and which signal it was is not told.
    (code) => ({ code: code, signal: null }), (error) => {
        throw new errors/* UnreachableError */.Jk(`${host}: ${error.message}`, { cause: error });
    });
    const closed = exited.then(() => undefined).finally(() => pipes.handOver());
    return {
        host,
        sudoer: root ? null : (0,external_node_os_.userInfo)().username,
        stdin: pipes.stdin,
        stdout: pipes.stdout,
        stderr: pipes.stderr,
        exited,
        closed,
        abandon: () => undefined,
    };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/adapters/credentials.js
var adapters_credentials = __webpack_require__(54759);
// EXTERNAL MODULE: ./build/adapters/key-fingerprint.js
var key_fingerprint = __webpack_require__(42579);
;// CONCATENATED MODULE: ./build/adapters/known-hosts.js



/** Text in the format of sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT": plain and hashed names, ports, patterns, markers. */
class KnownHosts {
    #entries;
    /** @throws ConfigurationError naming every line that cannot be used; a line passed over would be a hole */
    constructor(text) {
        const mistakes = [];
        const entries = [];
        for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
            const parsed = parseLine(line.trim());
            if (typeof parsed === 'string') {
                mistakes.push({ file: 'known-hosts', line: index + 1, column: 1, path: '', message: parsed });
            }
            else if (parsed) {
                entries.push(parsed);
            }
        }
        if (mistakes.length > 0) {
            throw new errors/* ConfigurationError */.j1('the host keys cannot be read', mistakes);
        }
        this.#entries = entries;
    }
    /** What is pinned for a host under any of these names (the name people use, the address that is dialled). */
    lookup(names, port) {
        const wanted = names.map((name) => knownName(name, port));
        const found = this.#entries.filter((entry) => covers(entry.names, wanted));
        const keys = (revoked) => found.filter((entry) => entry.revoked === revoked).map((entry) => entry.key);
        return { keys: keys(false), revoked: keys(true) };
    }
}
/** How known_hosts calls a host: with its port in brackets, unless it is 22. */
function knownName(name, port) {
    const lower = name.toLowerCase();
    return port === 22 ? lower : `[${lower}]:${port}`;
}
/** An entry, words about a line that can't be used, or nothing for an empty one. */
function parseLine(line) {
    if (line === '' || line.startsWith('#')) {
        return undefined;
    }
    const fields = line.split(/[ \t]+/);
    const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined;
    if (marker === '@cert-authority') {
        return 'a certificate authority cannot be used: certificates of hosts are not understood here; pin the keys of the hosts themselves';
    }
    if (marker !== undefined && marker !== '@revoked') {
        return `${JSON.stringify(marker)} is no marker that known_hosts knows (@revoked, @cert-authority)`;
    }
    const [names = '', type = '', base64 = ''] = fields;
    const key = Buffer.from(base64, 'base64');
    if (!fits(key, type)) {
        return `expected "name ${type || 'ssh-ed25519'} AAAA...", found ${JSON.stringify(line.slice(0, 120))}`;
    }
    return { names, revoked: marker === '@revoked', key };
}
function fits(key, type) {
    try {
        return (0,key_fingerprint/* keyType */.i)(key) === type;
    }
    catch {
        return false;
    }
}
/** Does a line speak of this host? An exception (`!name`) for one of its names is one for the host. */
function covers(names, wanted) {
    if (names.startsWith('|')) {
        return wanted.some((name) => matchesHash(names, name));
    }
    const patterns = names.toLowerCase().split(',');
    const refused = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
    const matchesAny = (list) => list.some((pattern) => wanted.some((name) => matchesPattern(pattern, name)));
    return matchesAny(patterns) && !matchesAny(refused);
}
/** `*` and `?`, as in match_pattern() of OpenSSH; everything else is literal, brackets included. */
function matchesPattern(pattern, wanted) {
    const literal = pattern.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
    return new RegExp(`^${literal.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`).test(wanted);
}
/** `|1|salt|HMAC-SHA1(salt, name)`, both in base64: HashKnownHosts of ssh_config(5). */
function matchesHash(names, wanted) {
    const [, version, salt = '', hash = ''] = names.split('|');
    const expected = Buffer.from(hash, 'base64');
    const actual = (0,external_node_crypto_.createHmac)('sha1', Buffer.from(salt, 'base64')).update(wanted).digest();
    return version === '1' && expected.length === actual.length && (0,external_node_crypto_.timingSafeEqual)(expected, actual);
}

;// CONCATENATED MODULE: ./build/adapters/slots.js
/** Where a connection has fewer channels than this, none is spare. */
const LEAST_FOR_SPARES = 4;
/** How many channels may be open at once on one connection; whoever comes late waits for a turn. */
class Slots {
    #waiting = [];
    #spares = new Set();
    #limit;
    #taken = 0;
    constructor(limit) {
        this.#limit = limit;
    }
    get taken() {
        return this.#taken;
    }
    /** Waits for a turn and returns what gives it back (once). @throws the signal's reason */
    async take(signal) {
        signal?.throwIfAborted();
        if (this.#taken < this.#limit) {
            this.#taken += 1;
        }
        else {
            await this.#turn(signal);
        }
        return this.#giver();
    }
    /**
     * Takes a channel that nobody needs, without waiting; null where there is none.
     * @param giveWay called when channels turn out to be scarce: it is to be given back soon
     */
    takeSpare(giveWay) {
        if (this.#limit < LEAST_FOR_SPARES || this.#taken >= this.#limit) {
            return null;
        }
        this.#taken += 1;
        this.#spares.add(giveWay);
        const give = this.#giver();
        return () => {
            this.#spares.delete(giveWay);
            give();
        };
    }
    /** The other side allows no more than were open beside the one that it just refused. */
    narrow() {
        this.#limit = Math.max(1, Math.min(this.#limit, this.#taken - 1));
        if (this.#limit < LEAST_FOR_SPARES) {
            for (const giveWay of this.#spares) {
                giveWay();
            }
        }
    }
    #giver() {
        let given = false;
        return () => {
            if (!given) {
                given = true;
                this.#taken -= 1;
                this.#next();
            }
        };
    }
    #turn(signal) {
        return new Promise((resolve, reject) => {
            const go = () => {
                signal?.removeEventListener('abort', leave);
                resolve();
            };
            const leave = () => {
                this.#waiting.splice(this.#waiting.indexOf(go), 1);
                reject(signal?.reason);
            };
            signal?.addEventListener('abort', leave, { once: true });
            this.#waiting.push(go);
        });
    }
    /** Counted here and not by the one who wakes up: in between another could take the same place. */
    #next() {
        while (this.#taken < this.#limit && this.#waiting.length > 0) {
            this.#taken += 1;
            this.#waiting.shift()?.();
        }
    }
}

;// CONCATENATED MODULE: ./build/adapters/receive-window.js
/**
 * Bytes that a host may send ahead of what we have taken. ssh2 stops at 2 MiB, which at 40 ms of round trip is
 * 24 MiB/s; with 8 MiB it was over 110. It is also the most that a slow taker makes us hold.
 */
const WINDOW = 8 * 1024 * 1024;
/** Lets the host send more on this channel when much of its window is used; without ssh2's insides it does nothing. */
function widenWindow(channel) {
    const { incoming, outgoing, _client } = channel;
    const protocol = _client?._protocol;
    const window = incoming?.window;
    if (typeof window !== 'number' || typeof outgoing?.id !== 'number' || !protocol?.channelWindowAdjust) {
        return;
    }
    const more = WINDOW - channel.readableLength - window;
    if (incoming?.state === 'open' && more >= WINDOW / 4) {
        incoming.window = window + more;
        protocol.channelWindowAdjust(outgoing.id, more);
    }
}

;// CONCATENATED MODULE: ./build/adapters/ssh-channel.js

/** One channel of a connection as something to converse with. */
function sshChannel(channel, connection, host, sudoer) {
    const exited = Promise.withResolvers();
    const closed = Promise.withResolvers();
    channel.on('exit', (code, signal) => {
        exited.resolve({ code: code ?? null, signal: signal ?? null });
    });
    // The exit code may come after the streams' ends, but never after this. A channel of a lost connection closes
    // as well, and looks as if the command had ended without a code.
    channel.on('close', () => {
        exited.resolve({ code: null, signal: null });
        if (connection.alive) {
            closed.resolve();
        }
    });
    return {
        host,
        sudoer,
        stdin: channel,
        stdout: channel,
        stderr: channel.stderr,
        exited: exited.promise,
        closed: Promise.race([closed.promise, connection.lost]),
        streamed: () => widenWindow(channel),
        abandon: () => abandon(channel),
    };
}
function abandon(channel) {
    channel.removeAllListeners('data');
    channel.stderr.removeAllListeners('data');
    channel.on('error', () => undefined);
    // What still comes must be read away, or the channel never closes.
    channel.resume();
    channel.stderr.resume();
    channel.close();
}

// EXTERNAL MODULE: ./build/adapters/message-of.js
var message_of = __webpack_require__(98122);
// EXTERNAL MODULE: ./build/domain/address.js
var domain_address = __webpack_require__(1781);
;// CONCATENATED MODULE: ./build/adapters/ssh-target.js

/** `name (user@address:port)`, to begin an error with. */
function whereIs({ name, user, address, port }) {
    return `${name} (${user}@${(0,domain_address/* withPort */.M)(address, port)})`;
}

;// CONCATENATED MODULE: ./build/adapters/ssh-connection.js




/** The host lives but opens no further channel: sshd's MaxSessions. */
class ChannelRefusedError extends Error {
    name = 'ChannelRefusedError';
}
/** One authenticated connection, until it ends for good. */
class SshConnection {
    #client;
    #target;
    #lost = Promise.withResolvers();
    #cause;
    #alive = true;
    /** @param client ready, with its handshake done; whatever happens to it from now on is told by `lost` */
    constructor(client, target) {
        this.#client = client;
        this.#target = target;
        this.#lost.promise.catch(() => undefined);
        // Without a listener an ECONNRESET or a keepalive timeout would end the whole process.
        client.on('error', (error) => this.#end(error));
        client.on('end', () => this.#end(undefined));
        client.on('close', () => this.#end(undefined));
    }
    get alive() {
        return this.#alive;
    }
    /** Rejects with ConnectionLostError once the connection is gone. */
    get lost() {
        return this.#lost.promise;
    }
    /**
     * Opens a channel that runs one command line.
     * @throws ChannelRefusedError, ConnectionLostError
     */
    open(line) {
        return this.#request((done) => this.#client.exec(line, done));
    }
    /** A stream to another port, seen from this host; it carries a connection of its own. */
    async forward(address, port) {
        const channel = await this.#request((done) => this.#client.forwardOut('127.0.0.1', 0, address, port, done));
        channel.on('data', () => widenWindow(channel));
        channel.pause();
        return channel;
    }
    /** Ends it at once: commands that still run lose their listener. */
    end() {
        this.#client.end();
        this.#end(undefined);
        this.#client.destroy();
    }
    #request(ask) {
        const { promise, resolve, reject } = Promise.withResolvers();
        const done = (error, got) => {
            if (error) {
                reject(this.#alive ? new ChannelRefusedError(error.message, { cause: error }) : this.#lostError());
            }
            else {
                resolve(got);
            }
        };
        try {
            ask(done);
        }
        catch (error) {
            // "Not connected": the socket is gone, and its events are still on their way.
            this.#end(error);
        }
        return Promise.race([promise, this.lost]);
    }
    #end(cause) {
        if (this.#alive) {
            this.#alive = false;
            this.#cause = cause;
            this.#lost.reject(this.#lostError());
            // A client that met an error may keep its half-open socket for ever.
            this.#client.destroy();
        }
    }
    #lostError() {
        const why = this.#cause === undefined ? 'the other side closed it' : (0,message_of/* messageOf */.b)(this.#cause);
        return new errors/* ConnectionLostError */.N9(`${whereIs(this.#target)}: the connection was lost: ${why}`, {
            cause: this.#cause,
        });
    }
}

// EXTERNAL MODULE: ./node_modules/node-ssh/lib/esm/index.mjs + 2 modules
var esm = __webpack_require__(19487);
;// CONCATENATED MODULE: ./build/adapters/host-key.js





/** The signature algorithms of each key type, the preferred first: one RSA key serves three (RFC 8332). */
const ALGORITHMS = {
    'ssh-ed25519': ['ssh-ed25519'],
    'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
    'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
    'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
    // ssh-rsa (SHA-1) is all that hosts of Debian 7's age have; the key itself is pinned.
    'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
};
/** Judges the key that one host shows. */
class HostKeyCheck {
    #target;
    #pins;
    /** What was wrong with the key that was shown last. */
    refusal;
    constructor(target, knownHosts) {
        this.#target = target;
        const { name, address, port } = target;
        this.#pins = knownHosts.lookup([name, address, (0,domain_address/* plainAddress */.n)(address)], port);
    }
    /** Algorithms for which a key is pinned: asked for these, a host with several keys shows one that we know. */
    get algorithms() {
        const types = new Set(this.#pins.keys.map(key_fingerprint/* keyType */.i));
        return Object.entries(ALGORITHMS).flatMap(([type, names]) => (types.has(type) ? names : []));
    }
    /** Is this the host? If not, `refusal` says why. */
    accepts(shown) {
        const { keys, revoked } = this.#pins;
        if (revoked.some((key) => key.equals(shown))) {
            this.refusal = this.#error(`shows the key ${describe(shown)}, which known-hosts marks as @revoked`);
        }
        else if (keys.length === 0) {
            this.refusal = this.#unknown(shown);
        }
        else if (!keys.some((key) => key.equals(shown))) {
            this.refusal = this.#changed(shown);
        }
        else {
            this.refusal = undefined;
        }
        return this.refusal === undefined;
    }
    #unknown(shown) {
        return this.#error(`has no pinned key. It shows ${describe(shown)}. ${this.#advice(shown)}, add this line to known-hosts:\n${this.#line(shown)}`);
    }
    #changed(shown) {
        const pinned = this.#pins.keys.map(describe).join(', ');
        return this.#error(`shows the key ${describe(shown)}, but pinned is ${pinned}. Either the host was installed anew, or somebody ` +
            `stands in between. ${this.#advice(shown)}, replace its lines in known-hosts by:\n${this.#line(shown)}`);
    }
    /** What the network says proves nothing: the comparison needs another way to the host. */
    #advice(shown) {
        const { address, port } = this.#target;
        const kind = (0,key_fingerprint/* keyType */.i)(shown).startsWith('ecdsa') ? 'ecdsa' : (0,key_fingerprint/* keyType */.i)(shown).replace(/^ssh-/, '');
        return (`Ask the host itself, on its console: ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub (the network's view: ` +
            `ssh-keyscan -p ${port} ${address} | ssh-keygen -lf -). If the fingerprints are equal`);
    }
    #line(shown) {
        const { address, port } = this.#target;
        return `${knownName(address, port)} ${(0,key_fingerprint/* keyType */.i)(shown)} ${shown.toString('base64')}`;
    }
    #error(words) {
        return new errors/* HostKeyError */.oZ(`${whereIs(this.#target)} ${words}`);
    }
}
function describe(key) {
    return `${(0,key_fingerprint/* keyType */.i)(key)} ${(0,key_fingerprint/* fingerprint */.R)(key)}`;
}

;// CONCATENATED MODULE: ./build/adapters/ssh-failure.js




/** Turns what ssh2 said into an error that helps. */
async function explain(target, credentials, handshake) {
    const { error, keyAccepted } = handshake;
    const { level } = error;
    const message = (0,message_of/* messageOf */.b)(error);
    const cause = { cause: error };
    if (level === 'agent') {
        return new errors/* AuthenticationError */.v3(`${whereIs(target)}: the ssh-agent at ${credentials.agent} cannot be used: ${message}`, cause);
    }
    // A server that has seen too many keys of an agent disconnects instead of refusing (code 2, RFC 4253).
    const disconnected = typeof error.code === 'number';
    if (level === 'client-authentication' || (keyAccepted && disconnected)) {
        const keys = await offered(credentials);
        return new errors/* AuthenticationError */.v3(`${whereIs(target)} refuses the login of ${target.user}: ${message}. Offered: ${keys}. The public half of ` +
            `one of these belongs into ~${target.user}/.ssh/authorized_keys on the host`, cause);
    }
    return new errors/* UnreachableError */.Jk(`${whereIs(target)}: no connection: ${message}`, cause);
}
async function offered(credentials) {
    const ours = credentials.offered ? [credentials.offered] : [];
    if (!credentials.agent) {
        return ours.join(', ');
    }
    try {
        const keys = await (0,adapters_credentials/* agentKeys */._)(credentials.agent);
        return [...ours, `${keys.length > 0 ? keys.join(', ') : 'no key'} (ssh-agent)`].join(', ');
    }
    catch (error) {
        return [...ours, `the ssh-agent's keys, which it does not list (${(0,message_of/* messageOf */.b)(error)})`].join(', ');
    }
}

;// CONCATENATED MODULE: ./build/adapters/ssh-dial.js








/**
 * Connects, compares the host's key and logs in; through another connection where the host has a jump.
 * @throws UnreachableError, HostKeyError, AuthenticationError; the error names the host that it is about
 */
async function dial(target, dialling) {
    if (!target.jump) {
        return await logIn(target, dialling, () => socketTo(target, dialling.options));
    }
    const gate = await dial(target.jump, dialling);
    try {
        const connection = await logIn(target, dialling, () => through(gate, target));
        connection.lost.catch(() => gate.end());
        gate.lost.catch(() => connection.end());
        return connection;
    }
    catch (error) {
        gate.end();
        throw error;
    }
}
async function logIn(target, dialling, open) {
    const check = new HostKeyCheck(target, dialling.knownHosts);
    const handshake = await shake(target, dialling, check, await open(), check.algorithms);
    if (handshake.connection) {
        return handshake.connection;
    }
    if (/no matching host key format/.test((0,message_of/* messageOf */.b)(handshake.error))) {
        // It has none of the pinned types: ask again for whatever it has, only to show it. `accepts` refuses it.
        await shake(target, dialling, check, await open(), []);
    }
    throw check.refusal ?? (await explain(target, dialling.credentials, handshake));
}
async function shake(target, dialling, check, sock, algorithms) {
    const ssh = new esm/* NodeSSH */.H();
    const connecting = ssh.connect(configOf(target, dialling, check, sock, algorithms));
    const client = ssh.connection;
    let keyAccepted = false;
    // node-ssh hears the first error only; a later one without a listener would end the process.
    client?.on('error', () => undefined);
    client?.on('handshake', () => {
        keyAccepted = true;
    });
    try {
        await connecting;
        if (client && ssh.isConnected()) {
            return { connection: new SshConnection(client, target), keyAccepted };
        }
        return { error: new Error('the connection ended during the login'), keyAccepted };
    }
    catch (error) {
        sock.destroy();
        return { error, keyAccepted };
    }
}
function configOf(target, { credentials, options }, check, sock, hostKeys) {
    const { offered: _, ...login } = credentials;
    const preferred = 'aes128-gcm@openssh.com';
    return {
        ...login,
        username: target.user,
        sock,
        readyTimeout: options.connectTimeout,
        keepaliveInterval: options.keepaliveInterval,
        keepaliveCountMax: options.keepaliveCount,
        hostVerifier: (key) => check.accepts(key),
        algorithms: {
            // Taken out and put first: ssh2 leaves a known name where it stands.
            cipher: { remove: [preferred], prepend: [preferred], append: [] },
            ...(hostKeys.length > 0 ? { serverHostKey: hostKeys } : {}),
        },
    };
}
async function through(gate, target) {
    try {
        return await gate.forward(target.address, target.port);
    }
    catch (error) {
        const by = target.jump ? whereIs(target.jump) : '';
        throw new errors/* UnreachableError */.Jk(`${whereIs(target)} cannot be reached through ${by}: ${(0,message_of/* messageOf */.b)(error)}`, {
            cause: error,
        });
    }
}
function socketTo(target, options) {
    const { promise, resolve, reject } = Promise.withResolvers();
    // Nagle's algorithm would cost every command 44 to 88 ms.
    const socket = (0,external_node_net_.connect)({ host: target.address, port: target.port, noDelay: true, keepAlive: true });
    const fail = (why, cause) => {
        clearTimeout(timer);
        socket.destroy();
        reject(new errors/* UnreachableError */.Jk(`${whereIs(target)} cannot be reached: ${why}`, { cause }));
    };
    const timer = setTimeout(() => fail(`no answer within ${options.connectTimeout} ms`), options.connectTimeout);
    const onError = (error) => fail((0,message_of/* messageOf */.b)(error), error);
    socket.once('error', onError);
    socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', onError);
        resolve(socket);
    });
    return promise;
}

;// CONCATENATED MODULE: ./build/adapters/ssh.js












/** Refusals of a channel in a row (50 ms, 100 ms, ... between them) before the host is given up. */
const REFUSALS = 8;
/**
 * A transport over one SSH connection, made at the first `exec` and again after a loss. A lost command is never
 * repeated here: whether it may be is for the caller to know.
 * @throws ConfigurationError when the key or known_hosts cannot be read
 */
function connectSsh(target, auth, options) {
    const credentials = (0,adapters_credentials/* readCredentials */.L)(auth, options.log);
    return new SshTransport(target, { credentials, knownHosts: new KnownHosts(options.knownHosts), options });
}
class SshTransport {
    #target;
    #dialling;
    #slots;
    #line;
    #connection;
    #disposed = false;
    constructor(target, dialling) {
        this.#target = target;
        this.#dialling = dialling;
        this.#slots = new Slots(dialling.options.maxChannels ?? 8);
        this.#line = loginLine(target.user !== 'root');
    }
    get host() {
        return this.#target.name;
    }
    async exec(command, options = {}) {
        maskSecrets(command, this.#dialling.options.log);
        if (options.spare) {
            return await this.#onSpare(command, options);
        }
        const wire = encode(command);
        for (let refused = 0;; refused += 1) {
            const release = await this.#slots.take(options.signal);
            try {
                return await this.#once(wire, command, options);
            }
            catch (error) {
                if (!(error instanceof ChannelRefusedError)) {
                    throw error;
                }
                await this.#makeRoom(refused, error);
            }
            finally {
                release();
            }
            await (0,external_node_timers_promises_.setTimeout)(50 * 2 ** refused);
        }
    }
    async [Symbol.asyncDispose]() {
        this.#disposed = true;
        const connection = await this.#connection?.catch(() => undefined);
        connection?.end();
    }
    async #once(wire, command, options) {
        return await this.#on(await this.#connected(), wire, command, options);
    }
    /** On a live connection's spare channel, or not at all. */
    async #onSpare(command, options) {
        const connection = await this.#connection?.catch(() => undefined);
        const cut = new AbortController();
        const none = new errors/* UnreachableError */.Jk(`${whereIs(this.#target)} has no channel to spare`);
        const release = connection?.alive ? this.#slots.takeSpare(() => cut.abort(none)) : null;
        if (!connection || release === null) {
            throw none;
        }
        const signal = AbortSignal.any([cut.signal, ...(options.signal ? [options.signal] : [])]);
        try {
            return await this.#on(connection, encode(command), command, { ...options, signal });
        }
        catch (error) {
            if (!(error instanceof ChannelRefusedError)) {
                throw error;
            }
            this.#slots.narrow();
            throw none;
        }
        finally {
            release();
        }
    }
    async #on(connection, wire, command, options) {
        options.signal?.throwIfAborted();
        const sudoer = this.#target.user === 'root' ? null : this.#target.user;
        const channel = await connection.open(this.#line);
        return await converse(sshChannel(channel, connection, this.host, sudoer), wire, command, options);
    }
    /** The live connection, or a new one; callers at the same time share it. */
    async #connected() {
        if (this.#disposed) {
            throw new Error(`${this.host}: the transport is closed`);
        }
        const last = this.#connection;
        const known = await last?.catch(() => undefined);
        if (known?.alive) {
            return known;
        }
        // Whoever waited beside us may have dialled meanwhile.
        if (this.#connection === last) {
            this.#connection = dial(this.#target, this.#dialling);
        }
        return await this.#connection;
    }
    async #makeRoom(refused, error) {
        if (refused + 1 >= REFUSALS) {
            throw new errors/* UnreachableError */.Jk(`${whereIs(this.#target)} opens no session: ${error.message} (MaxSessions in its sshd_config?)`, { cause: error });
        }
        if (refused >= REFUSALS / 2 && this.#slots.taken === 1) {
            // Commands that we stopped waiting for may still hold every session of this connection; a new one has its own.
            (await this.#connection)?.end();
        }
        this.#slots.narrow();
    }
}

;// CONCATENATED MODULE: ./build/adapters/connect-hosts.js



/** Milliseconds; a host that is silent for the product of the last two is taken for lost. */
const TIMES = { connectTimeout: 15_000, keepaliveInterval: 5_000, keepaliveCount: 3 };
/**
 * A transport for every host of the inventory, in its order. Nothing is connected yet.
 * @throws ConfigurationError when the key or known_hosts cannot be read
 */
function connectHosts(inventory, auth, knownHosts, log) {
    return new Map(Object.entries(inventory.hosts).map(([name, host]) => [
        name,
        host.local
            ? connectLocal(name, log)
            : connectSsh(targetOf(inventory, name, host), auth, { ...TIMES, knownHosts, log }),
    ]));
}
function targetOf(inventory, name, { address, port, user }) {
    const jump = (0,domain_jump/* jumpOf */.i)(inventory, name);
    const target = { name, address, port, user };
    if (jump === null) {
        return target;
    }
    if (jump.kind === 'address') {
        const through = { name: jump.address, address: jump.address, port: jump.port, user: jump.user ?? user };
        return { ...target, jump: through };
    }
    const host = inventory.hosts[jump.name];
    return host === undefined ? target : { ...target, jump: targetOf(inventory, jump.name, host) };
}


/***/ }),

/***/ 54759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ readCredentials),
/* harmony export */   _: () => (/* binding */ agentKeys)
/* harmony export */ });
/* harmony import */ var ssh2__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85472);
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56046);
/* harmony import */ var _key_fingerprint_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(42579);



/**
 * Reads the key once, before anything is dialled, and registers it as a secret.
 * @throws ConfigurationError for a key that cannot be read, or when there is neither key nor agent
 */
function readCredentials(auth, log) {
    for (const secret of [auth.privateKey, auth.passphrase]) {
        if (secret) {
            log.mask(secret.reveal());
        }
    }
    if (!auth.privateKey && !auth.agent) {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1('neither a private key nor an ssh-agent is given');
    }
    const agent = auth.agent ? { agent: auth.agent } : {};
    const key = auth.privateKey && readKey(auth.privateKey.name, auth.privateKey.reveal(), auth.passphrase?.reveal());
    return {
        ...agent,
        ...key,
        authHandler: [...(key ? ['publickey'] : []), ...(auth.agent ? ['agent'] : [])],
        offered: key?.offered ?? null,
    };
}
function readKey(name, given, passphrase) {
    // A form field or a secret store often ends lines with CRLF and drops the last newline.
    const privateKey = `${given.replaceAll('\r\n', '\n').trim()}\n`;
    const parsed = ssh2__WEBPACK_IMPORTED_MODULE_0__.utils.parseKey(privateKey, passphrase);
    const key = Array.isArray(parsed) ? parsed[0] : parsed;
    if (key instanceof Error || !key?.isPrivateKey()) {
        const why = key instanceof Error ? key.message : 'it is no private key';
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1(`the private key ${name} cannot be read: ${why}`);
    }
    const blob = key.getPublicSSH();
    return {
        privateKey,
        ...(passphrase === undefined ? {} : { passphrase }),
        offered: `${(0,_key_fingerprint_js__WEBPACK_IMPORTED_MODULE_2__/* .keyType */ .i)(blob)} ${(0,_key_fingerprint_js__WEBPACK_IMPORTED_MODULE_2__/* .fingerprint */ .R)(blob)}`,
    };
}
/** The fingerprints of the keys that an ssh-agent holds, for an error. */
function agentKeys(socket) {
    return new Promise((resolve, reject) => {
        ssh2__WEBPACK_IMPORTED_MODULE_0__.createAgent(socket).getIdentities((error, keys) => {
            if (error) {
                reject(error);
                return;
            }
            const parsed = (keys ?? []).map((key) => ssh2__WEBPACK_IMPORTED_MODULE_0__.utils.parseKey(key));
            resolve(parsed.flatMap((key) => (key instanceof Error ? [] : [(0,_key_fingerprint_js__WEBPACK_IMPORTED_MODULE_2__/* .fingerprint */ .R)(key.getPublicSSH())])));
        });
    });
}


/***/ }),

/***/ 42579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ fingerprint),
/* harmony export */   i: () => (/* binding */ keyType)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

/** `SHA256:...` of a public key in SSH wire format, as ssh-keygen -l prints it. */
function fingerprint(blob) {
    return `SHA256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
/**
 * The key's type, which is the first string of its wire format (RFC 4253, section 6.6).
 * @throws RangeError when the bytes are no key
 */
function keyType(blob) {
    const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
    const type = blob.subarray(4, 4 + length).toString('latin1');
    if (length === 0 || length > 64 || blob.length <= 4 + length || !/^[a-z0-9@.-]+$/.test(type)) {
        throw new RangeError('these bytes are no public key');
    }
    return type;
}


/***/ }),

/***/ 98122:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ messageOf)
/* harmony export */ });
/**
 * What an error says, by its shape. A host name with several addresses fails with one error for all of them, whose
 * own message is empty.
 */
function messageOf(error) {
    const { message, errors } = Object(error);
    if (Array.isArray(errors) && errors.length > 0) {
        return errors.map(messageOf).join(', ');
    }
    return typeof message === 'string' && message !== '' ? message : String(error);
}


/***/ }),

/***/ 13870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ aptLibrary)
/* harmony export */ });
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);

/**
 * Bash functions about apt.
 *
 * `temporary_lists` makes a folder (APT_TEMPORARY, removed at the script's end) into which `apt-get update` can read
 * the lists while nothing else on the host changes: no caches are written, no hooks of the host run (some delete
 * packages that were downloaded). `quiet_caches` only keeps apt from writing its caches and the planner's log (even
 * `-s` writes it). Both fill APT_OPTIONS, to be given to every call of apt-get and apt-cache. `fill_temporary_lists`
 * puts into the folder what the host has and what apt has to be told.
 *
 * `update_lists` runs `apt-get update` and fails when any index could not be had: apt itself ends 0 then, and works on
 * with what it had before; only then its words are shown. `wait_for_lock SECONDS` waits while another process holds the
 * lock of apt or dpkg: apt waits by itself only since Debian 11, and dpkg never does.
 *
 * `simulate_install NAME=VERSION...` prints what apt would do to install exactly these, and then what the package lists
 * say of each .deb in it, and dpkg of what it replaces: of which package, version and architecture it is, its hash and
 * its sizes. Apt takes the same one where several lists have that version.
 */
const aptLibrary = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `APT_OPTIONS=() APT_TEMPORARY=

quiet_caches() {
  APT_OPTIONS=(-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Log::Planner=/dev/null)
}

temporary_lists() {
  APT_TEMPORARY=$(mktemp -d -p /var/tmp synnefo-upgrade.XXXXXXXX) || return
  trap 'rm -rf -- "$APT_TEMPORARY"' EXIT
  quiet_caches
  APT_OPTIONS+=(-c "$APT_TEMPORARY/apt.conf")
}

# Each line has its own way out: where its caller asks how it ended, bash goes on after a failure.
fill_temporary_lists() {
  local lists=
  chmod 0755 "$APT_TEMPORARY" || return
  mkdir -p "$APT_TEMPORARY/lists" || return
  # What the host has already need not be fetched again.
  eval "$(apt-config shell lists Dir::State::lists/d)"
  [ ! -d "$lists" ] || cp -a --reflink=auto -- "$lists/." "$APT_TEMPORARY/lists/" || return
  rm -f -- "$APT_TEMPORARY/lists/lock" || return
  mkdir -p "$APT_TEMPORARY/lists/partial" || return
  printf '%s\n' '#clear APT::Update::Pre-Invoke;' '#clear APT::Update::Post-Invoke;' \
    '#clear APT::Update::Post-Invoke-Success;' "Dir::State::lists \"$APT_TEMPORARY/lists/\";" > "$APT_TEMPORARY/apt.conf"
}

# What apt says is kept in no file: the disk may be what is wrong.
update_lists() {
  local code heard until=$((SECONDS + 300))
  while true; do
    code=0
    heard=$(apt-get "\${APT_OPTIONS[@]}" -q -o APT::Update::Error-Mode=any -o Acquire::AllowInsecureRepositories=false \
      -o Acquire::Retries=2 update < /dev/null 2>&1) || code=$?
    [ "$code" != 0 ] && [ "$SECONDS" -lt "$until" ] && has_line "$APT_LOCKED" "$heard" || break
    echo "another process holds apt's lock: waiting for it" >&2
    sleep 2
  done
  [ "$code" != 0 ] || ! has_line "$APT_BROKEN" "$heard" || code=100
  [ "$code" = 0 ] || printf '%s\n' "$heard" 'apt-get update could not read every index' >&2
  [ "$code" = 0 ]
}

# grep reads to the end: where it ended early, printf would die of the closed pipe.
has_line() { [ -n "$(printf '%s\n' "$2" | grep -E "$1" || true)" ]; }

wait_for_lock() {
  local until=$((SECONDS + $1)) said
  while said=$(apt-get -q check < /dev/null 2>&1) || true; grep -qE "$APT_LOCKED" <<< "$said"; do
    if [ "$SECONDS" -ge "$until" ]; then printf '%s\n' "$said" >&2; return 100; fi
    echo 'another process holds the lock of apt or dpkg: waiting for it' >&2
    sleep 2
  done
}

simulate_install() {
  local planned code=0
  planned=$(apt-get "\${APT_OPTIONS[@]}" -q -s install -- "$@" < /dev/null) || code=$?
  # Which dependency is not met, apt says among the rest.
  [ "$code" = 0 ] || { printf '%s\n' "$planned" >&2; return "$code"; }
  printf '%s\n\n' "$planned"
  list_records <<< "$planned"
}

list_records() {
  local wanted=()
  mapfile -t wanted < <(sed -n -E 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ )]+).*/\1=\3/p')
  [ "\${#wanted[@]}" != 0 ] || return 0
  apt-cache "\${APT_OPTIONS[@]}" show "\${wanted[@]}" |
    sed -n -E '/^(Package|Version|Architecture|SHA256|Size|Installed-Size): |^$/p'
  # Ends 1 where one of them is new.
  dpkg-query -W -f='Package: \${Package}\nVersion: \${Version}\nArchitecture: \${Architecture}\nInstalled-Size: \${Installed-Size}\n\n' \
    -- "\${wanted[@]%%=*}" 2> /dev/null || [ "$?" = 1 ]
}
APT_LOCKED='^E: .*(Could not get lock|Unable to (acquire|lock))'
# Err lines are no proof: apt goes through the compressions of an index, and retries; what is lost comes as W or E.
APT_BROKEN='^(E: |W: (Failed to fetch|Some index files|GPG error|An error occurred|The repository .* (is not|does not)))'
`;


/***/ }),

/***/ 44413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ strict),
/* harmony export */   x: () => (/* binding */ bash)
/* harmony export */ });
/* harmony import */ var _shell_quote_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48313);

/**
 * Program text for bash, written as it is: only `\${` stands for `${` and a backslashed backtick for a backtick.
 * What is put in must be program text too, so a word from outside cannot come in without `quote`.
 */
function bash(strings, ...values) {
    const parts = strings.raw.map((part) => part.replaceAll('\\${', '${').replaceAll('\\`', '`'));
    return new _shell_quote_js__WEBPACK_IMPORTED_MODULE_0__/* .Shell */ .$(parts.map((part, index) => part + (values[index]?.text ?? '')).join(''));
}
/** The first lines of every script: any failure ends it, and words come out untranslated. */
const strict = bash `set -eu -o pipefail
export LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd /
`;


/***/ }),

/***/ 28523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ upgradeFolder),
/* harmony export */   C$: () => (/* binding */ hostLibrary),
/* harmony export */   Dl: () => (/* binding */ ROOT),
/* harmony export */   dc: () => (/* binding */ EXIT),
/* harmony export */   je: () => (/* binding */ livenessLibrary)
/* harmony export */ });
/* harmony import */ var _shell_quote_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48313);
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);


/** Where a host keeps its lock and journal. A person reads it with `ls` and `cat`. */
const ROOT = '/var/lib/synnefo-upgrade';
/** The path of an upgrade's folder on a host. */
function upgradeFolder(upgrade) {
    return `${ROOT}/upgrades/${upgrade}`;
}
/** Exit codes of the scripts here, apart from those that a step's own script may have. */
const EXIT = {
    /** Somebody else holds the lock; standard output has who. */
    held: 73,
    /** A step of ours still runs; standard output has which. */
    busy: 74,
    /** Our lock or epoch is no longer the host's: another process works on it now. */
    fenced: 76,
    /** The step's folder is there already and repeating it was not asked for. */
    exists: 77,
    /** The step's process is gone and left no exit code. */
    died: 79,
};
function code(name) {
    return new _shell_quote_js__WEBPACK_IMPORTED_MODULE_1__/* .Shell */ .$(String(EXIT[name]));
}
/**
 * Where the journal lies, and whether a step lives: `alive FOLDER`. A process is known by pid, boot id and start time
 * together (field 22 of /proc/PID/stat), since pids come back.
 */
const livenessLibrary = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `root=${new _shell_quote_js__WEBPACK_IMPORTED_MODULE_1__/* .Shell */ .$(ROOT)}

start_of() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- \${stat##*) }
  echo "\${20}"
}

boot_of() { cat /proc/sys/kernel/random/boot_id; }

alive() {
  local pid start boot
  [ ! -e "$1/rc" ] && { read -r pid start boot <"$1/pid"; } 2>/dev/null || return 1
  [ "$boot" = "$(boot_of)" ] && [ "$(start_of "$pid")" = "$start" ]
}
`;
/**
 * Functions that all scripts share which change a host. `become` makes a file appear whole or not at all, also after a
 * power cut.
 */
const hostLibrary = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `
set -u
umask 077
${livenessLibrary}
HELD=${code('held')} BUSY=${code('busy')} FENCED=${code('fenced')} EXISTS=${code('exists')} DIED=${code('died')}

become() { sync "$1.new" && mv -T "$1.new" "$1" && sync "$(dirname "$1")"; }

# Keeps an earlier attempt of the step $2 of the upgrade in folder $1 beside the steps.
set_aside() {
  local attempt=1
  while [ -e "$1/earlier/$2.$attempt" ]; do attempt=$((attempt + 1)); done
  mkdir -p "$1/earlier" && mv -T "$1/steps/$2" "$1/earlier/$2.$attempt"
}

enter() { mkdir -p "$root" && exec 9>>"$root/guard" && flock "$@" 9; }

holds() { [ "$(cat "$root/lock/id" 2>/dev/null)" = "$1" ] && [ "$(cat "$root/epoch" 2>/dev/null)" = "$2" ]; }

enter_as() {
  enter || exit 1
  holds "$1" "$2" && return
  echo "this host is no longer ours: lock $(cat "$root/lock/id" 2>/dev/null || echo none), epoch $(cat "$root/epoch" 2>/dev/null || echo none); we hold lock $1, epoch $2" >&2
  exit $FENCED
}
`;


/***/ }),

/***/ 54106:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ pageLibrary)
/* harmony export */ });
/* harmony import */ var _bash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44413);

/**
 * Bash functions that ask a page: `await_page` asks HOST, PORT and TARGET (the request names NAMED) again and again until
 * status and body are STATUS and BODY, or WITHIN seconds are over; then it shows the last answer and ends 1. HEADERS
 * holds the names of headers and, in turn, those of the variables that have their values. Bash alone asks (HTTP/1.0
 * over /dev/tcp): a host need not have curl. `ask_page` asks once: a process of its own that ends after PATIENCE seconds (15
 * when that is not set), since a page may hang; it answers at most 256 KiB.
 */
const pageLibrary = (0,_bash_js__WEBPACK_IMPORTED_MODULE_0__/* .bash */ .x) `REQUEST='
exec 3<> "/dev/tcp/$HOST/$PORT"
{
  printf "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n" "$TARGET" "$NAMED"
  while [ "$#" -gt 1 ]; do printf "%s: %s\r\n" "$1" "\${!2}"; shift 2; done
  printf "\r\n"
} >&3
head -c 262144 <&3'

ask_page() {
  local answer
  answer=$(timeout "\${PATIENCE:-15}" bash -c "$REQUEST" ask \${HEADERS[@]+"\${HEADERS[@]}"} 2>&1 | tr -d '\0') || true
  first=\${answer%%$'\r\n'*}
  body=\${answer#*$'\r\n\r\n'}
  case "$first" in "HTTP/1."[01]" $STATUS"*) ;; *) return 1 ;; esac
  case "$body" in *"$BODY"*) ;; *) return 1 ;; esac
}

await_page() {
  local first= body= until=$((SECONDS + WITHIN))
  export HOST PORT NAMED TARGET
  until ask_page; do
    if [ "$SECONDS" -ge "$until" ]; then
      echo "not healthy within $WITHIN seconds; wanted was status $STATUS\${BODY:+ and in the body: $BODY}"
      printf 'the last answer: %s\n%s\n' "\${first:-none}" "\${body:0:500}"
      return 1
    fi
    sleep 0.3
  done
  echo "$first"
}
`;


/***/ }),

/***/ 91622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ hintWords),
  n: () => (/* binding */ serviceLibrary)
});

// EXTERNAL MODULE: ./build/commands/bash.js
var bash = __webpack_require__(44413);
;// CONCATENATED MODULE: ./build/commands/process-library.js

/**
 * Bash functions that look at the processes of a host, with nothing but builtins (bash 4.3 and later).
 *
 * `scan_processes` takes one look at /proc. Left out are zombies, kernel threads, processes of containers (another
 * pid namespace) and the script's own family: its ancestors and descendants may hold the searched words in their
 * command lines. After it, by pid: P_START (clock ticks after boot, so that a reused pid is told apart), P_COMMAND
 * (the command line, blanks for NULs), P_PROGRAM and P_SCRIPT (its first word, and the first one behind an
 * interpreter) and P_GROUP (the cgroup that systemd put it into); and ALL_PIDS, in order.
 *
 * `process_matches PID EXECUTABLE ARGUMENTS USER` holds a process against a hint; empty parts match everything.
 */
const processLibrary = (0,bash/* bash */.x) `declare -A P_PARENT P_STATE P_START P_COMMAND P_PROGRAM P_SCRIPT P_GROUP
ALL_PIDS=

scan_processes() {
  local path pid
  P_PARENT=() P_STATE=() P_START=() P_COMMAND=() P_PROGRAM=() P_SCRIPT=() P_GROUP=()
  ALL_PIDS=
  for path in /proc/[0-9]*; do read_stat "\${path#/proc/}"; done
  own_family
  for path in /proc/[0-9]*; do
    pid=\${path#/proc/}
    case "\${P_STATE[$pid]:-Z}" in Z | X | x) continue ;; esac
    case "$OWN_FAMILY" in *" $pid "*) continue ;; esac
    [ "/proc/$pid/ns/pid" -ef /proc/self/ns/pid ] || continue
    read_command "$pid" || continue
    read_group "$pid"
    ALL_PIDS="$ALL_PIDS $pid"
  done
}

read_stat() {
  local stat= fields
  { IFS= read -r -d '' stat < "/proc/$1/stat" || true; } 2>/dev/null
  # The name in brackets may hold blanks, brackets and newlines: what counts follows the last bracket.
  read -r -a fields <<< "\${stat##*) }"
  [ "\${#fields[@]}" -gt 19 ] || return 0
  P_STATE[$1]=\${fields[0]} P_PARENT[$1]=\${fields[1]} P_START[$1]=\${fields[19]}
}

own_family() {
  local pid=$$ child grown=yes
  OWN_FAMILY=' '
  while [ "\${pid:-0}" -gt 0 ]; do
    OWN_FAMILY="$OWN_FAMILY$pid "
    pid=\${P_PARENT[$pid]:-0}
  done
  local below=" $$ "
  while [ "$grown" = yes ]; do
    grown=no
    for child in "\${!P_PARENT[@]}"; do
      case "$below" in *" $child "*) continue ;; esac
      case "$below" in *" \${P_PARENT[$child]} "*) below="$below$child " grown=yes ;; esac
    done
  done
  OWN_FAMILY="$OWN_FAMILY$below"
}

read_command() {
  # A process that ends meanwhile makes read fail without setting the word, and an unset one ends the script.
  local word= command= count=0 program= script= inline=
  while IFS= read -r -d '' word || [ -n "$word" ]; do
    command="$command\${command:+ }$word"
    count=$((count + 1))
    if [ "$count" = 1 ]; then program=$word; fi
    if [ "$count" -gt 1 ] && [ -z "$script$inline" ]; then
      case "$word" in -c | -e) inline=yes ;; -*) ;; *) script=$word ;; esac
    fi
    [ "\${#command}" -lt 4096 ] || break
  done 2>/dev/null < "/proc/$1/cmdline" || return 1
  [ -n "$command" ] || return 1
  case "\${program##*/}" in
    sh | ash | bash | dash | perl* | python* | ruby* | node* | php* | java) ;;
    *) script= ;;
  esac
  P_COMMAND[$1]=$command P_PROGRAM[$1]=$program P_SCRIPT[$1]=$script
}

read_group() {
  local line group=
  { while IFS= read -r line; do
    case "$line" in *:name=systemd:* | 0::?*) group=\${line#*:*:} ;; esac
    case "$line" in *:name=systemd:*) break ;; esac
  done < "/proc/$1/cgroup"; } 2>/dev/null || true
  P_GROUP[$1]=$group
}

process_matches() {
  local program=\${P_PROGRAM[$1]:-} script=\${P_SCRIPT[$1]:-}
  [ -n "$program" ] || return 1
  if [ -n "$2" ]; then
    case "$2" in
      /*) [ "$program" = "$2" ] || [ "$script" = "$2" ] || runs_file "$1" "$2" || return 1 ;;
      *) [ "\${program##*/}" = "$2" ] || [ "\${script##*/}" = "$2" ] || return 1 ;;
    esac
  fi
  if [ -n "$3" ]; then
    case "\${P_COMMAND[$1]}" in *"$3"*) ;; *) return 1 ;; esac
  fi
  [ -z "$4" ] || runs_as "$1" "$4"
}

# The file may have been replaced by an upgrade since: the kernel then says " (deleted)".
runs_file() {
  local file
  [ "/proc/$1/exe" -ef "$2" ] && return 0
  file=$(readlink "/proc/$1/exe" 2>/dev/null) || return 1
  [ "\${file% (deleted)}" = "$2" ]
}

runs_as() {
  local key= real effective= rest uid
  uid=$(id -u -- "$2" 2>/dev/null) || return 1
  { while read -r key real effective rest; do
    [ "$key" != Uid: ] || break
  done < "/proc/$1/status"; } 2>/dev/null || return 1
  [ "$key" = Uid: ] && [ "$effective" = "$uid" ]
}
`;

;// CONCATENATED MODULE: ./build/commands/service-library.js


/** The hint as the four words that the functions below take behind the service's name. */
function hintWords(hint) {
    return [hint.pidfile ?? '', hint.executable ?? '', hint.arguments ?? '', hint.user ?? ''];
}
/**
 * Bash functions about services under systemd and sysvinit; the one place that knows which processes are a service's.
 *
 * `find_init` sets INIT. `service_find NAME PIDFILE EXECUTABLE ARGUMENTS USER` looks at /proc as `scan_processes` left
 * it and sets S_PIDS: every live process in the unit's cgroup (a stopped unit's leftovers too, which systemd itself has
 * forgotten), the one in the pidfile, and those that match the hint. `service_words NAME` sets S_EXISTS, S_ENABLED,
 * S_RESTARTS, S_WORD and S_STATE from the init system; none of them proves that anything runs.
 */
const serviceLibrary = (0,bash/* bash */.x) `${processLibrary}
find_init() {
  INIT=sysvinit UNIT_ROOT=
  [ ! -d /run/systemd/system ] || INIT=systemd
  if [ "$INIT" = systemd ]; then
    read_group 1
    UNIT_ROOT=\${P_GROUP[1]%/init.scope}
    UNIT_ROOT=\${UNIT_ROOT%/}
  fi
}

service_find() {
  local name=$1 pidfile=$2 executable=$3 arguments=$4 user=$5 pid listed
  S_PIDS=
  listed=$(pid_in_file "$name" "$pidfile")
  for pid in $ALL_PIDS; do
    if in_unit "$pid" "$name" || by_pidfile "$pid" "$listed" || by_hint "$pid"; then S_PIDS="$S_PIDS $pid"; fi
  done
  S_PIDS=\${S_PIDS# }
}

# Only slices may stand between systemd's root and the unit: a container's unit of that name is another service.
in_unit() {
  [ "$INIT" = systemd ] && [[ \${P_GROUP[$1]:-} =~ ^"$UNIT_ROOT"(/[^/]+\.slice)*/_?"$2.service"(/|$) ]]
}

# A pidfile from before this boot says nothing; one that names a process unlike the hint lies.
by_pidfile() {
  [ "$1" = "$2" ] && process_matches "$1" "$executable" "$arguments" "$user"
}

by_hint() {
  if [ -n "$executable$arguments" ]; then
    process_matches "$1" "$executable" "$arguments" "$user"
  elif [ -z "$pidfile" ] && has_init_script "$name"; then
    case "\${P_SCRIPT[$1]}" in /etc/init.d/* | /etc/rc?.d/*) return 1 ;; esac
    process_matches "$1" "$name" '' "$user"
  else
    return 1
  fi
}

pid_in_file() {
  local file pid
  if [ -n "$2" ]; then set -- "$1" "$2"; else set -- "$1" "/run/$1.pid" "/var/run/$1.pid" "/run/$1/$1.pid"; fi
  shift
  for file; do
    [ -f "$file" ] && of_this_boot "$file" || continue
    pid=
    { read -r pid < "$file" || true; } 2>/dev/null
    pid=\${pid%%[!0-9]*}
    if [ -n "$pid" ]; then
      printf '%s\n' "$pid"
      return 0
    fi
  done
}

# /run is emptied at boot; elsewhere the file must not be older than the first process.
of_this_boot() {
  local boot key
  case "$1" in /run/* | /var/run/*) return 0 ;; esac
  while read -r key boot; do [ "$key" != btime ] || break; done < /proc/stat
  [ "$(stat -L -c %Y -- "$1")" -ge $((boot + \${P_START[1]:-0} / $(getconf CLK_TCK) - 2)) ]
}

has_init_script() {
  [ "$INIT" = sysvinit ] || { [ -x "/etc/init.d/$1" ] && [ ! -e "/lib/systemd/system/$1.service" ]; }
}

service_words() {
  local line load= active= sub= state=
  S_EXISTS=no S_ENABLED=no S_RESTARTS=0 S_WORD= S_STATE=
  if [ "$INIT" = sysvinit ]; then
    [ ! -x "/etc/init.d/$1" ] || S_EXISTS=yes
    ! starts_in_runlevel "$1" || S_ENABLED=yes
    S_WORD='no init script'
    [ $S_EXISTS = no ] || S_WORD='init script'
    return 0
  fi
  while IFS= read -r line; do
    case "$line" in
      LoadState=*) load=\${line#*=} ;;
      ActiveState=*) active=\${line#*=} ;;
      SubState=*) sub=\${line#*=} ;;
      UnitFileState=*) state=\${line#*=} ;;
      NRestarts=*) S_RESTARTS=\${line#*=} ;;
    esac
  done < <(timeout 30 systemctl show -p LoadState,ActiveState,SubState,UnitFileState,NRestarts -- "$1.service" </dev/null)
  [ -n "$load" ] || { echo "systemd does not answer about $1.service" >&2; return 1; }
  [ "$load" = not-found ] || S_EXISTS=yes
  S_STATE=$active
  S_WORD="$load, $active ($sub)\${state:+, $state}"
  case "$state" in
    enabled | enabled-runtime | alias | linked) S_ENABLED=yes ;;
    generated | '') ! starts_in_runlevel "$1" || S_ENABLED=yes ;;
  esac
}

starts_in_runlevel() {
  local link
  for link in /etc/rc[2345S].d/S[0-9][0-9]"$1"; do [ ! -x "$link" ] || return 0; done
  return 1
}
`;


/***/ }),

/***/ 1781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ withPort),
/* harmony export */   n: () => (/* binding */ plainAddress)
/* harmony export */ });
/**
 * One spelling of every address or name of a host, so that two can be compared: names in lower case, IPv6 addresses as
 * RFC 5952 writes them (with their zone, if they have one), IPv4 within IPv6 as IPv4.
 */
function plainAddress(address) {
    const lower = address.toLowerCase();
    if (!isV6(lower)) {
        return lower;
    }
    const [bare = '', ...zone] = lower.split('%');
    const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
    return [within(short) ?? short, ...zone].join('%');
}
/** `address:port`, an IPv6 address in brackets: its last group would read as the port otherwise. */
function withPort(address, port) {
    return isV6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
/** No name of a host and no IPv4 address has a colon. */
function isV6(address) {
    return address.includes(':');
}
/** `192.0.2.1` of `::ffff:c000:201`, null of every other address. */
function within(v6) {
    const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(v6) ?? [];
    if (high === undefined || low === undefined) {
        return null;
    }
    return [high, low]
        .map((group) => Number.parseInt(group, 16))
        .flatMap((group) => [group >> 8, group & 255])
        .join('.');
}


/***/ }),

/***/ 73871:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ isGlob),
/* harmony export */   m: () => (/* binding */ globMatches)
/* harmony export */ });
/** Has the pattern a wildcard, `*` (any characters) or `?` (one)? */
function isGlob(pattern) {
    return /[*?]/.test(pattern);
}
/**
 * Does the whole text match the pattern? Only `*` and `?` mean something.
 * It goes back to the last star alone, so that no pattern takes longer than both lengths multiplied.
 */
function globMatches(pattern, text) {
    let at = 0;
    let star = -1;
    let taken = 0;
    for (let index = 0; index < text.length;) {
        if (pattern[at] === '*') {
            star = at++;
            taken = index;
        }
        else if (pattern[at] === '?' || pattern[at] === text[index]) {
            at++;
            index++;
        }
        else if (star >= 0) {
            at = star + 1;
            index = ++taken;
        }
        else {
            return false;
        }
    }
    return [...pattern.slice(at)].every((rest) => rest === '*');
}


/***/ }),

/***/ 82133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ jumpOf),
/* harmony export */   y: () => (/* binding */ JUMP_PATTERN)
/* harmony export */ });
/** `[user@]host[:port]`, an IPv6 address in brackets. */
const JUMP_PATTERN = /^(?:([A-Za-z_][A-Za-z0-9_.-]*)@)?(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?))(?::(\d{1,5}))?$/;
/**
 * The jump of a host, or null.
 * @throws RangeError for text that the inventory's schema would have refused
 */
function jumpOf(inventory, host) {
    const jump = Object.hasOwn(inventory.hosts, host) ? inventory.hosts[host]?.jump : undefined;
    if (jump === undefined) {
        return null;
    }
    if (Object.hasOwn(inventory.hosts, jump)) {
        return { kind: 'host', name: jump };
    }
    const [, user, v6, name, port] = JUMP_PATTERN.exec(jump) ?? [];
    const address = v6 ?? name;
    if (address === undefined) {
        throw new RangeError(`not a jump host: ${JSON.stringify(jump)}`);
    }
    return { kind: 'address', address, port: Number(port ?? 22), user: user ?? null };
}


/***/ }),

/***/ 39099:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ suggestion)
/* harmony export */ });
/* unused harmony exports nearest, editDistance */
/** Longer words are compared by their beginnings, so that a hostile key costs no time. */
const LONGEST = 64;
/** The candidate that the word was probably meant to be, or null when none is near. */
function nearest(word, candidates) {
    let best = null;
    let least = Math.max(1, Math.floor(word.length / 3)) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
        if (distance < least) {
            [best, least] = [candidate, distance];
        }
    }
    return best;
}
/** `; did you mean "x"?`, or nothing. */
function suggestion(word, candidates) {
    const found = nearest(word, candidates);
    return found === null ? '' : `; did you mean ${JSON.stringify(found)}?`;
}
/** Insertions, deletions, substitutions and swaps of neighbours that make one word of the other. */
function editDistance(left, right) {
    const [a, b] = [left.slice(0, LONGEST), right.slice(0, LONGEST)];
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const changed = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
            const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : changed;
            next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed, swapped));
        }
        [before, row] = [row, next];
    }
    return row[b.length] ?? 0;
}


/***/ }),

/***/ 6282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PT: () => (/* binding */ wrongKey),
/* harmony export */   Qm: () => (/* binding */ wrong),
/* harmony export */   g$: () => (/* binding */ printable),
/* harmony export */   jV: () => (/* binding */ formatPath)
/* harmony export */ });
/** What is wrong with the value at a path. */
function wrong(path, message) {
    return { path, at: 'value', message };
}
/** What is wrong with the key at the end of a path, or with what it lacks. */
function wrongKey(path, message) {
    return { path, at: 'key', message };
}
/** `roles.web.packages[2]`; keys that hold anything but letters, digits, `-` and `_` in brackets. */
function formatPath(path) {
    return path.reduce((text, part) => {
        if (typeof part === 'string' && /^[A-Za-z_][\w-]*$/.test(part)) {
            return text === '' ? part : `${text}.${part}`;
        }
        return `${text}[${printable(part, Number.POSITIVE_INFINITY)}]`;
    }, '');
}
/** A value out of a file as one harmless line of at most so many characters: nothing in it is a control character. */
function printable(value, longest = 80) {
    const text = JSON.stringify(value) ?? String(value);
    const shown = text.length > longest ? `${text.slice(0, longest)}...` : text;
    return shown.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}


/***/ }),

/***/ 61809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NP: () => (/* binding */ rulesFor),
/* harmony export */   RC: () => (/* binding */ parseRange),
/* harmony export */   _2: () => (/* binding */ newestIn),
/* harmony export */   ib: () => (/* binding */ satisfies),
/* harmony export */   sG: () => (/* binding */ ruleFor)
/* harmony export */ });
/* harmony import */ var _glob_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73871);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38729);


const OPERATORS = {
    '>=': (order) => order >= 0,
    '<=': (order) => order <= 0,
    '<': (order) => order < 0,
    '>': (order) => order > 0,
    '=': (order) => order === 0,
};
/**
 * Reads `>= 0.15, < 0.16~`; a comma means "and".
 * @throws RangeError that says which part is wrong
 */
function parseRange(range) {
    return range.split(',').map((part) => {
        const match = /^\s*(>=|<=|<|>|=)\s*(\S+)\s*$/.exec(part);
        const [, operator, version] = match ?? [];
        if (operator === undefined || version === undefined || !(0,_version_js__WEBPACK_IMPORTED_MODULE_0__/* .isVersion */ .l)(version)) {
            throw new RangeError(`${JSON.stringify(part.trim())} is not one of >= <= < > = and a Debian version`);
        }
        return { operator: operator, version };
    });
}
/** Does the version fulfil the range? `any` takes every one. */
function satisfies(version, range) {
    return (range === 'any' ||
        parseRange(range).every(({ operator, version: bound }) => OPERATORS[operator]((0,_version_js__WEBPACK_IMPORTED_MODULE_0__/* .compareVersions */ .Z)(version, bound))));
}
/** The newest of the offers that fulfil the range, or null. */
function newestIn(range, offers) {
    const [newest] = offers
        .filter((offer) => satisfies(offer, range))
        .toSorted((left, right) => (0,_version_js__WEBPACK_IMPORTED_MODULE_0__/* .compareVersions */ .Z)(right, left));
    return newest ?? null;
}
/** The rules for a package that nothing more specific beats: a name beats globs, a longer glob a shorter one. */
function rulesFor(rules, name) {
    const matching = Object.entries(rules)
        .filter(([pattern]) => (0,_glob_js__WEBPACK_IMPORTED_MODULE_1__/* .globMatches */ .m)(pattern, name))
        .map(([pattern, range]) => ({ pattern, range }));
    const best = Math.max(...matching.map(({ pattern }) => weight(pattern)));
    return matching.filter(({ pattern }) => weight(pattern) === best);
}
/** The one rule that counts for a package, or null. A checked plan has no two that weigh the same. */
function ruleFor(rules, name) {
    return rulesFor(rules, name)[0] ?? null;
}
function weight(pattern) {
    return (0,_glob_js__WEBPACK_IMPORTED_MODULE_1__/* .isGlob */ .f)(pattern) ? pattern.length : Number.POSITIVE_INFINITY;
}


/***/ }),

/***/ 38729:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ compareVersions),
/* harmony export */   l: () => (/* binding */ isVersion)
/* harmony export */ });
/** dpkg keeps the epoch in an int. */
const MAX_EPOCH = 2 ** 31 - 1;
/** Does dpkg take this text for a version? */
function isVersion(text) {
    const match = /^(?:(\d{1,10}):)?(\d[A-Za-z0-9.+~:-]*)$/.exec(text);
    if (match === null || Number(match[1] ?? 0) > MAX_EPOCH) {
        return false;
    }
    const { upstream, revision } = split(text);
    // Without an epoch there is no colon; a dash is followed by a revision.
    return (upstream !== '' &&
        !text.endsWith('-') &&
        !revision.includes(':') &&
        (match[1] !== undefined || !text.includes(':')));
}
/** Compares two Debian versions as dpkg does: negative when `a` is older, 0 when they are equal. */
function compareVersions(a, b) {
    const [left, right] = [split(a), split(b)];
    return (left.epoch - right.epoch ||
        compareParts(left.upstream, right.upstream) ||
        compareParts(left.revision, right.revision));
}
function split(version) {
    const colon = version.indexOf(':');
    const rest = version.slice(colon + 1);
    const dash = rest.lastIndexOf('-');
    return {
        epoch: colon < 0 ? 0 : Number(version.slice(0, colon)),
        upstream: dash < 0 ? rest : rest.slice(0, dash),
        revision: dash < 0 ? '' : rest.slice(dash + 1),
    };
}
/** By turns a run of other characters and a run of digits, as dpkg's `verrevcmp` has it. */
function compareParts(a, b) {
    const [left, right] = [a.match(/\D*\d*/g) ?? [], b.match(/\D*\d*/g) ?? []];
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
        const difference = compareRuns(left[index] ?? '', right[index] ?? '');
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}
function compareRuns(a, b) {
    const [left, right] = [/^\D*/.exec(a)?.[0] ?? '', /^\D*/.exec(b)?.[0] ?? ''];
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
        const difference = order(left[index]) - order(right[index]);
        if (difference !== 0) {
            return difference;
        }
    }
    return compareNumbers(a.slice(left.length), b.slice(right.length));
}
/** A tilde sorts before the end, the end (and a digit) before letters, letters before the rest. */
function order(character) {
    if (character === undefined) {
        return 0;
    }
    if (character === '~') {
        return -1;
    }
    const code = character.charCodeAt(0);
    return /[A-Za-z]/.test(character) ? code : code + 256;
}
/** As text, since a run of digits may be longer than a number holds (dates with times). */
function compareNumbers(a, b) {
    const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
    return left.length - right.length || (left < right ? -1 : Number(left > right));
}


/***/ }),

/***/ 90553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZD: () => (/* binding */ repeated),
/* harmony export */   bB: () => (/* binding */ throughLosses),
/* harmony export */   kA: () => (/* binding */ ask),
/* harmony export */   n6: () => (/* binding */ commandFailed),
/* harmony export */   qI: () => (/* binding */ askOk),
/* harmony export */   w$: () => (/* binding */ lastLines),
/* harmony export */   xC: () => (/* binding */ execOnce)
/* harmony export */ });
/* unused harmony export ABSENCE */
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);

/** How long a host that was reached once may be gone, in milliseconds: a reboot, a restart of its network. */
const ABSENCE = 180_000;
/** How often a command may be cut within ABSENCE before that counts as its failure. */
const CUTS = 20;
/** Lines of a command's output that an error shows. */
const SHOWN_LINES = 30;
/** The way to a host of the inventory. */
function transportOf(runner, host) {
    const transport = runner.hosts.get(host);
    if (transport === undefined) {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpgradeError */ .fy(`no connection was made for ${host}`, { host });
    }
    return transport;
}
/**
 * Runs a command that may be repeated, and repeats it while the connection comes and goes.
 * @throws what the transport throws, once the host has been gone for longer than ABSENCE
 */
async function ask(runner, host, command, options = {}) {
    return await throughLosses(runner, host, (again) => execOnce(runner, host, again ? repeated(command) : command, options), command.title);
}
/** A command as it is repeated after its connection was lost. */
function repeated({ whenRepeated = '', ...command }) {
    return { ...command, script: `${whenRepeated}${command.script}` };
}
/**
 * Runs a command once. One that a signal ended was cut: a host that goes down ends its processes while its sshd can
 * still tell of it, and so does whoever kills what only follows a step.
 * @throws ConnectionLostError for that, and what the transport throws
 */
async function execOnce(runner, host, command, options = {}) {
    const result = await transportOf(runner, host).exec(command, { signal: runner.signal, ...options });
    if (result.code === null) {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConnectionLostError */ .N9(`${command.title} was ended by signal ${result.signal ?? 'unknown'}`);
    }
    return result;
}
/** Like `ask`, and anything but exit code 0 is an UpgradeError. Returns standard output. */
async function askOk(runner, host, command) {
    const result = await ask(runner, host, command);
    if (result.code !== 0) {
        throw commandFailed(host, command.title, result);
    }
    return result.stdout;
}
/**
 * Repeats an action on one host while its connection is lost. A first connection that fails is not repeated.
 * @param action is told whether it was lost before
 * @param title what the action is, for the error
 * @throws what the action throws, once the host has been gone for ABSENCE or CUTS cuts fell within that time
 */
async function throughLosses(runner, host, action, title = null) {
    let cuts = [];
    for (;;) {
        try {
            return await action(cuts.length > 0);
        }
        catch (error) {
            const lost = error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConnectionLostError */ .N9;
            if (!lost && !(error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreachableError */ .Jk && cuts.length > 0)) {
                throw error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .TransportError */ .wX ? error.about(host, title) : error;
            }
            const now = runner.clock.now();
            cuts = lost ? [...cuts.filter((at) => now - at <= ABSENCE), now] : cuts;
            if (now - (cuts.at(-1) ?? 0) > ABSENCE || cuts.length > CUTS) {
                throw error.about(host, title);
            }
            runner.log.info(`${host}: ${error.message}; connecting again`);
            await runner.clock.sleep(lost ? 200 : 2_000, runner.signal);
        }
    }
}
/** The error of a command that ended with anything but 0. */
function commandFailed(host, title, result) {
    return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UpgradeError */ .fy(`${host}: ${title} ended with exit code ${result.code}`, {
        host,
        command: title,
        output: lastLines(`${result.stdout}\n${result.stderr}`),
    });
}
/** The last lines that are not empty. */
function lastLines(text, count = SHOWN_LINES) {
    return text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .slice(-count)
        .join('\n');
}


/***/ }),

/***/ 32149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ look)
});

// EXTERNAL MODULE: ./build/commands/apt-library.js
var apt_library = __webpack_require__(13870);
// EXTERNAL MODULE: ./build/commands/bash.js
var bash = __webpack_require__(44413);
// EXTERNAL MODULE: ./build/commands/service-library.js + 1 modules
var service_library = __webpack_require__(91622);
// EXTERNAL MODULE: ./build/shell/quote.js
var quote = __webpack_require__(48313);
;// CONCATENATED MODULE: ./build/facts/script/database.js

/** What the look script says of a database: size, shape and room. A server that does not answer is a fact like another. */
const databaseAnswers = (0,bash/* bash */.x) `answer_database() {
  local said code=0 rows
  must_be port '[0-9]{1,5}' "$2"
  said=$(ask_server "$2" "$3" 2>&1) || code=$?
  if [ "$code" != 0 ]; then
    put silent "$1" "\${said:-exit code $code}"
    return 0
  fi
  # The client may have printed warnings between the rows.
  mapfile -t rows < <(sed -n 's/^row://p' <<< "$said")
  put database "$1" "\${rows[0]}" "\${rows[2]:-}" $(free_space "\${rows[1]}")
}

ask_server() {
  PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8 PGOPTIONS='-c statement_timeout=60s' timeout 90 runuser -u postgres -- \
    psql -X -q -At -v ON_ERROR_STOP=1 -v name="$2" -p "$1" -d postgres << 'END'
select 'row:' || current_setting('server_version');
select 'row:' || current_setting('data_directory');
select 'row:' || row_to_json(shown) from (
  select d.*, pg_get_userbyid(d.datdba) as owner, pg_encoding_to_char(d.encoding) as charset,
    pg_database_size(d.oid) as size from pg_database d where d.datname = :'name') shown;
END
}
`;

;// CONCATENATED MODULE: ./build/facts/script/file.js

/**
 * What the look script says of a file that a step would place: what is there now, and how the text differs. Behind a key
 * that is bound to the script it tells only what everybody on the host may see.
 */
const fileAnswers = (0,bash/* bash */.x) `MOST_COMPARED=1048576

# ID PATH TEXT
answer_file() {
  local open=no kind=file about
  must_be 'absolute path' '/.*' "$2"
  ! is_open "$2" || open=yes
  if [ "$BOUND" = yes ] && [ "$open" = no ]; then put file "$1" hidden '' no; return 0; fi
  if [ -L "$2" ]; then kind=link; about=$(readlink -- "$2")
  elif [ ! -e "$2" ]; then kind=absent about=
  elif [ ! -f "$2" ]; then kind=other; about=$(stat -c %F -- "$2")
  elif [ "$(stat -c %s -- "$2")" -gt "$MOST_COMPARED" ]; then kind=large; about=$(stat -c %s -- "$2")
  else about=$(stat -c '%a %U %G' -- "$2"); fi
  put file "$1" "$kind" "$about" "$open"
  [ "$kind" != file ] || put_output "file $1" compare "$2" "$3"
}

compare() {
  local code=0
  printf %s "$2" | timeout 60 diff -u --label before --label after -- "$1" - || code=$?
  # Some versions end with 2 for bytes that are no text, which is no trouble.
  [ "$code" -le 2 ]
}

# May everybody on the host read it, or see that it is missing?
is_open() {
  local place mode
  if [ -f "$1" ] && [ ! -L "$1" ]; then
    mode=$(stat -c %A -- "$1")
    [ "\${mode:7:1}" = r ] || return 1
  fi
  place=$(readlink -m -- "$(dirname -- "$1")")
  while :; do
    if [ -e "$place" ]; then
      mode=$(stat -c %A -- "$place")
      case \${mode:9:1} in x | t) ;; *) return 1 ;; esac
    fi
    [ "$place" != / ] || return 0
    place=$(dirname -- "$place")
  done
}
`;

;// CONCATENATED MODULE: ./build/facts/script/host.js

/** What the look script says of the machine itself: its release and clock, room on its disks, missing tools, services. */
const hostAnswers = (0,bash/* bash */.x) `answer_host() {
  local boot
  read -r boot < /proc/sys/kernel/random/boot_id
  put host "$boot $(readlink /proc/1/ns/pid)" "$(dpkg --print-architecture)" "$INIT" "$(date +%s%N)"
  put_output os-release cat /etc/os-release
  put_output host-keys host_keys
  put_output unfinished unfinished_packages
}

host_keys() { cat -- /etc/ssh/ssh_host_*_key.pub 2> /dev/null || true; }

unfinished_packages() {
  dpkg-query -W -f='\${binary:Package} \${Status}\n' |
    { grep -vE ' [a-z]+ ok (installed|config-files|not-installed)$' || true; }
}

answer_service() {
  local pid
  service_words "$1"
  service_find "$@"
  put service "$1" "$S_EXISTS" "$S_ENABLED" "$S_RESTARTS" "$S_WORD"
  for pid in $S_PIDS; do put process "$1" "$pid" "\${P_START[$pid]}" "\${P_COMMAND[$pid]}"; done
}

# Bytes that may still be written, and the number of the file system.
free_space() {
  local path=$1 blocks size
  while [ ! -e "$path" ]; do path=$(dirname -- "$path"); done
  read -r blocks size < <(stat -f -L -c '%a %S' -- "$path")
  echo "$((blocks * size)) $(stat -L -c %d -- "$path")"
}

answer_free() { put free "$1" $(free_space "$1"); }

answer_tool() { command -v -- "$1" > /dev/null || put missing "$1"; }
`;

// EXTERNAL MODULE: ./build/commands/host-library.js
var host_library = __webpack_require__(28523);
;// CONCATENATED MODULE: ./build/facts/script/journal.js


/** What the look script says of the journal, for `parseJournal`. */
const journalAnswers = (0,bash/* bash */.x) `${host_library/* livenessLibrary */.je}
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

;// CONCATENATED MODULE: ./build/facts/script/packages.js

/**
 * What the look script says of packages: what dpkg has, what apt offers, and what apt would do to install exact
 * versions. Each look with lists of its own keeps a copy of all lists meanwhile, so a bound key has one at a time and
 * cannot fill the disk; it is the folder of apt's lists that is locked, which is no lock of apt's own and writes nothing.
 * Lists that cannot be read are a fact like another, and apt is asked nothing then; only a simulation fails without them.
 */
const packageAnswers = (0,bash/* bash */.x) `answer_packages() {
  local name unread=
  [ "\${#PACKAGES[@]}" -gt 0 ] || [ "\${#INSTALLS[@]}" -gt 0 ] || return 0
  quiet_caches
  [ "$LISTS" = system ] || own_lists
  [ -z "$unread" ] || [ "\${#INSTALLS[@]}" = 0 ] || { printf '%s\n' "$unread" >&2; exit 1; }
  [ -z "$RELEASE" ] || APT_OPTIONS+=(-o "APT::Default-Release=$RELEASE")
  if [ "\${#PACKAGES[@]}" -gt 0 ]; then
    for name in "\${PACKAGES[@]}"; do put asked "$name"; done
    put_output dpkg installed_packages "\${PACKAGES[@]}"
    if [ -n "$unread" ]; then put unread "$unread"
    else put_output policy apt-cache "\${APT_OPTIONS[@]}" policy -- "\${PACKAGES[@]}"; fi
  fi
  if [ "\${#INSTALLS[@]}" -gt 0 ]; then put_output simulation simulate_install "\${INSTALLS[@]}"; fi
}

# Sets \`unread\` to why they could not be read.
own_lists() {
  local said code=0
  if [ "$BOUND" = yes ]; then
    exec 9< /var/lib/apt/lists
    flock -w 600 9 || { unread='another look at the package lists goes on and on'; return 0; }
  fi
  temporary_lists || { unread='no folder can be made in /var/tmp: is its disk full, or read-only?'; return 0; }
  said=$( (fill_temporary_lists && update_lists) 2>&1) || code=$?
  [ "$code" = 0 ] || unread=\${said:-exit code $code}
}

# Ends 1 where dpkg never heard of one of them.
installed_packages() {
  dpkg-query -W -f='\${Package}\t\${Architecture}\t\${Status}\t\${Version}\n' -- "$@" 2> /dev/null || [ "$?" = 1 ]
}
`;

// EXTERNAL MODULE: ./build/commands/page-library.js
var page_library = __webpack_require__(54106);
;// CONCATENATED MODULE: ./build/facts/script/page.js


/**
 * What a page on the host answers. Everything that goes into the request is held to what it may be, so that a question
 * is one GET and nothing else. Behind a key that is bound to the script only the host itself is asked.
 */
const pageAnswers = (0,bash/* bash */.x) `${page_library/* pageLibrary */.Z}
# HOST PORT NAMED TARGET STATUS BODY WITHIN, then names and values of headers in turn.
answer_page() {
  local code=0 said
  must_be 'host of a page' '[A-Za-z0-9.:_-]+' "$1"
  must_be port '[1-9][0-9]{0,4}' "$2"
  must_be 'name of a host' '[][A-Za-z0-9.:_-]+' "$3"
  must_be 'path' '/[!-~]*' "$4"
  must_be status '[1-5][0-9][0-9]' "$5"
  must_be 'number of seconds' '[0-9]|[1-5][0-9]|60' "$7"
  if [ "$BOUND" = yes ] && ! is_this_host "$1"; then
    put page 126 "this key can only look, at pages of the host itself (localhost, 127.0.0.1 or ::1) and not of $1"
    return 0
  fi
  HOST=$1 PORT=$2 NAMED=$3 TARGET=$4 STATUS=$5 BODY=$6 WITHIN=$7
  HEADERS=()
  shift 7
  while [ "$#" -gt 0 ]; do take_header "$1" "$2"; shift 2; done
  said=$(await_page) || code=$?
  put page "$code" "$said"
}

# A process inherits values, and has no secret in its command line.
take_header() {
  local variable=HEALTH_HEADER_\${#HEADERS[@]}
  must_be 'name of a header' '[A-Za-z0-9!#$%&*+.^_\`|~'"'"'-]+' "$1"
  case $2 in *[$'\r\n']*) echo "the header $1 would end its line" >&2; exit 2 ;; esac
  export "$variable=$2"
  HEADERS+=("$1" "$variable")
}

is_this_host() { [[ $1 =~ ^(localhost|::1|127(\.[0-9]{1,3}){3})$ ]]; }
`;

;// CONCATENATED MODULE: ./build/facts/script/questions.js

/**
 * How the look script reads its questions and writes its answers. `put FIELD...` writes one record; `put_output NAME
 * COMMAND...` one with all that a command of the script's own prints. `read_questions` takes the input apart, and
 * refuses whatever is no question. What stands in a question is data: it is never evaluated, and whatever is counted
 * with, or given to a tool that could read it as something else, has to look as it should (`must_be`).
 */
const questionsLibrary = (0,bash/* bash */.x) `put() {
  local field line=
  for field; do
    field=\${field//\\/\\\\}
    field=\${field//|/\\p}
    field=\${field//$'\n'/\\n}
    line="$line\${field//$'\r'/\\r}|"
  done
  printf '%s\n' "\${line%|}"
}

put_output() {
  local name=$1 encoded
  shift
  encoded=$("$@" < /dev/null | base64 -w 0)
  put output "$name" "$encoded"
}

must_be() {
  [[ $3 =~ ^($2)$ ]] || { printf 'the question has no %s: %q\n' "$1" "\${3:0:200}" >&2; exit 2; }
}

# Sets FIELDS. No here-string: it would lie in a file of /tmp for a moment, and a field may be a secret.
split() {
  local rest="$1|" field
  FIELDS=()
  while [ -n "$rest" ]; do
    printf -v field %b "\${rest%%|*}"
    FIELDS+=("$field")
    rest=\${rest#*|}
  done
}

MOST_QUESTIONS=2000

read_questions() {
  local line count=0
  QUESTIONS=() PACKAGES=() INSTALLS=() COMPLETE=no LISTS=system RELEASE= HOST=no
  while IFS= read -r line; do
    count=$((count + 1))
    [ "$count" -le "$MOST_QUESTIONS" ] || { echo "more than $MOST_QUESTIONS questions" >&2; exit 2; }
    case "\${line%%|*}" in
      end) COMPLETE=yes ;;
      host) HOST=yes ;;
      lists | release | package | install) split "$line"; read_apt_question "\${FIELDS[@]:1}" ;;
      service | free | tool | database | journal | schema | page | file) QUESTIONS+=("$line") ;;
      *) printf 'not a question: %q\n' "\${line:0:200}" >&2; exit 2 ;;
    esac
  done
  [ "$COMPLETE" = yes ] || { echo 'the questions are not complete' >&2; exit 2; }
}

read_apt_question() {
  local package='[A-Za-z0-9][A-Za-z0-9+.-]*(:[a-z0-9-]+)?'
  case "\${FIELDS[0]}" in
    lists) must_be 'kind of lists' 'temporary|system' "\${1-}"; LISTS=$1 ;;
    release) must_be release '[A-Za-z0-9][A-Za-z0-9./_~+-]*' "\${1-}"; RELEASE=$1 ;;
    package) must_be 'package' "$package" "\${1-}"; PACKAGES+=("$1") ;;
    install)
      must_be package "$package" "\${1-}"
      must_be version '[A-Za-z0-9][A-Za-z0-9.+:~-]*' "\${2-}"
      INSTALLS+=("$1=$2")
      ;;
  esac
}
`;

;// CONCATENATED MODULE: ./build/facts/script/schema.js

/**
 * What the look script says of a database's schema: it runs the plan's command, the only thing in a question that is
 * ever run. Behind a key that is bound to the script it does so only when a file on the host, root's own, has the very
 * same text as one of its lines.
 */
const schemaAnswers = (0,bash/* bash */.x) `SCHEMAS=/etc/synnefo-upgrade/schemas

answer_schema() {
  local code=0 said
  if [ "$BOUND" = yes ] && ! said=$(why_not "$1"); then
    put ended 126 "$said"
    return 0
  fi
  printf 'output|schema|'
  exec 8>&1
  # What it prints goes straight into the answer, its complaints into a variable: no file is written.
  said=$(exec 7>&1
    bash --norc -c "$1" < /dev/null 2>&7 7>&- 8>&- | base64 -w 0 >&8
    exit "\${PIPESTATUS[0]}") || code=$?
  printf '\n'
  [ "\${#said}" -le 4096 ] || said=\${said: -4096}
  put ended "$code" "$said"
}

why_not() {
  local place
  for place in "\${SCHEMAS%/*}" "$SCHEMAS"; do
    [ ! -e "$place" ] || is_roots_own "$place" || { echo "$place on the host is not root's alone to write"; return 1; }
  done
  if [ -f "$SCHEMAS" ] && grep -qxF -e "$1" -- "$SCHEMAS"; then case $1 in *$'\n'*) ;; *) return 0 ;; esac; fi
  printf 'this key can only look, and its host does not list the command. Add it there as a line of %s:\n%s\n' \
    "$SCHEMAS" "$1"
  return 1
}

is_roots_own() {
  local owner mode
  read -r owner mode < <(stat -L -c '%u %A' -- "$1")
  case "$owner $mode" in 0\ ?????w* | 0\ ????????w*) return 1 ;; 0\ *) return 0 ;; *) return 1 ;; esac
}
`;

;// CONCATENATED MODULE: ./build/facts/script/index.js












/** By this line alone a host tells another version of the script from any other script. */
const LOOK_HEADING = '# The look script of synnefo-upgrade: it reads, and changes nothing.';
/** The script's argument where nothing binds its caller to it. */
const UNBOUND = 'unbound';
/**
 * The one script that looks at a host. It is the same text always; `../look.ts` writes its input. The answer has one
 * record a line, fields parted by bars; inside a field `\\\\`, `\\p`, `\\n` and `\\r` stand for backslash, bar, newline and
 * carriage return, and the whole output of a tool travels as base64, so that nothing that a host says can pass for a
 * record. The last line is `end`.
 *
 * A key can be bound to it (docs/look-only-key.md). Then the host itself starts it, without an argument, and it runs
 * no command of its caller's; so it is whenever it has not been told otherwise.
 */
const lookScript = (0,bash/* bash */.x) `${new quote/* Shell */.$(LOOK_HEADING)}
${bash/* strict */.O}BOUND=yes
[ "\${1-}" != ${new quote/* Shell */.$(UNBOUND)} ] || BOUND=no
${questionsLibrary}${service_library/* serviceLibrary */.n}${apt_library/* aptLibrary */.F}${hostAnswers}${packageAnswers}${databaseAnswers}${journalAnswers}${schemaAnswers}${pageAnswers}${fileAnswers}
answer() {
  local wanted=1
  split "$1"
  set -- "\${FIELDS[@]:1}"
  case \${FIELDS[0]} in
    service) wanted=5 ;;
    database | file) wanted=3 ;;
    page) wanted=$(($# > 7 ? 7 + ($# - 7) / 2 * 2 : 7)) ;;
  esac
  [ "$#" = "$wanted" ] || { echo "the question about a \${FIELDS[0]} has $# fields instead of $wanted" >&2; exit 2; }
  "answer_\${FIELDS[0]}" "$@"
}

main() {
  local question
  read_questions
  find_init
  [ "$HOST" = no ] || answer_host
  answer_packages
  case " \${QUESTIONS[*]-}" in *' service|'*) scan_processes ;; esac
  for question in \${QUESTIONS[@]+"\${QUESTIONS[@]}"}; do answer "$question"; done
  put end "$(date +%s%N)"
}
main
`;

;// CONCATENATED MODULE: ./build/facts/look.js

/**
 * Asks a host in one round trip, and changes nothing there. The script is one fixed text and the questions are its
 * input, so that a key can be bound to it. Exit code 0 goes with a complete answer, for `readRecords`. Without any
 * question it shows that we can log in and look.
 */
function look(title, questions = []) {
    const input = [...questions, ['end']].map((fields) => `${fields.map(encodeField).join('|')}\n`).join('');
    return { title, script: lookScript.text, args: [UNBOUND], input };
}
/** Written so that bash's `printf %b` gives the very bytes back and no field can end a field or a line. */
function encodeField(field) {
    if (field.includes('\0')) {
        throw new RangeError('a NUL byte cannot be passed to a shell');
    }
    return field
        .replaceAll('\\', '\\\\')
        .replaceAll('|', '\\x7c')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r');
}


/***/ }),

/***/ 6813:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ blocks),
/* harmony export */   EU: () => (/* binding */ fence),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details),
/* harmony export */   zW: () => (/* binding */ commandFence)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34902);
/* harmony import */ var _plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95263);
/* harmony import */ var _units_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15088);



/** Rows that a table has at most; the rest is counted. */
const MOST_ROWS = 200;
/** Items that a list has at most. */
const MOST_ITEMS = 100;
/** Blocks below each other; empty ones leave no trace. */
function blocks(...parts) {
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .join */ .fj)(parts.filter((part) => part !== null && part.text !== ''), '\n\n');
}
/** A table; no cell may hold a line end. Empty without rows. */
function table(headings, rows) {
    if (rows.length === 0) {
        return new _markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .Markdown */ .oz('');
    }
    const rest = rows.length - MOST_ROWS;
    const shown = rest > 0 ? rows.slice(0, MOST_ROWS) : rows;
    const lines = [
        headings.map((heading) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `${heading}`),
        headings.map(() => new _markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .Markdown */ .oz('---')),
        ...shown,
    ];
    return blocks((0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .join */ .fj)(lines.map(row), '\n'), rest > 0 ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `... and ${(0,_units_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(rest, 'more row')}, which the output ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)('report')} has.` : null);
}
function row(cells) {
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `| ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .join */ .fj)(cells, ' | ')} |`;
}
/** A list; no item may hold a line end. */
function list(items) {
    const rest = items.length - MOST_ITEMS;
    const shown = rest > 0 ? [...items.slice(0, MOST_ITEMS), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `... and ${rest} more`] : items;
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .join */ .fj)(shown.map((item) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `- ${item}`), '\n');
}
/** Untrusted text line by line, in a fence that nothing in it ends. Empty without lines. */
function fence(text, options = {}) {
    const { language = 'text', most = 400, keep = 'first' } = options;
    const lines = (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .linesOf */ .Dx)(text);
    const shown = keep === 'first' ? lines.slice(0, most) : lines.slice(-most);
    const note = `The ${keep} ${most} of ${(0,_units_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(lines.length, 'line')}:`;
    return blocks(lines.length > most ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `${note}` : null, fenced(shown, language));
}
/** Commands to be copied, in a fence: all of them, unchanged. Where that can't be, words say so. */
function commandFence(commands) {
    return blocks((0,_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .losesCharacters */ .fN)(commands)
        ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `**These commands hold characters that can't be shown and were left out: don't copy them, take those of the output ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)('report')}.**`
        : null, fenced((0,_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .commandLines */ .Zm)(commands), 'sh'));
}
/** The fence is longer than any run of backticks in the lines. */
function fenced(lines, language) {
    const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
    const ticks = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run + 1), 3));
    return new _markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .Markdown */ .oz(lines.length === 0 ? '' : `${ticks}${language}\n${lines.join('\n')}\n${ticks}`);
}
/** A part that opens on a click. The title stands in HTML, where `prose` and `code` are right and `**` is not. */
function details(title, ...parts) {
    const body = blocks(...parts);
    return body.text === ''
        ? body
        : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__.md) `<details><summary>${title}</summary>${new _markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .Markdown */ .oz('\n\n')}${body}${new _markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .Markdown */ .oz('\n\n')}</details>`;
}


/***/ }),

/***/ 34902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   fj: () => (/* binding */ join),
/* harmony export */   ko: () => (/* binding */ strong),
/* harmony export */   md: () => (/* binding */ md),
/* harmony export */   oz: () => (/* binding */ Markdown)
/* harmony export */ });
/* harmony import */ var _plain_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95263);

/**
 * Markdown (GitHub's) that may stand in the summary as it is. Everything else becomes it by `prose` or `code`, which
 * leave no character that could be markup, so that a host or a file can't write headings, links or images.
 */
class Markdown {
    text;
    constructor(text) {
        this.text = text;
    }
    toString() {
        return this.text;
    }
}
/** Builds Markdown: `md\`**Host**: ${name}\``. A string becomes prose; only `Markdown` stands as it is. */
function md(strings, ...values) {
    const rest = strings.slice(1).map((part, index) => render(values[index] ?? '') + part);
    return new Markdown([strings[0], ...rest].join(''));
}
function render(value) {
    return value instanceof Markdown ? value.text : prose(String(value)).text;
}
/** Several pieces with the same Markdown between them. */
function join(parts, separator) {
    return new Markdown(parts.map(({ text }) => text).join(separator));
}
/** Words that GitHub itself turns into something: mentions, addresses, issues, commits, emoji, formulas. */
const ACTIVE = /[@#$]|:.|www\.|\b[0-9a-f]{7,}\b|^GH-\d/iu;
/**
 * Untrusted text as one line of plain words. What stands between backticks is set as code, and so is what GitHub would
 * make a link of, since it leaves code alone.
 */
function prose(text, longest = 1000) {
    const [first = '', ...rest] = (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text, longest).split(/`([^`]+)`/);
    const parts = rest.map((part, index) => (index % 2 === 0 ? code(part).text : words(part)));
    return new Markdown([words(first), ...parts].join(''));
}
function words(text) {
    return text
        .split(' ')
        .map((word) => (ACTIVE.test(word) ? code(word).text : neutral(word)))
        .join(' ');
}
/** Untrusted text in bold. Stars around nothing would be a rule across the page. */
function strong(text) {
    const inner = prose(text);
    return new Markdown(inner.text === '' ? '(empty)' : `**${inner.text}**`);
}
/** Untrusted text in fixed width, on one line. */
function code(text, longest = 400) {
    const line = (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text, longest);
    return new Markdown(line === '' ? '(empty)' : `<code>${neutral(line).replaceAll(':', '&#58;')}</code>`);
}
/**
 * Entities are never markup, neither in Markdown nor in HTML, nor do they end a table's cell. Dots, dashes and
 * brackets only mean something at the beginning, where they would make a list or a rule.
 */
function neutral(text) {
    return (text
        .replace(/[!"#$&'*+<=>@[\\\]^_`{|}~]|(?<=www)\.|^-|(?<=^\d+)[.)](?=$|\s)/gi, entity)
        // An address is recognised after entities were read, but not across a tag.
        .replaceAll('&#64;', '<wbr>&#64;<wbr>'));
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}


/***/ }),

/***/ 15088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   ZV: () => (/* binding */ formatNumber),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   fU: () => (/* binding */ formatTime),
/* harmony export */   z3: () => (/* binding */ formatBytes),
/* harmony export */   zN: () => (/* binding */ some)
/* harmony export */ });
const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
/** `1.4 MB`: decimal units, three digits that count. */
function formatBytes(bytes) {
    if (!Number.isFinite(bytes) || bytes < 0) {
        return 'unknown size';
    }
    const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), SIZES.length - 1);
    const value = bytes / 1000 ** power;
    const digits = power === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return `${value.toFixed(digits)} ${SIZES[power]}`;
}
/** `0.4 s`, `12.3 s`, `2 min 5 s`, `1 h 2 min`. */
function formatDuration(seconds) {
    if (!Number.isFinite(seconds) || seconds < 0) {
        return 'unknown';
    }
    if (seconds < 59.95) {
        return `${seconds.toFixed(1)} s`;
    }
    const whole = Math.round(seconds);
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}
/** `2026-11-23T17:59:55Z`. @param milliseconds since 1970 */
function formatTime(milliseconds) {
    const time = new Date(milliseconds);
    return Number.isNaN(time.getTime()) ? 'unknown' : time.toISOString().replace(/\.\d+Z$/, 'Z');
}
/** `1,234,567`. */
function formatNumber(value) {
    return Number.isFinite(value) ? value.toLocaleString('en-US') : 'unknown';
}
/** `1 package`, `2 packages`. */
function count(number, thing, things = `${thing}s`) {
    return `${formatNumber(number)} ${number === 1 ? thing : things}`;
}
/** The first names and how many more there are: `a, b and 3 more`. */
function some(names, most = 8) {
    const rest = names.length - most;
    return rest <= 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${rest} more`;
}


/***/ }),

/***/ 48313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ Shell),
/* harmony export */   h: () => (/* binding */ quote),
/* harmony export */   sh: () => (/* binding */ sh)
/* harmony export */ });
/** A piece of shell text that is already safe to stand in a script as it is. */
class Shell {
    text;
    constructor(text) {
        this.text = text;
    }
    toString() {
        return this.text;
    }
}
/**
 * Quotes one argument for bash and every POSIX shell. (Where a command stands, `A=1` and `if` mean something else.)
 * @throws RangeError for a NUL byte, which no argument can hold
 */
function quote(word) {
    if (word.includes('\0')) {
        throw new RangeError('a NUL byte cannot be passed to a shell');
    }
    return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) && !word.startsWith('-') && !word.startsWith('=')
        ? word
        : `'${word.replaceAll("'", "'\\''")}'`;
}
/**
 * Builds shell text: `sh\`systemctl stop ${name}\``. A string becomes one quoted word, a list several,
 * a number digits; only `Shell` stands as it is.
 */
function sh(strings, ...values) {
    const rest = strings.raw.slice(1).map((part, index) => render(values[index] ?? '') + part);
    return new Shell([strings.raw[0], ...rest].join(''));
}
function render(value) {
    if (value instanceof Shell) {
        return value.text;
    }
    if (typeof value === 'object') {
        return value.map(quote).join(' ');
    }
    return typeof value === 'number' ? String(value) : quote(value);
}


/***/ }),

/***/ 64341:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ Secret)
/* harmony export */ });
/** A value that must not be seen: it prints as stars wherever it is turned into text by accident. */
class Secret {
    #value;
    name;
    /** @param name how people know it (the variable's name); never the value */
    constructor(name, value) {
        this.name = name;
        this.#value = value;
    }
    /** The value itself, for the one place that sends it. */
    reveal() {
        return this.#value;
    }
    toString() {
        return '***';
    }
    toJSON() {
        return '***';
    }
}


/***/ })

};
