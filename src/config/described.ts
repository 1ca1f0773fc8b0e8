import { z } from 'zod';

/** A text, with what it is. */
export const text = (what: string) => z.string().describe(what);

/** A number, with what it is. */
export const number = (what: string) => z.number().describe(what);

/** A list of texts, with what they are. */
export const texts = (what: string) => z.array(z.string()).describe(what);

/** A text that may be missing, with what it is and when it is null. */
export const textOrNull = (what: string) => z.string().nullable().describe(what);

/** A number that may be missing, with what it is and when it is null. */
export const numberOrNull = (what: string) => z.number().nullable().describe(what);
