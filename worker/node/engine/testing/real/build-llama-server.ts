import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FLAGS = [
  '-DCMAKE_BUILD_TYPE=Release',
  // The code that computes is C; the rest is built in half the time like this.
  '-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG',
  '-DCMAKE_C_FLAGS_RELEASE=-O2 -DNDEBUG',
  // Nothing is fetched: no pages of its own, no downloads over TLS.
  '-DLLAMA_BUILD_UI=OFF',
  '-DLLAMA_USE_PREBUILT_UI=OFF',
  '-DLLAMA_OPENSSL=OFF',
  '-DLLAMA_BUILD_TESTS=OFF',
  '-DLLAMA_BUILD_EXAMPLES=OFF',
  '-DLLAMA_BUILD_APP=OFF',
  '-DBUILD_SHARED_LIBS=OFF',
];

/**
 * Builds llama.cpp's server from the sources that node-llama-cpp's package carries, unless it has been built. Needs
 * git, cmake and a C++ compiler; half an hour on two busy cores.
 * @returns the program's path.
 */
export function buildLlamaServer(root: string, log: (line: string) => void): string {
  const from = join(root, 'node_modules/node-llama-cpp/llama');
  const { release } = JSON.parse(readFileSync(join(from, 'binariesGithubRelease.json'), 'utf8')) as {
    release: string;
  };
  const sources = join(root, `.cache/llama.cpp-${release}`);
  const build = join(sources, 'build');
  const program = join(build, 'bin/llama-server');
  if (existsSync(program)) return program;
  log(`Building llama-server ${release} into ${sources}; this takes a while`);
  if (!existsSync(sources)) run('git', ['clone', '--quiet', join(from, 'gitRelease.bundle'), sources]);
  run('cmake', ['-S', sources, '-B', build, ...FLAGS]);
  run('cmake', ['--build', build, '--target', 'llama-server', '-j2']);
  return program;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw new Error(`${command} is missing. On Debian: apt-get install git cmake g++`);
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}
