import { describe, expect, it } from '@jest/globals';
import { dumps } from '../../src/report/dumps.ts';
import { outlook } from '../../src/report/outlook.ts';
import { schemaOutputs, schemas } from '../../src/report/schemas.ts';
import { services } from '../../src/report/services.ts';
import { settings, settingsFiles } from '../../src/report/settings.ts';
import { timeline } from '../../src/report/timeline.ts';
import { versions } from '../../src/report/versions.ts';
import { dumpOf, globalsOf, reportOf, stepOf } from '../support/report.ts';
import { structureOf } from '../support/summary-structure.ts';

const server = 'https://github.com';

describe('a report with nothing to tell', () => {
  it('has no section', () => {
    const report = reportOf();
    const texts = [
      versions(report),
      services(report),
      schemas(report),
      schemaOutputs(report),
      dumps(report, server),
      settings(report),
      settingsFiles(report),
      timeline(report),
    ].map(({ text }) => text);
    expect(texts.join('')).toBe('');
  });
});

describe('versions', () => {
  const changes = [{ host: 'web1', package: 'app', from: null, to: '2-1' }];

  it('says "After" only when they were read back', () => {
    expect(versions(reportOf({ versions: changes })).text).toContain('| Package | Before | After | Hosts |');
    expect(versions(reportOf({ versions: changes, outcome: 'unfinished' })).text).toContain('| Planned |');
    expect(versions(reportOf({ versions: changes })).text).toContain('| app | _new_ | **2-1** | web1 |');
  });

  it('folds a long table', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      host: 'a',
      package: `p${index}`,
      from: '1',
      to: '2',
    }));
    expect(versions(reportOf({ versions: many })).text).toContain(
      '<summary>30 changes of packages</summary>',
    );
  });
});

describe('services', () => {
  const of = (before: 'running' | 'down', after: 'running' | 'down' | 'unknown') => ({
    host: 'web1',
    name: 'app',
    before,
    after,
  });

  it('counts those that run as before and shows the others', () => {
    const all = [
      of('running', 'running'),
      of('running', 'running'),
      of('running', 'down'),
      of('down', 'down'),
    ];
    const { text } = services(reportOf({ services: all }));
    expect(text).toContain('2 services run as before.');
    expect(text).toContain('| <code>app</code> | web1 | running | **down** |');
    expect(text).toContain('| <code>app</code> | web1 | down | down |');
  });

  it('claims nothing about what was not looked at', () => {
    expect(services(reportOf({ outcome: 'unfinished', services: [of('running', 'unknown')] })).text).toBe('');
    expect(services(reportOf({ services: [of('running', 'unknown')] })).text).toContain('not known');
  });

  it('says in a dry run which stay down', () => {
    const { text } = services(
      reportOf({ outcome: 'planned', services: [of('running', 'unknown'), of('down', 'unknown')] }),
    );
    expect(text).toContain('1 service runs now and will be stopped and started again.');
    expect(text).toContain('Down now, and to stay so:');
  });

  it('says in a refused run which are down: one of them may be why', () => {
    const all = [of('running', 'unknown'), of('down', 'unknown')];
    const { text } = services(reportOf({ outcome: 'refused', upgrade: null, services: all }));
    expect(text).toContain('1 service runs now.');
    expect(text).toContain('Down now:\n\n| Service | Host |');
    expect(text).toContain('| <code>app</code> | web1 |');
    // What an upgrade that is under way found before it says nothing of now.
    expect(services(reportOf({ outcome: 'refused', services: all })).text).toBe('');
  });
});

describe('schemas', () => {
  const schema = { role: 'app', before: '( ) 2', after: '(*) 2', pendingBefore: 1, pendingAfter: 0 };

  it('counts what was pending and is', () => {
    expect(schemas(reportOf({ schemas: [schema] })).text).toContain('| app | 1 | 0 |');
    const pending = { ...schema, pendingAfter: 3 };
    expect(schemas(reportOf({ schemas: [pending] })).text).toContain('| app | 1 | **3** |');
    expect(schemas(reportOf({ schemas: [{ ...schema, pendingAfter: null }] })).text).toContain(
      '| not known |',
    );
    expect(schemas(reportOf({ outcome: 'planned', schemas: [schema] })).text).toContain(
      '| Role | Pending now |',
    );
  });

  it('has both outputs on a click, once where they are the same', () => {
    expect(structureOf(schemaOutputs(reportOf({ schemas: [schema] })).text).fences).toEqual([
      '( ) 2',
      '(*) 2',
    ]);
    const same = { ...schema, after: schema.before };
    expect(structureOf(schemaOutputs(reportOf({ schemas: [same] })).text).fences).toEqual(['( ) 2']);
  });
});

describe('dumps', () => {
  it('say what, how much and where', () => {
    const { text } = dumps(
      reportOf({ dumps: [dumpOf({ generation: 2 })], globals: [globalsOf({ port: 5433 })] }),
      server,
    );
    expect(text).toContain(
      '| <code>app&#95;db</code> on db1 | before, generation 2 | 80,000 | 12.3\u00a0MB | <code>abababababab</code> | ' +
        '<a href="https://github.com/example/ops/actions/runs/42/artifacts/7">artifact</a>, encrypted; a copy on db1 |',
    );
    expect(text).toContain('| roles and grants of db1, port 5433 | before |');
    expect(text).toContain('ab'.repeat(32));
    expect(text).toContain('<code>db1&#58;/var/backups/app.dump</code>');
  });

  it('warns of one that is not encrypted and of one without a copy', () => {
    expect(dumps(reportOf({ dumps: [dumpOf({ encrypted: false })] }), server).text).toContain(
      '**not encrypted**',
    );
    const lost = dumpOf({ stored: null, hostCopy: null });
    expect(dumps(reportOf({ dumps: [lost] }), server).text).toContain('**no copy is known**');
  });
});

describe('settings', () => {
  const host = {
    host: 'web1',
    added: ['/etc/a'],
    gone: [],
    changed: ['/etc/b'],
    keptBack: ['/etc/b.dpkg-dist'],
    diff: '/d',
  };

  it('names what was kept back and where the difference lies', () => {
    const { text } = settings(reportOf({ settings: [host] }));
    expect(text).toContain('1 settings file had been edited');
    expect(text).toContain('| web1 | <code>/etc/b.dpkg-dist</code> |');
    expect(text).toContain('| web1 | 1 | 1 | 0 | <code>web1&#58;/d</code> |');
  });

  it('lists the files on a click, one a line whatever they are called', () => {
    const { fences } = structureOf(
      settingsFiles(reportOf({ settings: [{ ...host, gone: ['/etc/x\nchanged /etc/y'] }] })).text,
    );
    expect(fences).toEqual([
      'changed   /etc/b\nnew       /etc/a\ngone      /etc/x?changed?/etc/y\nkept back /etc/b.dpkg-dist',
    ]);
  });
});

describe('outlook', () => {
  it('has what is free on every disk beside what is needed, and marks where that is too little', () => {
    const disk = {
      host: 'web1',
      folders: ['/usr', '/srv'],
      freeBytes: 3e9,
      needBytes: 2e9,
      estimated: false,
    };
    const disks = [
      disk,
      { host: 'the runner', folders: ['/tmp'], freeBytes: 1e9, needBytes: 2e9, estimated: true },
    ];
    const { text } = outlook(reportOf({ outlook: { databases: [], disks, irreversible: [] } }));
    expect(text).toContain('| Host | Disk of | Free | Needed |');
    expect(text).toContain('| web1 | <code>/usr, /srv</code> | 3.00 GB | 2.00 GB |');
    expect(text).toContain('| the runner | <code>/tmp</code> | 1.00 GB | **about 2.00 GB** |');
  });
});

describe('timeline', () => {
  it('has a row a phase, from its first step to its last', () => {
    const slow = stepOf();
    const early = stepOf({
      id: 'migrate.lib.0',
      host: 'web2',
      started: slow.started - 1000,
      ended: slow.started,
    });
    const { text } = timeline(reportOf({ steps: [early, slow] }));
    expect(text).toContain(
      '| migrate | <code>2026-11-23T17&#58;59&#58;59Z</code> | 2.5 s | 2 | <code>migrate.app.0</code> on web1, 1.5 s |',
    );
  });
});
