interface Given {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string | number | boolean;
}

interface Told {
  readonly description: string;
}

/** What an action or a workflow is given and tells. */
export interface Interface {
  readonly inputs?: Readonly<Record<string, Given>>;
  readonly secrets?: Readonly<Record<string, Given>>;
  readonly outputs?: Readonly<Record<string, Told>>;
}

/** An action's manifest. */
export type Manifest = Interface;

/** What a workflow is given and tells when another one calls it. @throws Error when none can */
export function interfaceOfWorkflow(workflow: unknown): Interface {
  const { on } = workflow as { on: { workflow_call?: Interface } };
  if (on.workflow_call === undefined) {
    throw new Error('this workflow cannot be called by another one');
  }
  return on.workflow_call;
}

/** Inputs, secrets and outputs as tables of Markdown. @param heading what goes before the title of each, as `##` */
export function tables({ inputs = {}, secrets = {}, outputs = {} }: Interface, heading: string): string {
  const given = Object.entries(inputs).map(([name, { description, required, default: value = '' }]) => [
    `\`${name}\`${required ? ' (required)' : ''}`,
    description,
    value === '' ? '' : `\`${value}\``,
  ]);
  const kept = Object.entries(secrets).map(([name, { description }]) => [`\`${name}\``, description]);
  const told = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return [
    ...table(`${heading} Inputs`, ['input', 'what it is', 'default'], given),
    ...table(`${heading} Secrets`, ['secret', 'what it is'], kept),
    ...table(`${heading} Outputs`, ['output', 'what it is'], told),
  ].join('\n');
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.trim().replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return rows.length === 0
    ? []
    : ['', title, '', line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}
