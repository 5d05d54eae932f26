/** An address that a person may be sent to; what comes from elsewhere could be a script. */
export function safeLink(url: string | null | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}
