import { useState } from 'react';
import type { Invitation, Project, Role } from '../api/accounts';
import { origin } from '../base';
import { ROLES, useAccountChange, useInvitations } from '../api/accounts';
import { Failure } from '../ui/Failure';
import { Ago, Loading, Panel } from '../ui/parts';
import { Sure } from '../ui/Sure';
import { plain } from '../ui/text';
import { useNow } from '../ui/time';
import { ShownOnce } from './ShownOnce';
import { stateOfInvitation } from './states';

/** Invites somebody to a project: the link is shown once, and is good for one account. */
export function Invitations({ project }: { project: Project }) {
  const invitations = useInvitations(project.id);
  const now = useNow(30_000);
  return (
    <Panel title="Invitations">
      <Invite project={project} />
      {invitations.error && <Failure error={invitations.error} />}
      {!invitations.data && !invitations.error && <Loading what="invitations" />}
      <ul className="affected">
        {invitations.data?.map((invitation) => (
          <InvitationRow key={invitation.id} project={project} invitation={invitation} now={now} />
        ))}
      </ul>
    </Panel>
  );
}

function Invite({ project }: { project: Project }) {
  const invite = useAccountChange<Invitation>();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  return (
    <>
      <form
        className="ask bare"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ path: `projects/${project.id}/invitations`, method: 'POST', body: { role, email: email.trim() || undefined } }, { onSuccess: () => setEmail('') });
        }}
      >
        <label>
          E-mail, empty = whoever has the link
          <input type="email" maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />
        </label>
        <label>
          Role
          <select value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {ROLES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={invite.isPending}>
          Invite
        </button>
      </form>
      {invite.error && <Failure error={invite.error} />}
      {invite.data?.token && (
        <ShownOnce what="Send this link to whoever is invited. It is shown only now and is good for one account." text={`${origin()}/register#${invite.data.token}`} />
      )}
    </>
  );
}

export function InvitationRow({ project, invitation, now }: { project: Project; invitation: Invitation; now: number }) {
  const revoke = useAccountChange();
  const state = stateOfInvitation(invitation, now);
  return (
    <li>
      <div className="line">
        <span className="tags">
          <b>{invitation.email ? plain(invitation.email) : 'whoever has the link'}</b>
          <span>as {invitation.role}</span>
          <span className="status">{state}</span>
          <span className="faint">
            by {plain(invitation.invited_by)} <Ago at={invitation.created_at} />
          </span>
        </span>
        {state === 'open' && (
          <Sure
            label="take back"
            question="Take the invitation back?"
            yes="Take it back"
            disabled={revoke.isPending}
            onYes={() => revoke.mutate({ path: `projects/${project.id}/invitations/${invitation.id}`, method: 'DELETE' })}
          />
        )}
      </div>
      {revoke.error && <Failure error={revoke.error} />}
    </li>
  );
}
