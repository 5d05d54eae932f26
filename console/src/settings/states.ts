// In which state invitations and keys are at a moment.
import type { ApiKey, Invitation } from '../api/accounts';

export type KeyState = 'active' | 'expired' | 'revoked';

export function stateOfKey({ revoked_at, expires_at }: ApiKey, now: number): KeyState {
  if (revoked_at !== null) return 'revoked';
  return expires_at !== null && Date.parse(expires_at) <= now ? 'expired' : 'active';
}

export type InvitationState = 'open' | 'accepted' | 'taken back' | 'expired';

export function stateOfInvitation({ accepted_at, revoked_at, expires_at }: Invitation, now: number): InvitationState {
  if (accepted_at !== null) return 'accepted';
  if (revoked_at !== null) return 'taken back';
  return Date.parse(expires_at) <= now ? 'expired' : 'open';
}
