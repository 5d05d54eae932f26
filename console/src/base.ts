// Where the gateway stands may have a path before it, put there by whatever is in front of it. The console is not told:
// its scripts lie in `assets` below that path, so that their own address says it.

/** The path before everything, without a slash at its end; empty at the top of a host. */
export const base = import.meta.env.PROD ? baseOf(import.meta.url) : '';

/** The address of something that the gateway serves, from its path there. */
export function at(path: string): string {
  return base + path;
}

/** The same with scheme and host, for commands that are run elsewhere. */
export function origin(): string {
  return location.origin + base;
}

export function baseOf(script: string): string {
  const { pathname } = new URL(script);
  return pathname.slice(0, Math.max(0, pathname.lastIndexOf('/assets/')));
}
