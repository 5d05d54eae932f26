import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useMe, useSession } from '../api/accounts';
import { register, signIn } from '../api/client';
import { Panel } from '../ui/parts';
import { plain } from '../ui/text';
import { AcceptInvitation } from './AcceptInvitation';
import { refusalOf } from './refusal';

const SHORTEST = 8;
const LONGEST = 128;

/**
 * Makes the first account, or one for whoever was invited. The token of an invitation stands behind the # of the address,
 * which a browser sends to nobody, so that no server's log has it.
 */
export function Register() {
  const invitation = useLocation().hash.slice(1);
  const { signedIn } = useSession();
  const me = useMe();
  if (signedIn && invitation) return <AcceptInvitation token={invitation} email={me.data?.email} />;
  return (
    <div className="door">
      <h1>{invitation ? 'Accept the invitation' : 'Create the first account'}</h1>
      <Panel title="Your account">
        <p className="outcome faint">
          {invitation ? 'Use the address that the invitation was sent to.' : 'The first account runs the installation: it makes projects and keys and invites everybody else.'}
        </p>
        <AccountForm invitation={invitation} />
        <p className="outcome faint">
          {invitation ? (
            <>
              You have an account already? <Link to="/sign-in" state={{ from: `/register#${invitation}` }}>Sign in</Link>, and accept the invitation with it.
            </>
          ) : (
            <>
              You have an account already? <Link to="/sign-in">Sign in</Link>.
            </>
          )}
        </p>
      </Panel>
    </div>
  );
}

function AccountForm({ invitation }: { invitation: string }) {
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const create = useMutation({
    mutationFn: async () => {
      await register(email.trim(), password, invitation);
      await signIn(email.trim(), password);
    },
    onSuccess: () => navigate('/', { replace: true }),
  });
  return (
    <form
      className="ask bare"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <label>
        E-mail
        <input required type="email" autoComplete="username" maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />
      </label>
      <label>
        Password, {SHORTEST} to {LONGEST} characters
        <input
          required
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          minLength={SHORTEST}
          maxLength={LONGEST}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <label className="check">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
        Show it
      </label>
      <button type="submit" className="primary" disabled={create.isPending}>
        Create the account
      </button>
      {create.error && (
        <p className="bad" role="alert">
          {plain(refusalOf(create.error))}
        </p>
      )}
    </form>
  );
}
