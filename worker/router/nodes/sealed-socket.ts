import type { WebSocket } from 'ws';
import type { SealedLine } from '#lib/nodes/sealed-line';

/** So much may wait for a node before nothing more is read from it. */
const HIGH_BYTES = 8 << 20;
const LOW_BYTES = 1 << 20;
const LOOK_MS = 50;
/** A node that takes nothing for so long is not coming back. */
const DRAIN_MS = 10_000;

/** What the channel needs of a connection: a WebSocket, or what stands for one in a test. */
export type ChannelSocket = Pick<WebSocket, 'readyState' | 'OPEN' | 'close' | 'terminate'> & {
  send(frame: Buffer): void;
  on(event: 'close', listener: () => void): unknown;
};

/**
 * A node's connection as the router writes to it: every frame is sealed. While a node lags behind, nothing is read from
 * it, so that what it asks for cannot grow without end; one that does not drain is closed.
 */
export class SealedSocket implements ChannelSocket {
  readonly #socket: WebSocket;
  readonly #line: SealedLine;
  #draining: NodeJS.Timeout | null = null;

  constructor(socket: WebSocket, line: SealedLine) {
    this.#socket = socket;
    this.#line = line;
    socket.on('close', () => this.#drained());
  }

  get readyState(): WebSocket['readyState'] {
    return this.#socket.readyState;
  }

  get OPEN(): WebSocket['OPEN'] {
    return this.#socket.OPEN;
  }

  send(frame: Buffer): void {
    // Sealed and not sent would be a number left out.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(this.#line.seal(frame));
    if (this.#socket.bufferedAmount > HIGH_BYTES && !this.#draining) this.#drain();
  }

  on(event: 'close', listener: () => void): this {
    this.#socket.on(event, listener);
    return this;
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #drain(): void {
    this.#socket.pause();
    const giveUpAt = performance.now() + DRAIN_MS;
    this.#draining = setInterval(() => {
      if (this.#socket.bufferedAmount < LOW_BYTES) this.#drained();
      else if (performance.now() > giveUpAt) this.#socket.terminate();
    }, LOOK_MS);
  }

  #drained(): void {
    if (!this.#draining) return;
    clearInterval(this.#draining);
    this.#draining = null;
    this.#socket.resume();
  }
}
