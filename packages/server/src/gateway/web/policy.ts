/**
 * The page talks to its own node alone, and to where that has its files; it runs nothing but its own files. Pictures may
 * come from anywhere that is encrypted, as avatars do. The one script address that it makes of a text is its service
 * worker's.
 */
export function pagePolicy(fileOrigins: readonly string[] = []): string {
  const files = fileOrigins.map((origin) => ` ${origin}`).join('');
  return [
    "default-src 'none'",
    `connect-src 'self'${files}`,
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: blob: https:${files}`,
    `media-src 'self' blob:${files}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types inlay',
  ].join('; ');
}

/** The service worker fetches from its own node, and loads no other script. */
export const WORKER_POLICY = "default-src 'none'; connect-src 'self'";
