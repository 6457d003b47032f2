/**
 * The address of a client. Behind proxies that one trusts it is the entry of X-Forwarded-For that the outermost of
 * them added: counted from the right, as anything further left was written by the client.
 */
export function clientAddress(peer: string, forwarded: string | null, trustedProxies: number): string {
  if (trustedProxies === 0 || forwarded === null) return peer;
  const chain = forwarded.split(',').map((part) => part.trim());
  return chain.at(-trustedProxies) || peer;
}
