import type { Report } from '../domain/report.ts';

/**
 * The report with every text masked. To be done before it is rendered or written as JSON: both turn characters into
 * others, and nobody who masks the result, the runner included, would find a secret that has such a character.
 * @param mask gives a text back with stars for every secret
 */
export function maskReport(report: Report, mask: (text: string) => string): Report {
  return masked(report, mask) as Report;
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return mask(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => masked(item, mask));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, mask)]))
    : value;
}
