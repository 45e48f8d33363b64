import { createLocalServer, type LocalServerSetup } from './local-server.ts';

/**
 * Opens the listener. One that cannot be opened is an error in the log and nothing more: the federation does not wait for it.
 */
export async function listenLocally(setup: LocalServerSetup): Promise<{ close: () => void }> {
  const { local, log } = setup;
  try {
    const server = createLocalServer(setup);
    await server.listen({ host: local.host, port: local.port });
    log.info({ host: local.host, port: local.port }, 'answers its own clinicians');
    return { close: () => void server.close() };
  } catch (error) {
    log.error({ err: error, port: local.port }, 'no local answers: the listener cannot be opened');
    return { close: () => {} };
  }
}
