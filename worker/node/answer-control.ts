import type { Frame } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import type { CertificateKeeper } from './channel/certificate-keeper.ts';
import type { Link } from './channel/dial.ts';
import { keepOffered } from './peers/offered-peers.ts';

/** Takes frames that are about the node itself and not about a question. Says whether it was one. */
export async function answerControl(
  frame: Frame,
  { dataDir, certificates, link }: { dataDir: string; certificates: CertificateKeeper; link: Link },
): Promise<boolean> {
  switch (frame.type) {
    case 'peers':
      await keepOffered(dataDir, parseMessage(frame, 'peers').peers);
      return true;
    case 'certificate':
      await certificates.take(parseMessage(frame, 'certificate'));
      return true;
    case 'certificateRefused':
      certificates.refused(parseMessage(frame, 'certificateRefused'));
      return true;
    case 'rekey':
      await certificates.rekey(link.send);
      return true;
    default:
      return false;
  }
}
