import { createCipheriv, createHash } from 'node:crypto';
import { type RandomSource, randomSourceFrom } from '../sampling/random.ts';

/** The same draws for the same seed (an AES-256-CTR key stream): for tests only, anybody can predict it. */
export function seededRandom(seed: string): RandomSource {
  const key = createHash('sha256').update(seed).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return randomSourceFrom((block) => block.set(stream.update(Buffer.alloc(block.length))));
}
