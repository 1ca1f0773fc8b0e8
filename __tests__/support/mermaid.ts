import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';

/** A chart as mermaid itself understands it. */
export interface ReadChart {
  readonly sections: readonly string[];
  readonly tasks: readonly {
    readonly section: string;
    readonly label: string;
    readonly from: number;
    readonly to: number;
    readonly crit: boolean;
    readonly active: boolean;
  }[];
}

/** What of a gantt chart's database is read here. */
interface Gantt {
  getSections(): string[];
  getTasks(): {
    section: string;
    task: string;
    startTime: Date;
    endTime: Date;
    crit?: boolean;
    active?: boolean;
  }[];
}

interface Mermaid {
  initialize(config: Readonly<Record<string, unknown>>): void;
  parse(text: string): Promise<{ diagramType: string }>;
  mermaidAPI: { getDiagramFromText(text: string): Promise<{ db: Gantt }> };
}

/**
 * As much of a window as a flowchart's parser asks for: its labels pass what cleans HTML, which cleans nothing in a
 * document that can make none.
 */
const WINDOW = {
  Element: class {},
  document: { nodeType: 9, implementation: {}, createElement: () => ({}) },
};

/** Mermaid's bundle for browsers, in a world of its own with no document to draw in: it only parses there. */
function loadMermaid(): Mermaid {
  const file = createRequire(import.meta.url).resolve('@mermaid-js/tiny');
  const world = { console, setTimeout, clearTimeout, structuredClone, URL, Date, window: WINDOW };
  runInContext(readFileSync(file, 'utf8'), createContext(world), { filename: file });
  const { mermaid } = world as unknown as { mermaid: Mermaid };
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
  return mermaid;
}

const mermaid = loadMermaid();

/** The kind of chart that mermaid's own parser takes a text for. @throws its error for what it does not understand */
export async function chartKind(text: string): Promise<string> {
  return (await mermaid.parse(text)).diagramType;
}

/** Reads a chart with mermaid's own parser. @throws its error for what it does not take for a gantt chart */
export async function readChart(text: string): Promise<ReadChart> {
  const kind = await chartKind(text);
  if (kind !== 'gantt') {
    throw new Error(`mermaid takes this for a ${kind}: ${text}`);
  }
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  return {
    sections: [...db.getSections()],
    tasks: [...db.getTasks()].map(({ section, task, startTime, endTime, crit, active }) => ({
      section,
      label: task.trim(),
      from: utc(startTime),
      to: utc(endTime),
      crit: crit === true,
      active: active === true,
    })),
  };
}

/** What a clock on the wall shows at a moment here, as a moment in UTC: charts are written for such a clock. */
function utc(time: Date): number {
  return time.getTime() - time.getTimezoneOffset() * 60_000;
}
