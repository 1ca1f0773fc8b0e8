/** Has the pattern a wildcard, `*` (any characters) or `?` (one)? */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/**
 * Does the whole text match the pattern? Only `*` and `?` mean something.
 * It goes back to the last star alone, so that no pattern takes longer than both lengths multiplied.
 */
export function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let taken = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      taken = index;
    } else if (pattern[at] === '?' || pattern[at] === text[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++taken;
    } else {
      return false;
    }
  }
  return [...pattern.slice(at)].every((rest) => rest === '*');
}
