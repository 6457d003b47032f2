import type { Output, Request, StoredFile } from '@inlay-im/protocol';
import type { TestNode } from './node.ts';

type Wanted = Partial<Request<'files.create'>> & { bytes: Uint8Array<ArrayBuffer> };

/** A tus request as a person. */
export async function tus(
  node: TestNode,
  user: string,
  o: {
    method: 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'POST';
    path: string;
    offset?: number;
    body?: Uint8Array<ArrayBuffer>;
    headers?: Record<string, string>;
  },
): Promise<Response> {
  const { accessToken } = await node.signedIn(user);
  return await fetch(`${node.url}${o.path}`, {
    method: o.method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      'tus-resumable': '1.0.0',
      ...(o.offset === undefined ? {} : { 'upload-offset': String(o.offset) }),
      ...(o.method === 'PATCH' ? { 'content-type': 'application/offset+octet-stream' } : {}),
      ...o.headers,
    },
    ...(o.body === undefined ? {} : { body: o.body }),
  });
}

/** Begins a file and brings its bytes to the node, without finishing it. */
export async function brought(
  node: TestNode,
  user: string,
  { bytes, ...over }: Wanted,
): Promise<{ file: string; created: Output<'files.create'> }> {
  const file = over.file ?? Bun.randomUUIDv7();
  const wanted = { kind: 'file' as const, name: 'a file', size: bytes.length, ...over, file };
  const created = await node.as(user, 'files.create', wanted);
  if (created.upload?.by === 'tus') {
    const answer = await tus(node, user, {
      method: 'PATCH',
      path: created.upload.url,
      offset: 0,
      body: bytes,
    });
    if (answer.status !== 204) throw new Error(`PATCH gave ${answer.status} ${await answer.text()}`);
  }
  return { file, created };
}

/** Brings a file of a person from beginning to end. */
export async function uploaded(node: TestNode, user: string, wanted: Wanted): Promise<StoredFile> {
  const { file } = await brought(node, user, wanted);
  return (await node.as(user, 'files.finish', { file })).stored;
}

/** The address of a person's own file. */
export async function ownUrl(node: TestNode, user: string, file: string): Promise<string> {
  const { addresses } = await node.as(user, 'files.urls', { files: [file] });
  const [address] = addresses;
  if (address === undefined) throw new Error('there is no address of this file');
  return `${node.url}${address.url}`;
}
