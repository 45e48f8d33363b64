import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { decodeFrame } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import { KeyDirectory } from '../../router/keys/key-directory.ts';
import { KeyAgreement } from './key-agreement.ts';

const quiet = createLogger('test');
quiet.level = 'silent';
const hour = () => Date.now() + 3_600_000;

/** A hospital's node on its connection to the router: what the router sends is answered at once, or is lost. */
class TestNode {
  readonly identity = generateKeyPairSync('ed25519');
  readonly pins = new Map<string, KeyObject>();
  agreement: KeyAgreement;
  readonly nodeId: string;
  isHeld = false;
  #leave: () => void = () => {};

  constructor(nodeId: string) {
    this.nodeId = nodeId;
    this.agreement = this.#fresh();
  }

  connect(directory: KeyDirectory): void {
    this.#leave = directory.join(this.nodeId, (frame) => {
      // As over a socket: never within the sender's own call.
      queueMicrotask(() => {
        if (!this.isHeld) this.receive(directory, frame);
      });
    });
  }

  /** A node that starts anew has other keys. */
  restart(directory: KeyDirectory): void {
    this.#leave();
    this.agreement = this.#fresh();
    this.connect(directory);
  }

  receive(directory: KeyDirectory, bytes: Buffer): void {
    const frame = decodeFrame(bytes);
    if (frame.type === 'keyEpoch') {
      directory.announced(this.nodeId, this.agreement.begin(parseMessage(frame, 'keyEpoch')));
      return;
    }
    const pairs =
      frame.type === 'directory'
        ? this.agreement.meet(parseMessage(frame, 'directory'))
        : this.agreement.take(parseMessage(frame, 'encapsulations'));
    if (pairs) directory.paired(this.nodeId, pairs);
  }

  #fresh(): KeyAgreement {
    return new KeyAgreement({
      nodeId: this.nodeId,
      identity: this.identity.privateKey,
      peers: () => this.pins,
      log: quiet,
    });
  }
}

let directory: KeyDirectory;
let nodes: TestNode[];
beforeEach(() => {
  directory = new KeyDirectory({ keyEpoch: 1, notAfterMs: hour() });
  nodes = Array.from({ length: 3 }, () => randomUUID())
    .sort()
    .map((id) => new TestNode(id));
  for (const node of nodes) for (const peer of nodes) node.pins.set(peer.nodeId, peer.identity.publicKey);
});
const ids = () => nodes.map(({ nodeId }) => nodeId);
const together = () => [
  directory.areTogether(ids()[0]!, ids()[1]!),
  directory.areTogether(ids()[0]!, ids()[2]!),
  directory.areTogether(ids()[1]!, ids()[2]!),
];
const keysOf = (node: TestNode, epoch = 1) => node.agreement.keysOf(epoch)!;
const h = Buffer.alloc(32, 3);

describe('nodes that have pinned each other', () => {
  test('agree over the router on secrets, and on what it names their keys by', async () => {
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    expect(together()).toEqual([true, true, true]);
    const [a, b] = nodes as [TestNode, TestNode];
    expect(keysOf(a).maskKey(b.nodeId, h)).toEqual(keysOf(b).maskKey(a.nodeId, h));
    expect(nodes.map((node) => keysOf(node).directoryHash(ids()))).toEqual(
      nodes.map(() => directory.directoryHash(ids())),
    );
  });

  test('agree anew with one that starts anew, and not before', async () => {
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    const [a, b] = nodes as [TestNode, TestNode];
    const before = keysOf(a).maskKey(b.nodeId, h);
    b.isHeld = true;
    b.restart(directory);
    expect(together()).toEqual([false, true, false]);
    b.isHeld = false;
    b.restart(directory);
    await directory.settled(ids());
    expect(together()).toEqual([true, true, true]);
    expect(keysOf(a).maskKey(b.nodeId, h)).toEqual(keysOf(b).maskKey(a.nodeId, h));
    expect(keysOf(a).maskKey(b.nodeId, h)).not.toEqual(before);
  });

  test('keep their secrets where only the router starts anew', async () => {
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    const before = keysOf(nodes[0]!).maskKey(ids()[1]!, h);
    directory = new KeyDirectory({ keyEpoch: 1, notAfterMs: hour() });
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    expect(together()).toEqual([true, true, true]);
    expect(keysOf(nodes[0]!).maskKey(ids()[1]!, h)).toEqual(before);
  });

  test('meet in the same epoch when the last of them has pinned the other', async () => {
    const [a, , c] = nodes as [TestNode, TestNode, TestNode];
    a.pins.delete(c.nodeId);
    c.pins.delete(a.nodeId);
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    const before = keysOf(a).maskKey(ids()[1]!, h);
    for (const [one, other] of [
      [a, c],
      [c, a],
    ] as const) {
      expect(together()).toEqual([true, false, true]);
      one.pins.set(other.nodeId, other.identity.publicKey);
      directory.announced(one.nodeId, one.agreement.again()!);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(together()).toEqual([true, true, true]);
    expect(keysOf(a).maskKey(c.nodeId, h)).toEqual(keysOf(c).maskKey(a.nodeId, h));
    // What others hold with them stays: rounds that run are not disturbed.
    expect(keysOf(a).maskKey(ids()[1]!, h)).toEqual(before);
  });

  test('part at once when one of them takes the other off its list', async () => {
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    const [a, , c] = nodes as [TestNode, TestNode, TestNode];
    a.pins.delete(c.nodeId);
    directory.announced(a.nodeId, a.agreement.again()!);
    expect(together()).toEqual([true, false, true]);
  });

  test('have other secrets in every epoch, and those of the last one for rounds that had begun', async () => {
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    const before = keysOf(nodes[0]!).maskKey(ids()[1]!, h);
    directory.begin({ keyEpoch: 2, notAfterMs: hour() });
    expect(together()).toEqual([false, false, false]);
    await directory.settled(ids());
    expect(together()).toEqual([true, true, true]);
    expect(keysOf(nodes[0]!, 2).maskKey(ids()[1]!, h)).not.toEqual(before);
    expect(keysOf(nodes[0]!, 1).maskKey(ids()[1]!, h)).toEqual(before);
    directory.begin({ keyEpoch: 3, notAfterMs: hour() });
    await directory.settled(ids());
    expect(nodes[0]!.agreement.keysOf(1)).toBeNull();
  });
});

describe('the router', () => {
  test('cannot bring in a node that a hospital has not pinned', async () => {
    nodes[0]!.pins.delete(ids()[2]!);
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids());
    expect(together()).toEqual([true, false, true]);
    expect(keysOf(nodes[0]!).knows(ids()[2]!)).toBe(false);
  });

  test('cannot put keys of its own into a pinned name', async () => {
    nodes[0]!.pins.set(ids()[1]!, generateKeyPairSync('ed25519').publicKey);
    for (const node of nodes) node.connect(directory);
    await directory.settled(ids().slice(1));
    expect(keysOf(nodes[0]!).knows(ids()[1]!)).toBe(false);
    expect(directory.areTogether(ids()[0]!, ids()[1]!)).toBe(false);
    expect(directory.areTogether(ids()[1]!, ids()[2]!)).toBe(true);
  });

  test('takes no keys in another name', () => {
    for (const node of nodes) node.connect(directory);
    const [a, b] = nodes as [TestNode, TestNode];
    const announced = a.agreement.begin({ keyEpoch: 1, notAfterMs: hour() });
    expect(() => directory.announced(b.nodeId, announced)).toThrow("another node's");
  });
});
