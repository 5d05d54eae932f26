/** Anyone may report a link: it is followed only where it leads to a web page. */
export function webLink(link: string | null | undefined): string | undefined {
  return link && /^https?:\/\//i.test(link) ? link : undefined;
}
