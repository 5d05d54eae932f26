import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { useMe, useMyProjects, useSession } from '../api/accounts';
import { forgetApiKey, hasApiKey, signOut } from '../api/client';
import { plain } from '../ui/text';

/** Who one is, and the way out; nothing where the server asks nobody. */
export function AccountMenu() {
  const navigate = useNavigate();
  const { signedIn, project } = useSession();
  const me = useMe();
  const mine = useMyProjects();
  // Also where the server cannot be reached: here the session is over then.
  const leave = useMutation({ mutationFn: signOut, onSettled: () => navigate('/sign-in', { replace: true }) });
  if (signedIn) {
    const name = mine.data?.find(({ id }) => id === project)?.name;
    return (
      <span className="me">
        <Link to="/settings/you" title="Your account and your projects">
          {me.data ? plain(me.data.email) : 'signed in'}
          {name && <span className="faint"> · {plain(name)}</span>}
        </Link>
        <button type="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
          Sign out
        </button>
      </span>
    );
  }
  if (!hasApiKey()) return null;
  return (
    <span className="me">
      <button
        type="button"
        onClick={() => {
          forgetApiKey();
          void navigate('/sign-in', { replace: true });
        }}
      >
        Forget the API key
      </button>
    </span>
  );
}
