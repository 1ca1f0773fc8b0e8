import type { Readable } from 'node:stream';

/**
 * Bytes that a host may send ahead of what we have taken. ssh2 stops at 2 MiB, which at 40 ms of round trip is
 * 24 MiB/s; with 8 MiB it was over 110. It is also the most that a slow taker makes us hold.
 */
const WINDOW = 8 * 1024 * 1024;

/** What we need of ssh2's Channel beyond its interface; checked before every use, since it is nobody's promise. */
interface Inside {
  readonly incoming?: { window?: unknown; readonly state?: unknown };
  readonly outgoing?: { readonly id?: unknown };
  readonly _client?: { readonly _protocol?: { channelWindowAdjust?(id: number, bytes: number): void } };
}

/** Lets the host send more on this channel when much of its window is used; without ssh2's insides it does nothing. */
export function widenWindow(channel: Readable): void {
  const { incoming, outgoing, _client } = channel as unknown as Inside;
  const protocol = _client?._protocol;
  const window = incoming?.window;
  if (typeof window !== 'number' || typeof outgoing?.id !== 'number' || !protocol?.channelWindowAdjust) {
    return;
  }
  const more = WINDOW - channel.readableLength - window;
  if (incoming?.state === 'open' && more >= WINDOW / 4) {
    incoming.window = window + more;
    protocol.channelWindowAdjust(outgoing.id, more);
  }
}
