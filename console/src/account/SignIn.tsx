import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import { useAsksWhoOneIs, useSession } from '../api/accounts';
import { hasApiKey, session, signIn } from '../api/client';
import { KeyForm } from '../ui/KeyForm';
import { Empty, Panel } from '../ui/parts';
import { refusalOf } from './refusal';

/** Where whoever signs in goes on: the page that they came from. */
export function useWhereFrom(): string {
  const { state } = useLocation();
  const from = (state as { from?: unknown } | null)?.from;
  return typeof from === 'string' && from.startsWith('/') ? from : '/';
}

export function SignIn() {
  const { signedIn, refused, ended } = useSession();
  const asks = useAsksWhoOneIs();
  const from = useWhereFrom();
  const navigate = useNavigate();
  if (signedIn && refused === null) return <Navigate to={from} replace />;
  if (asks.data === false && refused === null) {
    return (
      <Empty title="There is nothing to sign in to.">
        <p>
          This server asks nobody who they are. Go on to the <Link to="/">overview</Link>.
        </p>
      </Empty>
    );
  }
  return (
    <div className="door">
      <h1>Sign in</h1>
      {ended && <p className="note">Your session has ended. Sign in again to go on where you were.</p>}
      {refused !== null && hasApiKey() && <p className="note">The API key was refused. Enter another one, or sign in.</p>}
      <Panel title="With an account">
        <PasswordForm />
        <p className="outcome faint">
          Nobody has an account yet? <Link to="/register">Create the first account</Link>: it runs this installation. Everybody after it is invited.
        </p>
      </Panel>
      <Panel title="With an API key">
        <p className="outcome faint">A project’s key with the scope “read” shows its pages. It is kept for this tab only.</p>
        <KeyForm
          onUse={() => {
            session.retry();
            void navigate(from, { replace: true });
          }}
        />
      </Panel>
    </div>
  );
}

function PasswordForm() {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => {
      // What somebody else has seen on these pages.
      client.removeQueries({ type: 'inactive' });
      return signIn(email.trim(), password);
    },
    onError: () => setPassword(''),
  });
  return (
    <form
      className="ask bare"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <label>
        E-mail
        <input required type="email" autoComplete="username" maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />
      </label>
      <label>
        Password
        <input required type="password" autoComplete="current-password" maxLength={1000} value={password} onChange={(event) => setPassword(event.target.value)} />
      </label>
      <button type="submit" className="primary" disabled={enter.isPending}>
        Sign in
      </button>
      {enter.error && (
        <p className="bad" role="alert">
          {refusalOf(enter.error)}
        </p>
      )}
    </form>
  );
}
