import { useNavigate } from 'react-router';
import { useAccountChange } from '../api/accounts';
import { Failure } from '../ui/Failure';
import { Panel } from '../ui/parts';
import { plain } from '../ui/text';

interface Props {
  token: string;
  email: string | undefined;
}

/** Makes an account that there is a member of one more project. */
export function AcceptInvitation({ token, email }: Props) {
  const navigate = useNavigate();
  const accept = useAccountChange();
  return (
    <div className="door">
      <h1>Accept the invitation</h1>
      <Panel title="Another project">
        <p className="outcome">You have signed in{email ? ` as ${plain(email)}` : ''}. This account becomes a member of the project that invites you.</p>
        <div className="ask bare">
          <button
            type="button"
            className="primary"
            disabled={accept.isPending}
            onClick={() => accept.mutate({ path: 'users/me/invitations', method: 'POST', body: { invitation: token } }, { onSuccess: () => void navigate('/settings/projects', { replace: true }) })}
          >
            Accept
          </button>
        </div>
        {accept.error && <Failure error={accept.error} />}
      </Panel>
    </div>
  );
}
