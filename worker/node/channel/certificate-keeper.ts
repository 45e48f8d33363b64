import type { X509Certificate } from 'node:crypto';
import type { Logger } from '#lib/log';
import { encodeFrame } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { newTlsKey } from '#lib/nodes/pki/p256';
import { makeRequest } from '#lib/nodes/pki/request';
import { keyMadeAt, noteKeyMade } from './key-age.ts';
import { readTls, writeTls } from './tls-files.ts';

const LOOK_MS = 10 * 60_000;
/** Before the year that the router allows a key is over, with room for a node that is off for a month. */
const KEY_MAX_MS = 330 * 24 * 3_600_000;

type Place = { dataDir: string; caFingerprint: string };
type Send = (frame: Buffer) => void;

/**
 * Keeps this node's certificate in force: at half its life it asks for the next one over the connection it has, and the
 * connection goes on as it is. The next dial uses the new one.
 */
export class CertificateKeeper {
  readonly #place: Place;
  readonly #log: Logger;
  /** The key that is being certified; it takes the other's place together with its certificate. */
  #asking: { key: string; isNew: boolean } | null = null;

  constructor(place: Place, log: Logger) {
    this.#place = place;
    this.#log = log;
  }

  /** Looks now and from time to time, as long as a connection lasts. Returns the way to stop. */
  keep(send: Send): () => void {
    this.#asking = null;
    const look = () => void this.#look(send);
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }

  /** Asks for a certificate of a new key: its administrator ordered one. */
  async rekey(send: Send): Promise<void> {
    await this.#ask(send, newTlsKey(), true);
  }

  async take({ pem }: Message<'certificate'>): Promise<void> {
    const asked = this.#asking;
    this.#asking = null;
    if (!asked) return;
    await writeTls(this.#place.dataDir, asked.key, pem);
    if (asked.isNew) await noteKeyMade(this.#place.dataDir, new Date());
    this.#log.info({ newKey: asked.isNew }, 'a new certificate is in place');
  }

  refused({ code, reason }: Message<'certificateRefused'>): void {
    this.#asking = null;
    this.#log.error({ code, reason }, 'the router refused to renew the certificate');
  }

  async #look(send: Send): Promise<void> {
    try {
      const { certificate, key } = readTls(this.#place);
      if (!isHalfway(certificate, Date.now())) return;
      const isOld = Date.now() - keyMadeAt(this.#place.dataDir, certificate).getTime() > KEY_MAX_MS;
      await this.#ask(send, isOld ? newTlsKey() : key, isOld);
    } catch (error) {
      this.#log.error({ err: error }, 'the certificate was not renewed; trying again later');
    }
  }

  async #ask(send: Send, key: string, isNew: boolean): Promise<void> {
    this.#asking = { key, isNew };
    const csr = await makeRequest(key);
    send(encodeFrame('certificateRequest', { csr: csr.toString('base64') }));
  }
}

export function isHalfway({ validFromDate, validToDate }: X509Certificate, nowMs: number): boolean {
  return nowMs >= (validFromDate.getTime() + validToDate.getTime()) / 2;
}
