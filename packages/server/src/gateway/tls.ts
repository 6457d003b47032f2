import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createSecureContext } from 'node:tls';
import { type Logger, reason } from '../core/log.ts';
import type { Certificate } from './server.ts';

/** The certificate cannot be used; the message says which file and why. */
export class CertificateError extends Error {
  override name = 'CertificateError';
}

export interface CertificateFiles {
  cert: string;
  key: string;
}

/** Reads a certificate and its key, and checks that they belong together. */
export async function readCertificate(files: CertificateFiles): Promise<Certificate> {
  const read = async (name: string, path: string): Promise<string> => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      throw new CertificateError(`${name}: ${path} cannot be read: ${reason(error)}`);
    }
  };
  const [cert, key] = await Promise.all([
    read('INLAY_TLS_CERT', files.cert),
    read('INLAY_TLS_KEY', files.key),
  ]);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new CertificateError(
      `INLAY_TLS_CERT and INLAY_TLS_KEY are no certificate and its key in PEM form: ${reason(error)}`,
    );
  }
  return { cert, key };
}

/** Files that are replaced one after the other, as certbot does, are read once both have been quiet this long, in ms. */
const QUIET = 500;

export interface WatchDeps {
  files: CertificateFiles;
  logger: Logger;
  after(milliseconds: number, task: () => void): () => void;
  renew(certificate: Certificate): void;
}

/**
 * Takes a renewed certificate over without a restart. Folders are watched rather than files, as a renewal replaces
 * files or turns a symbolic link. One that does not fit is logged, and the old one stays in use.
 */
export function watchCertificate({ files, logger, after, renew }: WatchDeps): () => void {
  let used: string | undefined;
  let cancel = (): void => undefined;
  async function take(): Promise<void> {
    try {
      const certificate = await readCertificate(files);
      if (used === certificate.cert) return;
      used = certificate.cert;
      renew(certificate);
      logger.info('the TLS certificate was renewed');
    } catch (error) {
      logger.error('the renewed TLS certificate was not taken over', { reason: reason(error) });
    }
  }
  void readFile(files.cert, 'utf8').then((cert) => {
    used = cert;
  });
  const folders = new Set([dirname(files.cert), dirname(files.key)]);
  const watchers: FSWatcher[] = [...folders].map((folder) =>
    watch(folder, () => {
      cancel();
      cancel = after(QUIET, () => void take());
    }),
  );
  return () => {
    cancel();
    for (const watcher of watchers) watcher.close();
  };
}
