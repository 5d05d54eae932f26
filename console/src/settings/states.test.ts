import { expect, test } from 'vitest';
import type { ApiKey, Invitation } from '../api/accounts';
import { stateOfInvitation, stateOfKey } from './states';

const NOW = Date.parse('2026-01-02T00:00:00Z');
const BEFORE = '2026-01-01T00:00:00Z';
const AFTER = '2026-01-03T00:00:00Z';

test('a key that was revoked stays so, whenever it would have expired', () => {
  const key = (revoked_at: string | null, expires_at: string | null) => stateOfKey({ revoked_at, expires_at } as ApiKey, NOW);
  expect(key(null, null)).toBe('active');
  expect(key(null, AFTER)).toBe('active');
  expect(key(null, '2026-01-02T00:00:00Z')).toBe('expired');
  expect(key(BEFORE, BEFORE)).toBe('revoked');
});

test('an invitation is open until somebody accepts it, takes it back, or its time is over', () => {
  const invitation = (changes: Partial<Invitation>) => stateOfInvitation({ accepted_at: null, revoked_at: null, expires_at: AFTER, ...changes } as Invitation, NOW);
  expect(invitation({})).toBe('open');
  expect(invitation({ expires_at: BEFORE })).toBe('expired');
  expect(invitation({ expires_at: BEFORE, accepted_at: BEFORE })).toBe('accepted');
  expect(invitation({ revoked_at: BEFORE })).toBe('taken back');
});
