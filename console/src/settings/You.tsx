import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { refusalOf } from '../account/refusal';
import { useMe, useSession } from '../api/accounts';
import { sendJson, session } from '../api/client';
import { Failure } from '../ui/Failure';
import { Ago, Empty, Loading, Panel } from '../ui/parts';
import { plain } from '../ui/text';

/** One's own account. */
export function You() {
  const { signedIn } = useSession();
  const me = useMe();
  if (!signedIn) {
    return (
      <Empty title="Nobody has signed in here.">
        <p>
          <Link to="/sign-in">Sign in</Link> to change your password.
        </p>
      </Empty>
    );
  }
  if (!me.data) return me.error ? <Failure error={me.error} /> : <Loading what="your account" />;
  return (
    <div className="columns even">
      <Panel title={plain(me.data.email)}>
        <p className="outcome">
          Since <Ago at={me.data.created_at} />.{me.data.is_superuser && ' You run this installation.'} In another project: <Link to="/settings/projects">switch there</Link>.
        </p>
      </Panel>
      <Panel title="Change the password">
        <PasswordChange email={me.data.email} />
      </Panel>
    </div>
  );
}

/** A new password ends all sessions, this one included. */
function PasswordChange({ email }: { email: string }) {
  const navigate = useNavigate();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => sendJson('/api/users/me', { current_password: current, password: next }, 'PATCH'),
    onSuccess: () => {
      session.end();
      return navigate('/sign-in', { replace: true, state: { from: '/settings/you' } });
    },
  });
  return (
    <form
      className="ask bare"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <label>
        Password now
        <input required type="password" autoComplete="current-password" maxLength={1000} value={current} onChange={(event) => setCurrent(event.target.value)} />
      </label>
      <label>
        New password
        <input required type="password" autoComplete="new-password" minLength={8} maxLength={128} value={next} onChange={(event) => setNext(event.target.value)} />
      </label>
      <button type="submit" disabled={change.isPending}>
        Change it and sign in again
      </button>
      {change.error && (
        <p className="bad" role="alert">
          {refusalOf(change.error)}
        </p>
      )}
    </form>
  );
}
