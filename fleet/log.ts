/** Where progress goes, one line at a time. */
export type Log = (line: string) => void;

/** Progress on stderr, with seconds since the start, so that stdout stays for results. */
export function stderrLog(): Log {
  const start = Date.now();
  return (line) =>
    process.stderr.write(`fleet ${((Date.now() - start) / 1000).toFixed(1).padStart(6)}s ${line}\n`);
}
