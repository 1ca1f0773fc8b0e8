import { parseDocument } from 'yaml';

const NOTE = ` The root action under a name of its own: a workflow of this repository cannot say \`uses: $/\`.
 Made from the root's action.yml: npm run manuals`;

/** The root action's manifest for its stubs' own folder. @throws Error when it runs anything outside of that */
export function underName(text: string): string {
  const document = parseDocument(text);
  document.commentBefore = NOTE;
  // Only what a marketplace shows.
  document.delete('branding');
  for (const stage of ['main', 'post']) {
    const stub = String(document.getIn(['runs', stage]));
    const [, name] = /^actions\/upgrade\/(\w+\.js)$/.exec(stub) ?? [];
    if (name === undefined) {
      throw new Error(`action.yml: runs.${stage} is ${stub}, expected a stub in actions/upgrade`);
    }
    document.setIn(['runs', stage], name);
  }
  return document.toString({ lineWidth: 120 });
}
