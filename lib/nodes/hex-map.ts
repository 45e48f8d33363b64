/** Bytes by node id as they stand in a frame. */
export function hexEach(bytes: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries([...bytes].map(([id, value]) => [id, Buffer.from(value).toString('hex')]));
}

export function bytesEach(hex: Readonly<Record<string, string>>): Map<string, Buffer> {
  return new Map(Object.entries(hex).map(([id, value]) => [id, Buffer.from(value, 'hex')]));
}
