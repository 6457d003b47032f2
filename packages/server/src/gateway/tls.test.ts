import { afterEach, expect, test } from 'bun:test';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { generate } from 'selfsigned';
import { startTestNode } from '../testing/node.ts';
import { CertificateError, readCertificate, watchCertificate } from './tls.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'inlay-tls-'));
  folders.push(made);
  return made;
}

/** A self-signed certificate and its key. */
async function certificate(where: string, name: string): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: 'commonName', value: name }], { keyType: 'ec' });
  const files = { cert: join(where, `${name}.crt`), key: join(where, `${name}.key`) };
  await Promise.all([writeFile(files.cert, made.cert), writeFile(files.key, made.private)]);
  return files;
}

/** The name in the certificate that a new connection is shown. */
function shownName(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.end();
    });
    socket.on('error', reject);
  });
}

test('a renewed certificate is shown to new connections, and sessions that are open live on', async () => {
  const where = await folder();
  const files = await certificate(where, 'first');
  const renewed = await certificate(await folder(), 'second');
  const { promise: noted, resolve: note } = Promise.withResolvers<void>();
  const node = await startTestNode({
    env: { INLAY_TLS_CERT: files.cert, INLAY_TLS_KEY: files.key, INLAY_LOG: 'info' },
    write: (line) => line.includes('the TLS certificate was renewed') && note(),
  });
  try {
    const port = Number(new URL(node.url).port);
    expect(await shownName(port)).toBe('first');
    const old = await node.peer('alice');
    await rename(renewed.key, files.key);
    await rename(renewed.cert, files.cert);
    await noted;
    expect(await shownName(port)).toBe('second');
    const fresh = await node.peer('bob');
    const body = { kind: 'text' as const, text: 'across both' };
    await fresh.call('messages.send', { conversation: 'direct:alice,bob', id: Bun.randomUUIDv7(), body });
    expect((await old.event('message.new')).message.body).toEqual(body);
    await old.call('messages.send', { conversation: 'direct:alice,bob', id: Bun.randomUUIDv7(), body });
    expect((await fresh.event('message.new')).message.n).toBe(2);
  } finally {
    await node.stop();
  }
});

test('a certificate that does not fit its key is told in words, and the old one stays in use', async () => {
  const where = await folder();
  const files = await certificate(where, 'one');
  const other = await certificate(await folder(), 'other');
  await expect(readCertificate({ cert: files.cert, key: other.key })).rejects.toThrow(CertificateError);
  await expect(readCertificate({ cert: join(where, 'none.crt'), key: files.key })).rejects.toThrow(
    'INLAY_TLS_CERT',
  );
  const { promise: refused, resolve: refuse } = Promise.withResolvers<string>();
  let renewals = 0;
  const quiet = () => undefined;
  const unwatch = watchCertificate({
    files,
    logger: { debug: quiet, info: quiet, warn: quiet, error: (what) => refuse(what) },
    after: (_, task) => {
      queueMicrotask(task);
      return quiet;
    },
    renew: () => renewals++,
  });
  await writeFile(files.cert, 'no certificate');
  expect(await refused).toBe('the renewed TLS certificate was not taken over');
  expect(renewals).toBe(0);
  unwatch();
});
