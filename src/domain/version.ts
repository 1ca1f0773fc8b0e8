/** A Debian version's three parts (deb-version(7)). */
interface Parts {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
}

/** dpkg keeps the epoch in an int. */
const MAX_EPOCH = 2 ** 31 - 1;

/** Does dpkg take this text for a version? */
export function isVersion(text: string): boolean {
  const match = /^(?:(\d{1,10}):)?(\d[A-Za-z0-9.+~:-]*)$/.exec(text);
  if (match === null || Number(match[1] ?? 0) > MAX_EPOCH) {
    return false;
  }
  const { upstream, revision } = split(text);
  // Without an epoch there is no colon; a dash is followed by a revision.
  return (
    upstream !== '' &&
    !text.endsWith('-') &&
    !revision.includes(':') &&
    (match[1] !== undefined || !text.includes(':'))
  );
}

/** Compares two Debian versions as dpkg does: negative when `a` is older, 0 when they are equal. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  return (
    left.epoch - right.epoch ||
    compareParts(left.upstream, right.upstream) ||
    compareParts(left.revision, right.revision)
  );
}

function split(version: string): Parts {
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
function compareParts(a: string, b: string): number {
  const [left, right] = [a.match(/\D*\d*/g) ?? [], b.match(/\D*\d*/g) ?? []];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = compareRuns(left[index] ?? '', right[index] ?? '');
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function compareRuns(a: string, b: string): number {
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
function order(character: string | undefined): number {
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
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || (left < right ? -1 : Number(left > right));
}
