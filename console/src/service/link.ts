/** The page of a service. Its name is a parameter, because it may be any text. */
export function serviceLink(name: string, during: Record<string, string> = {}): string {
  return `/services?${new URLSearchParams({ service: name, ...during })}`;
}
