// What the API says to whoever signs in or registers, for a person.
import { Problem } from '../api/client';
import { plain } from '../ui/text';

const SENTENCES: Record<string, string> = {
  LOGIN_BAD_CREDENTIALS: 'The e-mail address or the password is wrong.',
  REGISTER_USER_ALREADY_EXISTS: 'There is an account with this address already, or this server takes nobody without an invitation for it.',
  REGISTER_INVALID_PASSWORD: 'This password is not taken:',
  UPDATE_USER_INVALID_PASSWORD: 'This password is not taken:',
  UPDATE_USER_EMAIL_ALREADY_EXISTS: 'There is an account with this address already.',
};

/** Codes that old clients know become sentences; a password's comes with its reason. */
export function refusalOf(error: Error): string {
  const known = SENTENCES[error.message];
  if (known === undefined) return plain(error.message);
  const reason = error instanceof Problem ? error.fields.find(({ pointer }) => pointer === '/password')?.message : undefined;
  return known.endsWith(':') ? `${known} it ${plain(reason ?? 'breaks a rule of this server')}.` : known;
}
