/** Every page that has no id in its address. */
export const PAGES: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Overview'],
  ['/incidents', 'Incidents'],
  ['/logs', 'Logs'],
  ['/spans', 'Spans'],
  ['/services', 'Services'],
  ['/services?view=map', 'Service map'],
  ['/decisions', 'Decisions'],
  ['/images', 'Images'],
  ['/images/new', 'New image'],
  ['/builds', 'Builds'],
  ['/notifications', 'Notifications'],
  ['/storage', 'Storage and ingest health'],
  ['/rejected', 'Rejected records'],
  ['/settings/you', 'Your account'],
  ['/settings/keys', 'API keys'],
  ['/settings', 'Settings'],
];
