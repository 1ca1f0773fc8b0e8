import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Marked } from 'marked';

/** What of npm's packages stands in the page. */
const { resolve } = createRequire(import.meta.url);

/** The width of a summary on GitHub's page, in pixels. */
export const WIDTH = 1012;

/**
 * A page that shows a summary in GitHub's flavour of Markdown with its charts drawn, and needs nothing from outside.
 * Once all is drawn, its root says in `data-height` how high it is, or in `data-error` what went wrong.
 * @param until the heading before which its height ends; the whole page when missing
 */
export function summaryPage(markdown: string, until?: string): string {
  const css = readFileSync(resolve('github-markdown-css/github-markdown-light.css'), 'utf8');
  const mermaid = readFileSync(resolve('@mermaid-js/tiny'), 'utf8');
  return `<!doctype html>
<html><head><meta charset="utf-8"><style>${css}
body { margin: 0; background: #fff; }
.markdown-body { box-sizing: border-box; width: ${WIDTH}px; padding: 24px 32px; }
.mermaid { background: none !important; padding: 0 !important; }
</style></head><body><article class="markdown-body">${htmlOf(markdown)}</article>
<script>${mermaid.replaceAll('</script', '<\\/script')}</script>
<script>
  const { dataset } = document.documentElement;
  const end = () => {
    const until = ${JSON.stringify(until ?? null)};
    const heading = [...document.querySelectorAll('h2, h3')].find(({ textContent }) => textContent === until);
    if (until !== null && heading === undefined) throw new Error('there is no heading ' + until);
    return heading?.getBoundingClientRect().top ?? document.querySelector('article').getBoundingClientRect().bottom;
  };
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
  mermaid.run()
    .then(() => { dataset.height = Math.ceil(end()); })
    .catch((error) => { dataset.error = String(error.message ?? error); });
</script></body></html>
`;
}

/** Charts become what mermaid looks for, all else is as the parser has it. */
function htmlOf(markdown: string): string {
  const marked = new Marked({ gfm: true, async: false });
  marked.use({
    renderer: {
      code: ({ lang, text }) =>
        lang === 'mermaid' ? `<pre class="mermaid">${escaped(text)}</pre>\n` : false,
    },
  });
  return marked.parse(markdown, { async: false });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
