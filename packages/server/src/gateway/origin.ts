/** Which pages may connect: those of the same host, and those that the configuration names. */
export function createOriginCheck(allowed: readonly string[]) {
  const any = allowed.includes('*');
  const names = new Set(allowed.map((o) => o.toLowerCase()));
  return (origin: string, host: string | undefined): boolean => {
    if (any || names.has(origin.toLowerCase())) return true;
    try {
      return host !== undefined && new URL(origin).host === host.toLowerCase();
    } catch {
      return false;
    }
  };
}
