import type { StoredDump } from '../domain/dump.ts';
import { code, Markdown, md } from './markdown.ts';

/**
 * An artifact, as a link where its address is a page of an artifact on this very GitHub: the address comes out of a
 * host's journal, and a host must not choose where people click. Elsewhere its name.
 */
export function artifactLink({ name, url = '' }: StoredDump, server: string): Markdown {
  return isArtifactPage(url, server)
    ? new Markdown(`<a href="${url}">artifact</a>`)
    : md`artifact ${code(name)}`;
}

function isArtifactPage(url: string, server: string): boolean {
  const path = url.startsWith(`${server}/`) ? url.slice(server.length + 1) : '';
  return (
    /^https?:\/\/[\w.:-]+$/.test(server) &&
    /^[\w.-]+\/[\w.-]+\/actions\/runs\/\d+\/artifacts\/\d+$/.test(path)
  );
}
