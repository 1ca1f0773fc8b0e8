import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Runs `work` while holding the lock `file`. The lock is held by a child that ends with its stdin, so it is free
 * again however this process ends; nothing stale can stay behind. Many may hold it `shared`.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  mode: 'exclusive' | 'shared' = 'exclusive',
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const holder = spawn('flock', [`--${mode}`, '--no-fork', file, 'sh', '-c', 'echo held; cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    holder.stdout.once('data', () => resolve());
    holder.once('error', reject);
    holder.once('exit', (code) => reject(new Error(`flock ${file} ended with ${code}`)));
  });
  try {
    return await work();
  } finally {
    const ended = new Promise((resolve) => holder.once('close', resolve));
    holder.stdin.end();
    await ended;
  }
}
