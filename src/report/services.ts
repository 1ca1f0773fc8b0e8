import type { Outcome, Report, ServiceReport } from '../domain/report.ts';
import { blocks, table } from './blocks.ts';
import { code, type Markdown, md } from './markdown.ts';
import { count } from './units.ts';

/** What became of the services; those that run as they did before are only counted. */
export function services({ services: all, outcome, upgrade }: Report): Markdown {
  if (all.length === 0) {
    return md``;
  }
  if (outcome === 'planned') {
    return standing(all, md`now and will be stopped and started again`, md`Down now, and to stay so:`);
  }
  // Refused before an upgrade began: what was seen is how things are.
  return outcome === 'refused' && upgrade === null
    ? standing(all, md`now`, md`Down now:`)
    : afterwards(all, outcome);
}

function afterwards(all: readonly ServiceReport[], outcome: Outcome): Markdown {
  // A run that ended on its way has not looked at them again; the words about its failure say so.
  const known = outcome === 'finished' ? all : all.filter(({ after }) => after !== 'unknown');
  const shown = known.filter(({ before, after }) => before !== 'running' || after !== 'running');
  const same = known.length - shown.length;
  return blocks(
    known.length > 0 ? md`### Services` : null,
    same > 0 ? md`${count(same, 'service')} ${same === 1 ? 'runs' : 'run'} as before.` : null,
    table(['Service', 'Host', 'Before', 'Now'], shown.map(row)),
  );
}

function row({ name, host, before, after }: ServiceReport): Markdown[] {
  const lost = before === 'running' && after === 'down';
  const now = after === 'unknown' ? 'not known' : after;
  return [code(name), md`${host}`, md`${before}`, lost ? md`**${now}**` : md`${now}`];
}

function standing(all: readonly ServiceReport[], how: Markdown, title: Markdown): Markdown {
  const down = all.filter(({ before }) => before === 'down');
  const up = all.length - down.length;
  return blocks(
    md`### Services`,
    md`${count(up, 'service')} ${up === 1 ? 'runs' : 'run'} ${how}.`,
    down.length > 0 ? title : null,
    table(
      ['Service', 'Host'],
      down.map(({ name, host }) => [code(name), md`${host}`]),
    ),
  );
}
