import type { Member, Project, Role } from '../api/accounts';
import { ROLES, useAccountChange, useMe, useMembers } from '../api/accounts';
import { Failure } from '../ui/Failure';
import { Ago, Empty, Loading, Panel } from '../ui/parts';
import { Sure } from '../ui/Sure';
import { plain } from '../ui/text';
import { Invitations } from './Invitations';

const MAY: Record<Role, string> = {
  viewer: 'sees what is stored',
  editor: 'works with incidents, images and builds',
  admin: 'runs the project: members and keys',
};

/** Who is what in a project. */
export function Members({ project }: { project: Project }) {
  const members = useMembers(project.id);
  return (
    <div className="columns even">
      <Panel title={`Members of ${plain(project.name)}`}>
        {members.error && <Failure error={members.error} />}
        {!members.data && !members.error && <Loading what="members" />}
        {members.data?.length === 0 && (
          <Empty title="Nobody is a member yet.">
            <p>Invite somebody beside this list.</p>
          </Empty>
        )}
        <ul className="affected">
          {members.data?.map((member) => (
            <MemberRow key={member.id} project={project} member={member} />
          ))}
        </ul>
        <p className="note">{ROLES.map((role) => `${role}: ${MAY[role]}`).join(' · ')}. A change is in force everywhere within a minute.</p>
      </Panel>
      <Invitations project={project} />
    </div>
  );
}

function MemberRow({ project, member }: { project: Project; member: Member }) {
  const me = useMe();
  const change = useAccountChange();
  const path = `projects/${project.id}/members/${encodeURIComponent(member.id)}`;
  return (
    <li>
      <div className="line">
        <span className="tags">
          <b>{plain(member.email)}</b>
          {me.data?.id === member.id && <span className="status">you</span>}
          {!member.is_active && <span className="status">deactivated</span>}
          <span className="faint">{member.last_login_at ? <>signed in <Ago at={member.last_login_at} /></> : 'never signed in'}</span>
        </span>
        <span className="buttons">
          <select
            aria-label={`Role of ${plain(member.email)}`}
            value={member.role}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ path, method: 'PUT', body: { role: event.target.value } })}
          >
            {ROLES.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
          <Sure
            label={
              <>
                remove<span className="unseen"> {plain(member.email)}</span>
              </>
            }
            question={`Take ${plain(member.email)} out of ${plain(project.name)}?`}
            yes="Take them out"
            disabled={change.isPending}
            onYes={() => change.mutate({ path, method: 'DELETE' })}
          />
        </span>
      </div>
      {change.error && <Failure error={change.error} />}
    </li>
  );
}
