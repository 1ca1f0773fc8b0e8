import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MarkerGate } from '../../src/adapters/marker-gate.ts';

const MARKER = 'k3f9';

/** What a gate lets through of bytes that come in pieces of these sizes. */
function pass(bytes: Buffer, sizes: readonly number[]): { through: Buffer; gate: MarkerGate } {
  const gate = new MarkerGate(MARKER);
  const through: Buffer[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    through.push(gate.pass(bytes.subarray(at, at + size)));
    at += size;
  }
  return { through: Buffer.concat(through), gate };
}

describe('MarkerGate', () => {
  it('lets through exactly what follows the marker, however the bytes are cut', () => {
    // Letters of the marker, so that parts of it appear in front of it.
    const chatter = fc
      .string({ unit: fc.constantFrom('k', '3', 'f', '9', '\n') })
      .filter((text) => !text.includes('k3f9\n'));
    fc.assert(
      fc.property(chatter, fc.uint8Array(), fc.array(fc.nat({ max: 6 })), (before, after, sizes) => {
        const { through, gate } = pass(Buffer.concat([Buffer.from(`${before}${MARKER}\n`), after]), sizes);
        expect(through.equals(Buffer.from(after))).toBe(true);
        expect(gate.open).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps the words for an error when the marker never comes', () => {
    const { through, gate } = pass(Buffer.from('sudo: a password is required\nk3f'), [3, 4]);
    expect(through).toHaveLength(0);
    expect(gate.open).toBe(false);
    expect(gate.chatter).toBe('sudo: a password is required\nk3f');
  });

  it('keeps no more of them than an error needs', () => {
    const { gate } = pass(Buffer.alloc(1_000_000, 'x'), [100_000, 200_000]);
    expect(gate.chatter).toHaveLength(8192);
  });
});
