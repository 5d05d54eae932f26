/** Every page that has no id in its address. */
export const PAGES: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Overview'],
  ['/incidents', 'Incidents'],
  ['/logs', 'Logs'],
  ['/spans', 'Spans'],
  ['/decisions', 'Decisions'],
  ['/images', 'Images'],
  ['/images/new', 'New image'],
  ['/builds', 'Builds'],
  ['/notifications', 'Notifications'],
  ['/settings/you', 'Your account'],
  ['/settings/keys', 'API keys'],
  ['/settings', 'Settings'],
];
