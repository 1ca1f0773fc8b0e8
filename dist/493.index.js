const __filename = import.meta.filename;
const __dirname = import.meta.dirname;
export const id = 493;
export const ids = [493];
export const modules = {

/***/ 85292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ finish),
  f: () => (/* binding */ tellLockStays)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(33838);
// EXTERNAL MODULE: ./build/domain/errors.js
var errors = __webpack_require__(56046);
// EXTERNAL MODULE: ./build/report/blocks.js
var blocks = __webpack_require__(6813);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(34902);
// EXTERNAL MODULE: ./build/report/units.js
var units = __webpack_require__(15088);
;// CONCATENATED MODULE: ./build/report/outage.js



/** How long the outage was, in a few plain words; by the journal, and as it was seen where somebody asked. */
function outageWords({ outage, outageSeconds, probe }) {
    if (outageSeconds === null) {
        return outage === null ? 'is not known' : 'is not over';
    }
    const seen = probe?.seconds ?? null;
    return `was ${(0,units/* formatDuration */.a3)(outageSeconds)}${seen === null ? '' : ` (${(0,units/* formatDuration */.a3)(seen)} as the services were seen)`}`;
}
/** What the services answered while it ran: on a click where all of them do as before, else open. */
function probed({ probe }) {
    if (probe === null || probe.checks.length === 0) {
        return (0,markdown.md) ``;
    }
    const rows = (0,blocks/* table */.tp)(['Service', 'Before', 'First bad answer', 'Good again', 'Away', 'Not asked'], probe.checks.map(row));
    const before = probe.checks.filter((check) => check.before === 'bad');
    const after = probe.checks.filter(({ bad, goodAgain }) => bad !== null && goodAgain === null);
    return before.length + after.length === 0
        ? (0,blocks/* details */.zH)((0,markdown.md) `What the services answered meanwhile, asked every half second`, rows)
        : (0,blocks/* blocks */.Bv)((0,markdown.md) `### What the services answered`, (0,markdown/* join */.fj)([
            (0,markdown.md) `Asked every half second.`,
            ...named('Not good before', before),
            ...named('Not good at the end', after),
        ], ' '), rows);
}
function named(what, checks) {
    const names = checks.map(({ role, host }) => `${role} on ${host}`);
    return names.length === 0 ? [] : [(0,markdown.md) `${what}: ${(0,units/* some */.zN)(names)}.`];
}
function row({ host, role, http, before, bad, goodAgain, gaps }) {
    return [
        (0,markdown.md) `${role} on ${host}: ${(0,markdown/* code */.aY)(http)}`,
        (0,markdown.md) `${before}`,
        bad === null ? (0,markdown.md) `none` : (0,markdown/* code */.aY)((0,units/* formatTime */.fU)(bad)),
        goodAgain === null ? (bad === null ? (0,markdown.md) `` : (0,markdown.md) `**no**`) : (0,markdown/* code */.aY)((0,units/* formatTime */.fU)(goodAgain)),
        bad === null || goodAgain === null ? (0,markdown.md) `` : (0,markdown.md) `${(0,units/* formatDuration */.a3)((goodAgain - bad) / 1000)}`,
        (0,markdown/* join */.fj)(gaps.map(({ from, to }) => (0,markdown.md) `${(0,markdown/* code */.aY)((0,units/* formatTime */.fU)(from))} to ${(0,markdown/* code */.aY)((0,units/* formatTime */.fU)(to))}`), '<br>'),
    ];
}

;// CONCATENATED MODULE: ./build/report/version-groups.js
/** Real changes only, the same change on several hosts once, in the order in which they came. */
function groupVersions(changes) {
    const real = changes.filter(({ from, to }) => from !== to);
    const groups = Map.groupBy(real, ({ package: name, from, to }) => JSON.stringify([name, from, to]));
    return [...groups.values()].flatMap((group) => {
        const [first] = group;
        return first === undefined
            ? []
            : [
                {
                    package: first.package,
                    from: first.from,
                    to: first.to,
                    hosts: unique(group.map(({ host }) => host)),
                },
            ];
    });
}
/** How many packages change, and on how many hosts. */
function countVersions(changes) {
    const groups = groupVersions(changes);
    return {
        packages: unique(groups.map((group) => group.package)).length,
        hosts: unique(groups.flatMap(({ hosts }) => hosts)).length,
    };
}
function unique(names) {
    return [...new Set(names)];
}

;// CONCATENATED MODULE: ./build/report/outcome.js



/** The outcome in one or two words with its sign, for a heading. */
const OUTCOME_TITLES = {
    planned: '📋 dry run',
    unchanged: '✅ nothing to do',
    done: '✅ done',
    finished: '✅ upgraded',
    refused: '🛑 refused',
    abandoned: '❌ abandoned',
    unfinished: '❌ unfinished',
    cancelled: '⚠️ cancelled',
};
/** What happened, in one sentence of plain text. */
function outcomeSentence(report) {
    switch (report.outcome) {
        case 'planned':
            return report.upgrade === null
                ? `This is what the upgrade would do: ${plannedWork(report)}. Nothing was changed.`
                : `This is what remains of the unfinished upgrade: ${plannedSteps(report)}. Nothing was changed.`;
        case 'unchanged':
            return 'Everything is at its version already and no migration is pending; nothing was changed.';
        case 'done':
            return `${report.part ?? 'What the limit names'} is done. ${report.next === null ? 'The upgrade is not at its end.' : `Next comes ${report.next}.`}`;
        case 'finished':
            return `The upgrade is finished and verified: ${doneWork(report)}.`;
        case 'refused':
            return 'The upgrade was refused, and this run changed nothing.';
        case 'abandoned':
            return 'The upgrade failed before the first package was touched; what was stopped runs again.';
        case 'unfinished':
            return `The upgrade failed on its way and is unfinished${stillOut(report)}.`;
        case 'cancelled':
            return `The run was cancelled${stillOut(report)}.`;
    }
}
function stillOut({ outage }) {
    return outage !== null && outage.ended === null ? '; the outage is not over' : '';
}
function plannedWork(report) {
    const { packages } = countVersions(report.versions);
    return `${plannedSteps(report)}, ${(0,units/* count */.U9)(packages, 'package')} to change`;
}
function plannedSteps({ planned }) {
    const hosts = new Set(planned.map(({ host }) => host)).size;
    return `${(0,units/* count */.U9)(planned.length, 'step')} on ${(0,units/* count */.U9)(hosts, 'host')}`;
}
function doneWork(report) {
    const { packages, hosts } = countVersions(report.versions);
    return `${(0,units/* count */.U9)(packages, 'package')} changed on ${(0,units/* count */.U9)(hosts, 'host')}, and the outage ${outageWords(report)}`;
}
/** What state things are in after a run that did not reach its end; what the failure itself says comes first. */
function stateOf(report) {
    const said = report.failure?.state ?? '';
    return [said, ...(said !== '' && report.outcome === 'refused' ? [] : [stateAfter(report)])].filter((text) => text !== '');
}
function stateAfter({ outcome, upgrade, steps }) {
    const it = upgrade === null ? 'The upgrade' : `The upgrade ${upgrade}`;
    switch (outcome) {
        case 'refused':
            return 'This run changed nothing.';
        case 'abandoned':
            return `${it} is over: no package and no row was touched, and what was stopped was started again.`;
        case 'unfinished':
            return `${it} is unfinished, and the hosts remember what was done. ${steps.some(({ phase }) => phase === 'start-services')
                ? 'It came as far as starting the services again.'
                : 'What was stopped stays stopped until it goes on.'}`;
        case 'cancelled':
            return upgrade === null
                ? 'No upgrade was begun by this run.'
                : `${it} is unfinished, and the hosts remember what was done. A cancelled run starts nothing: what was stopped stays stopped.`;
        default:
            return '';
    }
}
/** What to do after a run that did not reach its end. */
function nextOf({ outcome, failure }) {
    const said = failure?.next ?? '';
    return said !== '' ? said : nextAfter(outcome);
}
function nextAfter(outcome) {
    switch (outcome) {
        case 'refused':
        case 'abandoned':
            return 'Mend what is named above, and run the same again: it begins anew.';
        case 'unfinished':
            return 'Mend what is named above, and run the same again: it goes on where this run stopped.';
        case 'cancelled':
            return 'Run the same again: it goes on where this run stopped.';
        default:
            return '';
    }
}
/** What failed, with the state and the advice that the outcome adds where the failure itself says nothing. */
function toldFailure(report) {
    return report.failure && { ...report.failure, state: stateOf(report).join(' '), next: nextOf(report) };
}
/** Did the run end on its way, so that a person has to do something? */
function isTroubled({ outcome, failure }) {
    return failure !== null || !['planned', 'unchanged', 'done', 'finished'].includes(outcome);
}
/** Does the report show something that can be approved? */
function isPlan({ outcome, digest }) {
    return digest !== null && (outcome === 'planned' || outcome === 'unchanged');
}

;// CONCATENATED MODULE: ./build/report/outlook.js



/** What an upgrade would meet: databases with what their dumps cost, free disk, and what cannot be undone. */
function outlook({ outlook: found }) {
    return found === null
        ? (0,markdown.md) ``
        : (0,blocks/* blocks */.Bv)(found.databases.length === 0 ? null : (0,markdown.md) `### Databases`, (0,blocks/* table */.tp)(['Database', 'Size', 'Dump, about', 'Takes, about'], found.databases.map(({ name, host, sizeBytes, dumpBytes, dumpSeconds }) => [
            (0,markdown.md) `${(0,markdown/* code */.aY)(name)} on ${host}`,
            (0,markdown.md) `${(0,units/* formatBytes */.z3)(sizeBytes)}`,
            (0,markdown.md) `${(0,units/* formatBytes */.z3)(dumpBytes)}`,
            (0,markdown.md) `${(0,units/* formatDuration */.a3)(dumpSeconds)}`,
        ])), found.disks.length === 0 ? null : (0,markdown.md) `### Free disk`, (0,blocks/* table */.tp)(['Host', 'Disk of', 'Free', 'Needed'], found.disks.map((disk) => [
            (0,markdown.md) `${disk.host}`,
            (0,markdown/* code */.aY)(disk.folders.join(', ')),
            (0,markdown.md) `${(0,units/* formatBytes */.z3)(disk.freeBytes)}`,
            needed(disk),
        ])), found.irreversible.length === 0 ? null : (0,markdown.md) `### What cannot be undone`, (0,blocks/* list */.p_)(found.irreversible.map((line) => (0,markdown.md) `${line}`)));
}
function needed({ freeBytes, needBytes, estimated }) {
    const bytes = `${estimated ? 'about ' : ''}${(0,units/* formatBytes */.z3)(needBytes)}`;
    return freeBytes < needBytes ? (0,markdown.md) `**${bytes}**` : (0,markdown.md) `${bytes}`;
}
/** The same in plain lines, for a log. */
function outlookLines({ outlook: found }) {
    return found === null
        ? []
        : [
            ...found.databases.map(({ name, host, sizeBytes, dumpSeconds }) => `${name} on ${host}: ${(0,units/* formatBytes */.z3)(sizeBytes)}, its dump takes about ${(0,units/* formatDuration */.a3)(dumpSeconds)}`),
            ...found.irreversible,
        ];
}

// EXTERNAL MODULE: ./build/report/plain-text.js
var plain_text = __webpack_require__(95263);
;// CONCATENATED MODULE: ./build/report/restoring.js




/** The commands that restore each dump by hand, a section each, for a run that went wrong. */
function restoring(report) {
    if (!mayNeedRestoring(report) || report.dumps.length + report.globals.length === 0) {
        return [];
    }
    const intro = (0,blocks/* blocks */.Bv)((0,markdown.md) `### Restoring a database by hand`, (0,markdown.md) `As root on the database's host, while everything that uses the database is down. Needed only where the words above say so, or to go back.`);
    return [
        { name: 'the words about restoring', weight: 'vital', body: intro },
        ...byUse(report.dumps).map((dump) => ({ name: 'commands that restore dumps', weight: 'vital', body: commands(dump) })),
        ...report.globals.map((globals) => ({
            name: 'commands that restore roles',
            weight: 'useful',
            body: commandsOfGlobals(globals),
        })),
    ];
}
/** An upgrade that touched nothing, or is over, has nothing to restore: the commands would only do harm. */
function mayNeedRestoring(report) {
    return isTroubled(report) && report.outcome !== 'refused' && report.outcome !== 'abandoned';
}
/** The dumps that a person needs first come first: `before`, and of those the newest generation. */
function byUse(dumps) {
    const later = (dump) => (dump.point === 'before' ? 0 : 1);
    return dumps.toSorted((a, b) => later(a) - later(b) || (a.key === b.key ? b.generation - a.generation : 0));
}
/** `before`, or `before, generation 2`. */
function pointOf({ point, generation }) {
    return generation === 1 ? point : `${point}, generation ${generation}`;
}
function commands(dump) {
    const title = (0,markdown.md) `Restore ${(0,markdown/* code */.aY)(dump.name)} on ${(0,markdown/* code */.aY)(dump.host)} from its dump <b>${pointOf(dump)}</b>, taken at ${(0,markdown/* code */.aY)((0,units/* formatTime */.fU)(dump.takenAt))}`;
    return (0,blocks/* details */.zH)(title, (0,blocks/* commandFence */.zW)(dump.restore));
}
function commandsOfGlobals({ host, port, takenAt, restore }) {
    const title = (0,markdown.md) `Restore the roles and grants of the server on port ${(0,markdown/* code */.aY)(String(port))} of ${(0,markdown/* code */.aY)(host)}, as they were at ${(0,markdown/* code */.aY)((0,units/* formatTime */.fU)(takenAt))}`;
    return (0,blocks/* details */.zH)(title, (0,blocks/* commandFence */.zW)(restore));
}

;// CONCATENATED MODULE: ./build/report/console.js








/** Lines of a failed command's output: the log above has more. */
const OUTPUT_LINES = 10;
/** The plain lines that a log ends with; no Markdown, no control characters. */
function renderConsole(report) {
    return [
        `${(0,plain_text/* oneLine */.TN)(report.plan)}: ${outcomeSentence(report)}`,
        ...(isPlan(report) ? [(0,plain_text/* oneLine */.TN)(`Digest of this plan: ${report.digest}`)] : []),
        ...titled(report.outcome === 'finished' ? 'Versions:' : 'Planned versions:', versions(report)),
        ...titled('Steps:', planned(report)),
        ...titled('To know before:', outlookLines(report).map((line) => (0,plain_text/* oneLine */.TN)(line))),
        ...titled('Dumps:', report.dumps.map(dump)),
        ...titled('To look at:', toLookAt(report)),
        ...titled('Notes:', report.notes.map((note) => (0,plain_text/* oneLine */.TN)(note))),
        ...(report.outage === null && report.outageSeconds === null ? [] : [`The outage ${outageWords(report)}`]),
        // What to do comes last, where the log ends.
        ...(mayNeedRestoring(report) ? console_restoring(report) : []),
        ...(isTroubled(report) ? trouble(report) : []),
    ];
}
function titled(title, lines) {
    return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
function versions(report) {
    return groupVersions(report.versions).map(({ package: name, from, to, hosts }) => (0,plain_text/* oneLine */.TN)(`${name} ${from ?? '(new)'} -> ${to} on ${(0,units/* some */.zN)(hosts)}`));
}
function planned({ planned: steps }) {
    return steps.flatMap(({ phase, host, title, commands }) => [
        (0,plain_text/* oneLine */.TN)(`${phase}: ${host}: ${title}`),
        ...commands.flatMap((command) => (0,plain_text/* linesOf */.Dx)(command)).map((line) => `    ${line}`),
    ]);
}
function dump(dump) {
    const { name, host, rows, bytes, sha256, stored, hostCopy, encrypted } = dump;
    const places = [
        ...(stored === null
            ? []
            : [`${stored.path ?? `artifact ${stored.name}`}${encrypted ? ' (encrypted)' : ''}`]),
        ...(hostCopy === null ? [] : [`${host}:${hostCopy}`]),
    ];
    return (0,plain_text/* oneLine */.TN)(`${name} (${pointOf(dump)}): ${rows === null ? '' : `${(0,units/* formatNumber */.ZV)(rows)} rows, `}${(0,units/* formatBytes */.z3)(bytes)}, sha256 ${sha256.slice(0, 12)}; ${places.join(', ')}`);
}
function toLookAt({ settings }) {
    return settings.flatMap(({ host, keptBack, changed, added, gone, diff }) => [
        ...keptBack.map((file) => (0,plain_text/* oneLine */.TN)(`${host}:${file}: laid beside your edited file`)),
        ...(changed.length + added.length + gone.length === 0
            ? []
            : [
                (0,plain_text/* oneLine */.TN)(`${host}: in /etc ${changed.length} changed, ${added.length} new, ${gone.length} gone: ${diff}`),
            ]),
    ]);
}
function trouble(report) {
    const { failure, outcome } = report;
    return [
        ...titled(outcome === 'cancelled' ? 'Where it was stopped:' : 'What failed:', (0,plain_text/* linesOf */.Dx)(failure?.what ?? '')),
        ...titled('Mistakes:', (failure?.mistakes ?? []).map((mistake) => (0,plain_text/* oneLine */.TN)((0,errors/* formatMistake */._P)(mistake)))),
        ...titled('On the host:', (0,plain_text/* linesOf */.Dx)(failure?.host ?? '')),
        ...titled('Command:', (0,plain_text/* linesOf */.Dx)(failure?.command ?? '')),
        ...titled('It printed last:', (0,plain_text/* lastLines */.w$)(failure?.output ?? '', OUTPUT_LINES)),
        ...titled('State:', stateOf(report).flatMap((text) => (0,plain_text/* linesOf */.Dx)(text))),
        ...titled('What to do next:', (0,plain_text/* linesOf */.Dx)(nextOf(report))),
    ];
}
/**
 * The commands for the dump of each database that a person would restore. Not indented: the end of a here-document
 * must stand at the beginning of its line.
 */
function console_restoring({ dumps }) {
    const first = byUse(dumps).filter(({ key, point }, index, all) => point === 'before' && all.findIndex((other) => other.key === key) === index);
    return first.flatMap((one) => [
        (0,plain_text/* oneLine */.TN)(`To restore ${one.name} from its dump ${pointOf(one)}, as root on ${one.host}, while all that uses it is down:`),
        ...((0,plain_text/* losesCharacters */.fN)(one.restore)
            ? ['(These hold characters that cannot be shown: take those of the output report.)']
            : []),
        ...(0,plain_text/* commandLines */.Zm)(one.restore),
        '',
    ]);
}

// EXTERNAL MODULE: ./build/report/failure.js + 1 modules
var report_failure = __webpack_require__(59308);
;// CONCATENATED MODULE: ./build/report/lock-stays.js


/** What a job's summary says at its end when steps of a run that is over still run, so that its lock stays. */
function renderLockStays(steps) {
    // Below whatever a main step of the same file wrote.
    return `\n${(0,blocks/* blocks */.Bv)((0,markdown.md) `### The lock stays`, (0,markdown.md) `These steps still run on their hosts, so the lock of this run was not given back:`, (0,blocks/* list */.p_)(steps.map((step) => (0,markdown.md) `${(0,markdown/* code */.aY)(step)}`)), (0,markdown.md) `Run this run again: its next attempt follows them to their end and goes on. Another run is refused meanwhile.`).text}\n`;
}

// EXTERNAL MODULE: ./build/report/mask-report.js
var mask_report = __webpack_require__(56726);
;// CONCATENATED MODULE: ./build/report/link.js

/**
 * An artifact, as a link where its address is a page of an artifact on this very GitHub: the address comes out of a
 * host's journal, and a host must not choose where people click. Elsewhere its name.
 */
function artifactLink({ name, url = '' }, server) {
    return isArtifactPage(url, server)
        ? new markdown/* Markdown */.oz(`<a href="${url}">artifact</a>`)
        : (0,markdown.md) `artifact ${(0,markdown/* code */.aY)(name)}`;
}
function isArtifactPage(url, server) {
    const path = url.startsWith(`${server}/`) ? url.slice(server.length + 1) : '';
    return (/^https?:\/\/[\w.:-]+$/.test(server) &&
        /^[\w.-]+\/[\w.-]+\/actions\/runs\/\d+\/artifacts\/\d+$/.test(path));
}

;// CONCATENATED MODULE: ./build/report/dumps.js





/** PostgreSQL's own. */
const USUAL_PORT = 5432;
/** What was dumped and where it lies; the whole hashes on a click. @param server GitHub's address, for links */
function dumps({ dumps: all, globals }, server) {
    if (all.length === 0 && globals.length === 0) {
        return (0,markdown.md) ``;
    }
    const rows = [
        ...all.map((dump) => dumpRow(dump, server)),
        ...globals.map((record) => globalsRow(record, server)),
    ];
    return (0,blocks/* blocks */.Bv)((0,markdown.md) `### Dumps`, (0,blocks/* table */.tp)(['Database', 'Point', 'Rows', 'Size', 'SHA-256', 'Where it lies'], rows), (0,markdown.md) `Each one is proved: its hash is the same on the host and on the runner, every archive was read to its end, and a copy of it lasts.`, (0,blocks/* details */.zH)((0,markdown.md) `Whole names, hashes and times`, wholeNames(all, globals)));
}
function dumpRow(dump, server) {
    const { name, host, port, rows, bytes, sha256 } = dump;
    return [
        (0,markdown.md) `${(0,markdown/* code */.aY)(name)} on ${host}${port === USUAL_PORT ? '' : `, port ${port}`}`,
        (0,markdown.md) `${pointOf(dump)}`,
        rows === null ? (0,markdown.md) `` : (0,markdown.md) `${(0,units/* formatNumber */.ZV)(rows)}`,
        (0,markdown.md) `${unbroken((0,units/* formatBytes */.z3)(bytes))}`,
        shortHash(sha256),
        copies(dump, server),
    ];
}
function globalsRow(record, server) {
    return [
        globalsTitle(record),
        (0,markdown.md) `${record.point}`,
        (0,markdown.md) ``,
        (0,markdown.md) `${unbroken((0,units/* formatBytes */.z3)(record.bytes))}`,
        shortHash(record.sha256),
        copies(record, server),
    ];
}
function globalsTitle({ host, port }) {
    return (0,markdown.md) `roles and grants of ${host}${port === USUAL_PORT ? '' : `, port ${port}`}`;
}
function unbroken(text) {
    return text.replaceAll(' ', '\u00a0');
}
function shortHash(sha256) {
    return (0,markdown/* code */.aY)(sha256.slice(0, 12));
}
/** In short; the whole names are in the details. */
function copies({ host, hostCopy, stored, encrypted }, server) {
    const secrecy = encrypted ? (0,markdown.md) `encrypted` : (0,markdown.md) `**not encrypted**`;
    const places = [
        ...(stored === null ? [] : [(0,markdown.md) `${storedCopy(stored, server)}, ${secrecy}`]),
        ...(hostCopy === null ? [] : [(0,markdown.md) `a copy on ${host}`]),
    ];
    return places.length === 0 ? (0,markdown.md) `**no copy is known**` : (0,markdown/* join */.fj)(places, '; ');
}
function storedCopy(stored, server) {
    return stored.kind === 'artifact' ? artifactLink(stored, server) : (0,markdown.md) `a file`;
}
/** The whole names and hashes of one dump after the other. */
function wholeNames(all, globals) {
    const rows = [
        ...all.map((dump) => ({ title: (0,markdown.md) `${(0,markdown/* code */.aY)(dump.name)}, ${pointOf(dump)}`, dump })),
        ...globals.map((dump) => ({ title: globalsTitle(dump), dump })),
    ];
    return (0,blocks/* table */.tp)(['Dump', 'Where it lies, and its SHA-256'], rows.map(({ title, dump }) => [
        (0,markdown.md) `${title}<br>${(0,markdown/* code */.aY)((0,units/* formatTime */.fU)(dump.takenAt))}`,
        (0,markdown/* join */.fj)([
            ...(dump.hostCopy === null ? [] : [(0,markdown/* code */.aY)(`${dump.host}:${dump.hostCopy}`)]),
            (0,markdown.md) `as dumped: ${(0,markdown/* code */.aY)(dump.sha256)}`,
            ...storedLines(dump),
        ], '<br>'),
    ]));
}
function storedLines({ stored }) {
    return stored === null ? [] : [(0,markdown/* code */.aY)(stored.path ?? stored.name), (0,markdown.md) `as stored: ${(0,markdown/* code */.aY)(stored.sha256)}`];
}

;// CONCATENATED MODULE: ./build/report/planned.js




/**
 * What would be done, phase by phase, a section each; hosts on which the same would be done share their lines. A
 * phase may come more than once: databases are dumped before the migrations and after them.
 */
function planned_planned({ planned: steps }) {
    const sections = turnsOf(steps).map((own, index) => ({
        name: `the commands of ${own[0]?.phase}`,
        weight: 'useful',
        body: turn(index + 1, own),
    }));
    const intro = (0,blocks/* blocks */.Bv)((0,markdown.md) `### What would be done`, (0,markdown.md) `One after the other; in each, one stage after the other; in a stage, all hosts at once.`);
    return sections.length === 0
        ? []
        : [{ name: 'the words about what would be done', weight: 'useful', body: intro }, ...sections];
}
/** Steps of one phase that follow each other. */
function turnsOf(steps) {
    const turns = [];
    for (const step of steps) {
        const last = turns.at(-1);
        if (last?.[0]?.phase === step.phase) {
            last.push(step);
        }
        else {
            turns.push([step]);
        }
    }
    return turns;
}
function turn(number, steps) {
    const hosts = new Set(steps.map(({ host }) => host)).size;
    const stages = Map.groupBy(steps, ({ stage }) => stage);
    return (0,blocks/* details */.zH)((0,markdown.md) `${number}. <b>${steps[0]?.phase ?? ''}</b>: ${(0,units/* count */.U9)(steps.length, 'step')} on ${(0,units/* count */.U9)(hosts, 'host')}`, ...[...stages].flatMap(([stage, own]) => [(0,markdown/* strong */.ko)(stage), ...onHosts(own)]));
}
function onHosts(steps) {
    const byHost = [...Map.groupBy(steps, ({ host }) => host)].map(([host, own]) => ({
        host,
        text: commandsOf(own),
    }));
    return [...Map.groupBy(byHost, ({ text }) => text)].flatMap(([text, group]) => [
        (0,markdown.md) `On ${(0,units/* some */.zN)(group.map(({ host }) => host), 12)}:`,
        (0,blocks/* fence */.EU)(text, { language: 'sh', most: 500 }),
    ]);
}
function commandsOf(steps) {
    return steps.map(({ title, commands }) => [`# ${(0,plain_text/* oneLine */.TN)(title)}`, ...commands].join('\n')).join('\n\n');
}

;// CONCATENATED MODULE: ./build/report/schemas.js



/** Lines of a `schema` command's output that are shown. */
const schemas_OUTPUT_LINES = 500;
/** How many migrations were pending before and are now. */
function schemas({ schemas: all, outcome }) {
    if (outcome === 'planned') {
        return schemas_planned(all);
    }
    return (0,blocks/* blocks */.Bv)(all.length === 0 ? null : (0,markdown.md) `### Schemas`, (0,blocks/* table */.tp)(['Role', 'Pending before', 'Pending now'], all.map(({ role, pendingBefore, pendingAfter }) => [
        (0,markdown.md) `${role}`,
        (0,markdown.md) `${(0,units/* formatNumber */.ZV)(pendingBefore)}`,
        now(pendingAfter),
    ])));
}
function schemas_planned(all) {
    return (0,blocks/* blocks */.Bv)(all.length === 0 ? null : (0,markdown.md) `### Schemas`, (0,blocks/* table */.tp)(['Role', 'Pending now'], all.map(({ role, pendingBefore }) => [(0,markdown.md) `${role}`, (0,markdown.md) `${(0,units/* formatNumber */.ZV)(pendingBefore)}`])));
}
function now(pending) {
    if (pending === null) {
        return (0,markdown.md) `not known`;
    }
    return pending > 0 ? (0,markdown.md) `**${(0,units/* formatNumber */.ZV)(pending)}**` : (0,markdown.md) `${(0,units/* formatNumber */.ZV)(pending)}`;
}
/** What the `schema` commands printed, on a click. */
function schemaOutputs({ schemas: all }) {
    return (0,markdown/* join */.fj)(all.map(outputs), '\n\n');
}
function outputs({ role, before, after }) {
    const same = after !== null && after === before;
    return (0,blocks/* details */.zH)((0,markdown.md) `What the schema of ${(0,markdown/* code */.aY)(role)} said`, same ? (0,markdown.md) `Before and now the same:` : (0,markdown.md) `Before:`, (0,blocks/* fence */.EU)(before, { most: schemas_OUTPUT_LINES }), after === null || same ? null : (0,markdown.md) `Now:`, after === null || same ? null : (0,blocks/* fence */.EU)(after, { most: schemas_OUTPUT_LINES }));
}

;// CONCATENATED MODULE: ./build/report/services.js



/** What became of the services; those that run as they did before are only counted. */
function services({ services: all, outcome, upgrade }) {
    if (all.length === 0) {
        return (0,markdown.md) ``;
    }
    if (outcome === 'planned') {
        return standing(all, (0,markdown.md) `now and will be stopped and started again`, (0,markdown.md) `Down now, and to stay so:`);
    }
    // Refused before an upgrade began: what was seen is how things are.
    return outcome === 'refused' && upgrade === null
        ? standing(all, (0,markdown.md) `now`, (0,markdown.md) `Down now:`)
        : afterwards(all, outcome);
}
function afterwards(all, outcome) {
    // A run that ended on its way has not looked at them again; the words about its failure say so.
    const known = outcome === 'finished' ? all : all.filter(({ after }) => after !== 'unknown');
    const shown = known.filter(({ before, after }) => before !== 'running' || after !== 'running');
    const same = known.length - shown.length;
    return (0,blocks/* blocks */.Bv)(known.length > 0 ? (0,markdown.md) `### Services` : null, same > 0 ? (0,markdown.md) `${(0,units/* count */.U9)(same, 'service')} ${same === 1 ? 'runs' : 'run'} as before.` : null, (0,blocks/* table */.tp)(['Service', 'Host', 'Before', 'Now'], shown.map(services_row)));
}
function services_row({ name, host, before, after }) {
    const lost = before === 'running' && after === 'down';
    const now = after === 'unknown' ? 'not known' : after;
    return [(0,markdown/* code */.aY)(name), (0,markdown.md) `${host}`, (0,markdown.md) `${before}`, lost ? (0,markdown.md) `**${now}**` : (0,markdown.md) `${now}`];
}
function standing(all, how, title) {
    const down = all.filter(({ before }) => before === 'down');
    const up = all.length - down.length;
    return (0,blocks/* blocks */.Bv)((0,markdown.md) `### Services`, (0,markdown.md) `${(0,units/* count */.U9)(up, 'service')} ${up === 1 ? 'runs' : 'run'} ${how}.`, down.length > 0 ? title : null, (0,blocks/* table */.tp)(['Service', 'Host'], down.map(({ name, host }) => [(0,markdown/* code */.aY)(name), (0,markdown.md) `${host}`])));
}

;// CONCATENATED MODULE: ./build/report/settings.js



/** Files named in one cell of the table. */
const NAMED = 12;
/** What a person should look at: settings that were kept back, and files in /etc that changed. */
function settings({ settings: all }) {
    const touched = all.filter(hasChanges);
    const kept = all.filter(({ keptBack }) => keptBack.length > 0);
    const files = kept.reduce((sum, { keptBack }) => sum + keptBack.length, 0);
    if (touched.length === 0) {
        return (0,markdown.md) ``;
    }
    return (0,blocks/* blocks */.Bv)((0,markdown.md) `### What to look at`, files === 0
        ? null
        : (0,markdown.md) `${(0,units/* count */.U9)(files, 'settings file')} had been edited and stayed so. What the packages bring lies beside, and may hold something that the new version wants:`, (0,blocks/* table */.tp)(['Host', 'Laid beside the edited file'], kept.map(({ host, keptBack }) => [(0,markdown.md) `${host}`, names(keptBack)])), (0,markdown.md) `Files in /etc that differ from before the upgrade; the whole difference lies on the host, since it may hold passwords:`, (0,blocks/* table */.tp)(['Host', 'Changed', 'New', 'Gone', 'The difference'], touched.map(counts)));
}
function counts({ host, changed, added, gone, diff }) {
    return [
        (0,markdown.md) `${host}`,
        (0,markdown.md) `${changed.length}`,
        (0,markdown.md) `${added.length}`,
        (0,markdown.md) `${gone.length}`,
        (0,markdown/* code */.aY)(`${host}:${diff}`),
    ];
}
function names(files) {
    const rest = files.length - NAMED;
    const shown = files.slice(0, NAMED).map((file) => (0,markdown/* code */.aY)(file));
    return (0,markdown/* join */.fj)(rest > 0 ? [...shown, (0,markdown.md) `and ${rest} more`] : shown, '<br>');
}
/** The names of the files in /etc, on a click. */
function settingsFiles({ settings: all }) {
    return (0,markdown/* join */.fj)(all
        .filter(hasChanges)
        .map((host) => (0,blocks/* details */.zH)((0,markdown.md) `Files in /etc of ${(0,markdown/* code */.aY)(host.host)}`, (0,blocks/* fence */.EU)(listing(host), { most: 1000 }))), '\n\n');
}
function listing({ changed, added, gone, keptBack }) {
    const lines = (word, files) => files.map((file) => `${word} ${file.replace(/\s/g, '?')}`);
    return [
        ...lines('changed  ', changed),
        ...lines('new      ', added),
        ...lines('gone     ', gone),
        ...lines('kept back', keptBack),
    ].join('\n');
}
function hasChanges({ added, gone, changed, keptBack }) {
    return added.length + gone.length + changed.length + keptBack.length > 0;
}

;// CONCATENATED MODULE: ./build/report/size-limit.js
/** GitHub drops the summary of a step that is longer than 1 MiB; some room is left for what others add to it. */
const LONGEST_SUMMARY = 1_000_000;
/** Bytes that the words about what was left out take at most. */
const NOTE = 2000;
/** Puts sections below each other, and leaves out the least important ones, the last first, until all fits. */
function fitSections(sections, longest = LONGEST_SUMMARY) {
    const kept = new Set(sections.filter(({ body }) => body.text !== ''));
    const cut = [];
    let size = [...kept].reduce((sum, section) => sum + sizeOf(section), 0);
    for (const section of inOrderOfCutting([...kept])) {
        if (size + (cut.length > 0 ? NOTE : 0) <= longest) {
            break;
        }
        kept.delete(section);
        cut.push(section);
        size -= sizeOf(section);
    }
    return `${[...[...kept].map(({ body }) => body.text), ...noteOn(cut)].join('\n\n')}\n`;
}
function sizeOf({ body }) {
    return Buffer.byteLength(body.text) + 2;
}
function inOrderOfCutting(sections) {
    const order = ['extra', 'useful', 'vital'];
    return order.flatMap((weight) => sections.filter((section) => section.weight === weight).toReversed());
}
function noteOn(cut) {
    const names = [...new Set(cut.map(({ name }) => name))].reverse();
    return names.length === 0
        ? []
        : [
            `_Left out, since a summary must not be longer than 1 MiB: ${names.join(', ')}. The output \`report\` has it all._`,
        ];
}

;// CONCATENATED MODULE: ./build/report/gantt.js


/** The longest name or label; a chart has no room for more. */
const LONGEST = 60;
/** The room that a character of a name takes at the left, in pixels, and how much there is at least and at most. */
const [CHARACTER, LEAST_ROOM, MOST_ROOM] = [7, 75, 320];
/** A shorter bar than this part of the whole would not be seen. */
const THINNEST = 1 / 400;
/** Times below a chart stand apart where there are no more of them, whatever mermaid would choose. */
const MOST_TICKS = 10;
/** Their distances, in seconds, and in mermaid's words. */
const TICKS = [
    ...[1, 2, 5, 10, 15, 30].map((count) => [count, `${count}second`]),
    ...[1, 2, 5, 10, 15, 30].map((count) => [count * 60, `${count}minute`]),
    ...[1, 2, 3, 6, 12].map((count) => [count * 3600, `${count}hour`]),
    [86_400, '1day'],
];
/** The years 0 to 9999, which the chart's format of a date can hold. */
const [FIRST, LAST] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 11, 31)];
/**
 * A chart in mermaid's language, its times in UTC wherever it is looked at. GitHub draws it with mermaid's own settings
 * and `securityLevel: strict`, so that nothing in it can be clicked or be HTML.
 */
function gantt(groups) {
    const drawable = groups
        .map(({ name, bars }) => ({ name, bars: bars.filter(isDrawable) }))
        .filter(({ bars }) => bars.length > 0);
    const bars = drawable.flatMap((group) => group.bars);
    if (bars.length === 0) {
        return new markdown/* Markdown */.oz('');
    }
    const whole = Math.max(...bars.map(({ to }) => to)) - Math.min(...bars.map(({ from }) => from));
    const lines = [
        `%%{init: {"gantt": {"leftPadding": ${roomFor(drawable)}}}}%%`,
        'gantt',
        '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
        `  axisFormat ${axisFormat(whole)}`,
        ...tickInterval(whole),
        '  todayMarker off',
        ...drawable.flatMap((group) => [
            `  section ${plain(group.name)}`,
            ...group.bars.map((bar) => `    ${line(bar, whole * THINNEST)}`),
        ]),
    ];
    return new markdown/* Markdown */.oz(`\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``);
}
function isDrawable({ from, to }) {
    return from >= FIRST && to <= LAST && from <= to;
}
function line({ label, from, to, kind }, least) {
    const tag = { usual: '', part: 'active, ', bad: 'crit, ' }[kind];
    return `${plain(label)} :${tag}${date(from)}, ${date(Math.max(to, from + least, from + 1))}`;
}
/** A date without a zone is shown as it stands, whatever the reader's zone is. */
function date(milliseconds) {
    return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '');
}
function axisFormat(milliseconds) {
    const hours = milliseconds / 3_600_000;
    return hours < 0.25 ? '%H:%M:%S' : hours < 20 ? '%H:%M' : '%d %b %H:%M';
}
/** Nothing for a span so long or so short that mermaid may choose. */
function tickInterval(milliseconds) {
    const found = TICKS.find(([seconds]) => milliseconds / 1000 / seconds <= MOST_TICKS);
    return milliseconds < 2000 || found === undefined ? [] : [`  tickInterval ${found[1]}`];
}
function roomFor(groups) {
    const longest = Math.max(...groups.map(({ name }) => plain(name).length));
    return Math.min(Math.max(longest * CHARACTER + 20, LEAST_ROOM), MOST_ROOM);
}
/**
 * Text without any character that means something to mermaid, Markdown or HTML: letters, digits and a few signs
 * between them are left.
 */
function plain(text) {
    const known = (0,plain_text/* oneLine */.TN)(text, LONGEST)
        .replace(/[^\p{L}\p{N} .,_/()-]/gu, ' ')
        .replace(/-{2,}/g, '-')
        .replace(/ {2,}/g, ' ')
        .trim();
    return known === '' ? 'unnamed' : known;
}

;// CONCATENATED MODULE: ./build/report/turns.js
/** Milliseconds between two steps of a phase beyond which it was taken up again: it did not just wait for others. */
const PAUSE = 60_000;
/**
 * What one host did, or all of them, in turns. A phase may come more than once: databases are dumped before the migrations, on whatever
 * host these run, and after them; and a run that failed is taken up later.
 * @param all the steps of all hosts
 */
function turns_turnsOf(steps, all) {
    const turns = [];
    for (const step of steps.toSorted((a, b) => a.started - b.started)) {
        const last = turns.at(-1);
        if (last?.phase === step.phase && !isApart(last.steps, step, all)) {
            last.steps.push(step);
        }
        else {
            turns.push({ phase: step.phase, steps: [step] });
        }
    }
    return turns;
}
/** Was there a long pause before this step, or another phase? */
function isApart(before, next, all) {
    const { ended } = spanOf(before);
    return (next.started - ended > PAUSE ||
        all.some((other) => other.phase !== next.phase && other.started >= ended && other.ended <= next.started));
}
/** From the beginning of the first to the end of the last, in milliseconds since 1970 and in seconds. */
function spanOf(steps) {
    const started = Math.min(...steps.map((step) => step.started));
    const ended = Math.max(...steps.map((step) => step.ended));
    return { started, ended, seconds: Math.max(ended - started, 0) / 1000 };
}

;// CONCATENATED MODULE: ./build/report/chart.js





/** Bars of a chart: more are no picture, and GitHub draws no chart of more than 50,000 characters. */
const MOST_BARS = 150;
/** Bars of services as they were seen, beside the one of the whole outage. */
const MOST_SEEN = 12;
/** A step that took at least this part of the whole has a bar of its own. */
const LONG = 1 / 8;
/** Hosts and phases against the time, with the outage above them. */
function chart({ steps, services, outage, probe }) {
    if (steps.length === 0) {
        return (0,markdown.md) ``;
    }
    const whole = spanOf(steps);
    // As the inventory has them: the services are in that order, a host without any comes last.
    const order = [...services, ...steps].map(({ host }) => host);
    const byHost = [...Map.groupBy(steps, ({ host }) => host)];
    const hosts = byHost
        .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
        .map(([name, own]) => ({
        name,
        bars: turns_turnsOf(own, steps).flatMap((turn) => barsOf(turn, whole.seconds)),
        failed: own.some(({ rc }) => rc !== 0),
    }));
    const shown = withinLimit(hosts);
    const rest = hosts.length - shown.length;
    return (0,blocks/* blocks */.Bv)(gantt([...(outage === null ? [] : [outageBars(outage, probe, whole.ended)]), ...shown]), (0,markdown.md) `By the runner's clock, in UTC. A bar is what the host did in a phase, a failure is red.`, rest > 0
        ? (0,markdown.md) `${(0,units/* count */.U9)(rest, 'more host')} had no room in the picture; the output \`report\` has their times.`
        : null);
}
function outageBars({ began, ended }, probe, last) {
    const to = ended ?? Math.max(last, began);
    const length = (0,units/* formatDuration */.a3)((to - began) / 1000);
    const label = ended === null ? `not over after ${length}` : `first stop to last good answer, ${length}`;
    const seen = (probe?.checks ?? []).flatMap((check) => seenBar(check, last));
    return { name: 'outage', bars: [{ label, from: began, to, kind: 'bad' }, ...seen.slice(0, MOST_SEEN)] };
}
/** When one service gave no good answer. */
function seenBar({ host, role, bad, goodAgain }, last) {
    if (bad === null) {
        return [];
    }
    const to = Math.max(goodAgain ?? last, bad);
    const words = goodAgain === null ? 'not back after' : 'away for';
    return [
        {
            label: `seen ${role} on ${host} ${words} ${(0,units/* formatDuration */.a3)((to - bad) / 1000)}`,
            from: bad,
            to,
            kind: goodAgain === null ? 'bad' : 'part',
        },
    ];
}
/** One bar a turn; below it those of its steps that took long, where it had more than one. */
function barsOf({ phase, steps }, whole) {
    const long = steps.filter((step) => steps.length > 1 && spanOf([step]).seconds >= whole * LONG);
    return [bar(phase, steps, 'usual'), ...long.map((step) => bar(`step ${step.id}`, [step], 'part'))];
}
function bar(name, steps, kind) {
    const { started, ended, seconds } = spanOf(steps);
    const failed = steps.some(({ rc }) => rc !== 0);
    return {
        label: `${name}, ${failed ? 'failed after ' : ''}${(0,units/* formatDuration */.a3)(seconds)}`,
        from: started,
        to: ended,
        kind: failed ? 'bad' : kind,
    };
}
/** The hosts whose bars have room: those on which something failed, then the first ones; in their own order. */
function withinLimit(hosts) {
    const kept = new Set();
    let bars = 0;
    for (const host of hosts.toSorted((a, b) => Number(b.failed) - Number(a.failed))) {
        if (kept.size === 0 || bars + host.bars.length <= MOST_BARS) {
            kept.add(host);
            bars += host.bars.length;
        }
    }
    return hosts.filter((host) => kept.has(host));
}

;// CONCATENATED MODULE: ./build/report/timeline.js







/**
 * When what was done: hosts and phases drawn against the time, and a table of the phases as they came. A part of an upgrade that
 * ended well has the table alone: the picture is that of the whole, and the last part shows it.
 */
function timeline(report) {
    const { steps, outcome } = report;
    if (steps.length === 0) {
        return (0,markdown.md) ``;
    }
    const rows = turns_turnsOf(steps, steps).map((turn) => timeline_row(turn.phase, turn.steps));
    const phases = (0,blocks/* table */.tp)(['Phase', 'Began at', 'Took', 'Steps', 'The slowest'], rows);
    const title = (0,markdown.md) `${(0,units/* formatDuration */.a3)(spanOf(steps).seconds)} from the first step to the last, by phase`;
    return (0,blocks/* blocks */.Bv)((0,markdown.md) `### Times`, outcome === 'done' ? null : chart(report), isTroubled(report) ? phases : (0,blocks/* details */.zH)(title, phases), probed(report));
}
function timeline_row(phase, steps) {
    const { started, seconds } = spanOf(steps);
    const [slowest] = steps.toSorted((a, b) => lengthOf(b) - lengthOf(a));
    return [
        (0,markdown.md) `${phase}`,
        (0,markdown/* code */.aY)((0,units/* formatTime */.fU)(started)),
        (0,markdown.md) `${(0,units/* formatDuration */.a3)(seconds)}`,
        (0,markdown.md) `${steps.length}`,
        slowest === undefined
            ? (0,markdown.md) ``
            : (0,markdown.md) `${(0,markdown/* code */.aY)(slowest.id)} on ${slowest.host}, ${(0,units/* formatDuration */.a3)(lengthOf(slowest))}`,
    ];
}
function lengthOf(step) {
    return spanOf([step]).seconds;
}

;// CONCATENATED MODULE: ./build/report/trouble.js





/** Lines of a failed command's output that are shown. */
const trouble_OUTPUT_LINES = 40;
/** Lines of any of the other texts: what failed, the state, what to do next. */
const TEXT_LINES = 40;
const TITLES = { refused: 'Why', cancelled: 'Where it was stopped' };
/** What failed, where it stopped, what state things are in and what to do; empty when all went well. */
function trouble_trouble(report) {
    return isTroubled(report)
        ? (0,blocks/* blocks */.Bv)(report.failure === null ? null : whatFailed(report.failure, report.outcome), (0,markdown.md) `### Where things stand`, ...stateOf(report).map(paragraph), trouble_services(report), (0,markdown.md) `### What to do next`, paragraph(nextOf(report)))
        : (0,markdown.md) ``;
}
function whatFailed(failure, outcome) {
    const { what, mistakes, host, command, output } = failure;
    const places = [
        ...(host === null ? [] : [(0,markdown.md) `Host: ${(0,markdown/* code */.aY)(host)}`]),
        ...(command === null ? [] : [(0,markdown.md) `Command: ${(0,markdown/* code */.aY)(command)}`]),
    ];
    const lines = (0,blocks/* fence */.EU)(output, { most: trouble_OUTPUT_LINES, keep: 'last' });
    return (0,blocks/* blocks */.Bv)((0,markdown.md) `### ${TITLES[outcome] ?? 'What failed'}`, paragraph(what), (0,blocks/* list */.p_)(mistakes.map(mistake)), (0,blocks/* list */.p_)(places), lines.text === '' ? null : (0,markdown.md) `It printed last:`, lines);
}
function mistake({ file, line, column, path, message }) {
    const key = path === '' ? (0,markdown.md) `` : (0,markdown.md) ` ${(0,markdown/* code */.aY)(path)}`;
    return (0,markdown.md) `${(0,markdown/* code */.aY)(`${file}:${line}:${column}`)}${key}: ${message}`;
}
/** Text line by line; a line that is indented is a command or a part of a listing. */
function paragraph(text) {
    const lines = (0,plain_text/* linesOf */.Dx)(text).filter((line) => line.trim() !== '');
    const shown = lines.slice(0, TEXT_LINES).map((line) => (/^\s{2}/.test(line) ? (0,markdown/* code */.aY)(line) : (0,markdown/* prose */.CS)(line)));
    const rest = lines.length - shown.length;
    return (0,markdown/* join */.fj)(rest > 0 ? [...shown, (0,markdown.md) `... and ${rest} more lines`] : shown, '<br>\n');
}
/** A run that failed has not always looked at the services again: what is not known is not claimed. */
function trouble_services({ services, outcome }) {
    const ran = services.filter(({ before, after }) => before === 'running' && after !== 'running');
    if (ran.length === 0 || outcome === 'refused' || outcome === 'abandoned') {
        return null;
    }
    const names = (0,units/* some */.zN)(ran.map(({ name, host }) => `${name} on ${host}`));
    const unknown = ran.some(({ after }) => after === 'unknown');
    return unknown
        ? (0,markdown.md) `Before the upgrade these services ran; whether they run now was not looked at: ${names}.`
        : (0,markdown.md) `Before the upgrade these services ran, and they are down now: ${names}.`;
}

;// CONCATENATED MODULE: ./build/report/versions.js




/** Rows up to which the table stands open. */
const OPEN_ROWS = 25;
/** Versions from and to; the same change on several hosts is one row. */
function versions_versions({ versions: changes, outcome }) {
    const groups = groupVersions(changes);
    if (groups.length === 0) {
        return (0,markdown.md) ``;
    }
    // Only a run that reached its end has read the versions back.
    const after = outcome === 'finished' ? 'After' : 'Planned';
    const rows = (0,blocks/* table */.tp)(['Package', 'Before', after, 'Hosts'], groups.map(versions_row));
    return (0,blocks/* blocks */.Bv)((0,markdown.md) `### Versions`, groups.length > OPEN_ROWS ? (0,blocks/* details */.zH)((0,markdown.md) `${(0,units/* count */.U9)(groups.length, 'change')} of packages`, rows) : rows);
}
function versions_row({ package: name, from, to, hosts }) {
    return [(0,markdown.md) `${name}`, from === null ? (0,markdown.md) `_new_` : (0,markdown.md) `${from}`, (0,markdown/* strong */.ko)(to), (0,markdown.md) `${(0,units/* some */.zN)(hosts)}`];
}

;// CONCATENATED MODULE: ./build/report/summary.js














/** The job's summary, in GitHub's Markdown: short where all is well, long where it is not. */
function renderSummary(report, { server = 'https://github.com', taken = 0 } = {}) {
    const sections = [
        section('the headline', 'vital', headline(report)),
        section('what failed', 'vital', trouble_trouble(report)),
        ...restoring(report),
        section('the times', 'useful', timeline(report)),
        section('the versions', 'useful', versions_versions(report)),
        section('the services', 'useful', services(report)),
        section('the schemas', 'useful', schemas(report)),
        section('what would be met', 'useful', outlook(report)),
        section('the dumps', 'useful', dumps(report, server)),
        section('the settings', 'useful', settings(report)),
        section('the notes', 'useful', notes(report)),
        ...planned_planned(report),
        section('the names of files in /etc', 'extra', settingsFiles(report)),
        section('the output of the schema commands', 'extra', schemaOutputs(report)),
    ];
    return fitSections(sections, LONGEST_SUMMARY - taken);
}
function section(name, weight, body) {
    return { name, weight, body };
}
function headline(report) {
    const { plan, outcome, upgrade, digest } = report;
    return (0,blocks/* blocks */.Bv)((0,markdown.md) `## ${plan}: ${OUTCOME_TITLES[outcome]}`, (0,markdown.md) `**${outcomeSentence(report)}**`, upgrade === null ? null : (0,markdown.md) `The hosts know this upgrade as ${upgrade}.`, isPlan(report)
        ? (0,markdown.md) `The digest of this plan, which is what an approval binds: ${(0,markdown/* code */.aY)(digest ?? '')}`
        : null);
}
function notes({ notes: all }) {
    return all.length === 0 ? (0,markdown.md) `` : (0,blocks/* blocks */.Bv)((0,markdown.md) `### Notes`, (0,blocks/* list */.p_)(all.map((note) => (0,markdown.md) `${note}`)));
}

;// CONCATENATED MODULE: ./build/actions/finish.js










/** Outcomes after which the step is green. */
const GOOD = ['finished', 'done', 'unchanged', 'planned'];
/** Tells how a run ended: log, job summary, outputs, one annotation and the exit code. */
async function finish(found, { log, masks }) {
    // Before anything is rendered: Markdown and JSON spell some characters in other ways, and a mask would miss them.
    const report = (0,mask_report/* maskReport */.f)(found, (text) => masks.apply(text));
    for (const line of renderConsole(report)) {
        log.info(line);
    }
    await writeOutputs(report);
    await writeSummary(report);
    const failure = toldFailure(report);
    if (failure !== null) {
        const { title, text } = (0,report_failure/* annotationText */.x)(failure);
        log.error(title, text);
    }
    if (!GOOD.includes(report.outcome)) {
        process.exitCode = 1;
    }
}
/** Tells, once a run is over, that steps of it still run and keep its lock. */
async function tellLockStays(steps, log) {
    for (const step of steps) {
        log.warning(`${step} still runs: the lock stays; the next attempt of this run follows it`);
    }
    if (steps.length > 0 && process.env.GITHUB_STEP_SUMMARY) {
        await core.summary.addRaw(renderLockStays(steps)).write();
    }
}
async function writeSummary(report) {
    const { GITHUB_STEP_SUMMARY: file, GITHUB_SERVER_URL: server = 'https://github.com' } = process.env;
    if (file) {
        const { size: taken } = await (0,promises_.stat)(file);
        await core.summary.addRaw(renderSummary(report, { server, taken })).write();
    }
}
async function writeOutputs(report) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(process.env.RUNNER_TEMP ?? (0,external_node_os_.tmpdir)(), 'synnefo-upgrade-report-'));
    const file = (0,external_node_path_.join)(folder, 'report.json');
    await (0,promises_.writeFile)(file, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
    (0,core.setOutput)('report', file);
    (0,core.setOutput)('outcome', report.outcome);
    (0,core.setOutput)('upgrade-id', report.upgrade ?? '');
    (0,core.setOutput)('plan-digest', report.digest ?? '');
    (0,core.setOutput)('versions', JSON.stringify(report.versions));
    (0,core.setOutput)('dumps', JSON.stringify(report.dumps));
    (0,core.setOutput)('outage-seconds', report.outageSeconds === null ? '' : report.outageSeconds.toFixed(1));
}


/***/ }),

/***/ 16008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ Encryption),
/* harmony export */   q: () => (/* binding */ parseRecipients)
/* harmony export */ });
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56046);

/**
 * Reads age recipients: one a line, `#` starts a comment. No error repeats what stands on a line, since it may
 * be a secret key put there by mistake.
 * @param input the input's name, for the errors
 * @throws ConfigurationError with every line that is no recipient, or when there is none at all
 */
async function parseRecipients(text, input = 'encrypt-to') {
    const encrypter = await newEncrypter([]);
    const lines = text
        .split(/\r?\n/)
        .map((line, index) => ({ recipient: withoutComment(line), line: index + 1 }));
    const given = lines.filter(({ recipient }) => recipient !== '');
    const mistakes = given.flatMap(({ recipient, line }) => {
        const message = whatIsWrong(encrypter, recipient);
        return message === undefined ? [] : [{ file: input, line, column: 1, path: '', message }];
    });
    if (mistakes.length > 0) {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1('dumps cannot be encrypted to these recipients:', mistakes);
    }
    if (given.length === 0) {
        throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigurationError */ .j1(`${input} names no recipient: give at least one age public key (age1...)`);
    }
    return [...new Set(given.map(({ recipient }) => recipient))];
}
function withoutComment(line) {
    return line.replace(/(^|\s)#.*$/, '').trim();
}
function whatIsWrong(encrypter, recipient) {
    if (/^AGE-(SECRET-KEY|PLUGIN)-/i.test(recipient)) {
        return 'this is a secret key, which must not be here: give the public key (age1...), and replace this key';
    }
    if (/^(ssh|ecdsa|sk-ssh)-/.test(recipient)) {
        return 'keys of ssh are not supported: make an age key with `age-keygen` and give its public key (age1...)';
    }
    if (!recipient.startsWith('age1')) {
        return 'an age public key starts with age1';
    }
    try {
        encrypter.addRecipient(recipient);
        return undefined;
    }
    catch {
        // The library's words repeat the value and speak of bech32 to people who mistyped a key.
        return 'this is no valid age public key (is it complete? keys of age plugins are not supported)';
    }
}
// Loaded at first use: its curves take longer to load than the rest of a start without encryption.
async function newEncrypter(recipients) {
    const age = await __webpack_require__.e(/* import() */ 855).then(__webpack_require__.bind(__webpack_require__, 20855));
    const encrypter = new age.Encrypter();
    for (const recipient of recipients) {
        encrypter.addRecipient(recipient);
    }
    return encrypter;
}
/** Encrypts what is written to it, in chunks of 64 KiB, holding the writer back while the sink is busy. */
class Encryption {
    #writer;
    #pump;
    constructor(writer, pump) {
        this.#writer = writer;
        this.#pump = pump;
    }
    /**
     * @param recipients what `parseRecipients` returned
     * @param sink takes the encrypted bytes in order, one call at a time; its error ends the encryption
     */
    static async start(recipients, sink) {
        const plain = new TransformStream();
        const encrypted = await (await newEncrypter(recipients)).encrypt(plain.readable);
        const pump = encrypted.pipeTo(new WritableStream({ write: sink }));
        // Whoever writes next or finishes is told; until then nobody waits for it.
        pump.catch(() => { });
        const writer = plain.writable.getWriter();
        writer.closed.catch(() => { });
        return new Encryption(writer, pump);
    }
    /** @throws the sink's error */
    async write(chunk) {
        await this.#writer.ready;
        await this.#writer.write(chunk);
    }
    /** Returns when the sink has taken the last byte. @throws the sink's error */
    async finish() {
        const closed = this.#writer.close();
        // After an error of the sink this rejects too, but without its reason.
        closed.catch(() => { });
        await this.#pump;
        await closed;
    }
    /** Ends without a valid end: what the sink has got cannot be taken for the whole. */
    async abort() {
        const reason = new Error('the encryption was ended early');
        await Promise.allSettled([this.#writer.abort(reason), this.#pump]);
    }
}


/***/ }),

/***/ 23478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ emptyReport)
/* harmony export */ });
/** The report of a run that has nothing to tell yet. */
function emptyReport(plan) {
    return {
        schema: 1,
        outcome: 'refused',
        plan,
        part: null,
        next: null,
        upgrade: null,
        digest: null,
        versions: [],
        services: [],
        schemas: [],
        dumps: [],
        globals: [],
        outage: null,
        outageSeconds: null,
        probe: null,
        settings: [],
        steps: [],
        planned: [],
        outlook: null,
        notes: [],
        failure: null,
    };
}


/***/ }),

/***/ 56726:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ maskReport)
/* harmony export */ });
/**
 * The report with every text masked. To be done before it is rendered or written as JSON: both turn characters into
 * others, and nobody who masks the result, the runner included, would find a secret that has such a character.
 * @param mask gives a text back with stars for every secret
 */
function maskReport(report, mask) {
    return masked(report, mask);
}
function masked(value, mask) {
    if (typeof value === 'string') {
        return mask(value);
    }
    if (Array.isArray(value)) {
        return value.map((item) => masked(item, mask));
    }
    return typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, mask)]))
        : value;
}


/***/ }),

/***/ 16099:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ refusedReport)
/* harmony export */ });
/* harmony import */ var _empty_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23478);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(59308);


/** The report of a run that ended before it talked to any host: a file or an input is wrong. */
function refusedReport(plan, error) {
    return { ...(0,_empty_js__WEBPACK_IMPORTED_MODULE_1__/* .emptyReport */ ._)(plan), failure: (0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .explainFailure */ .S)(error) };
}


/***/ })

};
