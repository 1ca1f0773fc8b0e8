/** How many hosts work at once: enough for a cloud, few enough for one sshd in front of it. */
export const PARALLEL = 16;

/**
 * Runs a task for every item, at most `limit` at once. When one fails no further one starts; those under way end
 * in peace, and then the first failure is thrown with the others beside it.
 * @throws AggregateError when several failed, else the failure itself
 */
export async function forEachParallel<T>(
  items: readonly T[],
  task: (item: T) => Promise<void>,
  limit: number = PARALLEL,
): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && failures.length === 0; item = waiting.shift()) {
      await task(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  throwAll(failures);
}

/** @throws AggregateError of several failures, the failure itself of one; nothing of none */
export function throwAll(failures: readonly unknown[]): void {
  if (failures.length > 1) {
    throw new AggregateError(failures, `${failures.length} failed at the same time`);
  }
  if (failures.length === 1) {
    throw failures[0];
  }
}

/** Like `forEachParallel`, with the results by item. */
export async function mapParallel<T, R>(
  items: readonly T[],
  task: (item: T) => Promise<R>,
): Promise<Map<T, R>> {
  const results = new Map<T, R>();
  await forEachParallel(items, async (item) => {
    results.set(item, await task(item));
  });
  return new Map(items.filter((item) => results.has(item)).map((item) => [item, results.get(item) as R]));
}
