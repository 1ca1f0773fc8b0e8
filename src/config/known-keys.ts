import { z } from 'zod';
import type { KeyPath } from '../domain/problem.ts';

/** The keys that a schema knows at a path, so that an unknown one can be told the nearest. */
export function knownKeys(schema: z.ZodType, path: KeyPath): string[] {
  const [first, ...rest] = path;
  return objects(schema).flatMap((found) => {
    if (first === undefined) {
      return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
    }
    const next = below(found, first);
    return next === null ? [] : knownKeys(next, rest);
  });
}

function below(schema: z.ZodType, part: string | number): z.ZodType | null {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>;
    return Object.hasOwn(shape, part) ? (shape[part] ?? null) : null;
  }
  if (schema instanceof z.ZodRecord) {
    return schema.valueType as z.ZodType;
  }
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : null;
}

/** The schemas behind defaults, options and alternatives. */
function objects(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodUnion) {
    return (schema.options as z.ZodType[]).flatMap(objects);
  }
  if (schema instanceof z.ZodPipe) {
    return objects(schema.in as z.ZodType);
  }
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional
  ) {
    return objects(schema.unwrap() as z.ZodType);
  }
  return [schema];
}
