import { useState } from 'react';
import { Link } from 'react-router';
import type { Project } from '../api/accounts';
import { useAccountChange, useMyProjects, useProjects, useSession, useSwitch } from '../api/accounts';
import { Problem } from '../api/client';
import { Failure } from '../ui/Failure';
import { Ago, Empty, Loading, Panel } from '../ui/parts';
import { plain } from '../ui/text';

/** The projects one works in, and those that one administers. */
export function Projects() {
  const { signedIn } = useSession();
  return (
    <div className="columns even">
      {signedIn && <Mine />}
      <Administered />
    </div>
  );
}

function Mine() {
  const { project: current } = useSession();
  const mine = useMyProjects();
  const go = useSwitch();
  return (
    <Panel title="Your projects">
      {mine.error && <Failure error={mine.error} />}
      {go.error && <Failure error={go.error} />}
      {!mine.data && !mine.error && <Loading what="your projects" />}
      {mine.data?.length === 0 && (
        <Empty title="You are a member of no project.">
          <p>An administrator of a project can invite you.</p>
        </Empty>
      )}
      <ul className="affected">
        {mine.data?.map(({ id, name, role }) => (
          <li key={id} className={id === current ? 'line shown' : 'line'}>
            <span className="tags">
              <b>{plain(name)}</b>
              <span className="faint">{role}</span>
              {id === current && <span className="status">current</span>}
            </span>
            {id !== current && (
              <button type="button" disabled={go.isPending} onClick={() => go.mutate(id)}>
                switch<span className="unseen"> to {plain(name)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Administered() {
  const projects = useProjects();
  const { signedIn } = useSession();
  // Whoever administers nothing sees their own projects alone.
  if (signedIn && projects.error instanceof Problem && projects.error.status === 403) return null;
  return (
    <Panel title="All projects you administer">
      {projects.error && <Failure error={projects.error} />}
      {!projects.data && !projects.error && <Loading what="projects" />}
      <ul className="affected">
        {projects.data?.map((project) => (
          <ProjectRow key={project.id} project={project} />
        ))}
      </ul>
      <AddProject />
    </Panel>
  );
}

function ProjectRow({ project }: { project: Project }) {
  const rename = useAccountChange<Project>();
  const [name, setName] = useState<string>();
  return (
    <li>
      <div className="line">
        {name === undefined ? (
          <span className="tags">
            <b>{plain(project.name)}</b>
            <span className="faint">
              number {project.id}, since <Ago at={project.created_at} />
            </span>
          </span>
        ) : (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              rename.mutate({ path: `projects/${project.id}`, method: 'PATCH', body: { name: name.trim() } }, { onSuccess: () => setName(undefined) });
            }}
          >
            <input required maxLength={100} aria-label={`New name of ${plain(project.name)}`} value={name} onChange={(event) => setName(event.target.value)} />
            <button type="submit" disabled={rename.isPending || !name.trim()}>
              Rename
            </button>
          </form>
        )}
        <span className="buttons">
          <Link to={`/settings/members?project=${project.id}`}>members</Link>
          <Link to={`/settings/keys?project=${project.id}`}>keys</Link>
          <button type="button" onClick={() => setName(name === undefined ? project.name : undefined)}>
            {name === undefined ? 'rename' : 'keep the name'}
            <span className="unseen"> {plain(project.name)}</span>
          </button>
        </span>
      </div>
      {rename.error && <Failure error={rename.error} />}
    </li>
  );
}

function AddProject() {
  const add = useAccountChange<Project>();
  const [name, setName] = useState('');
  return (
    <details className="add">
      <summary>Make a project</summary>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ path: 'projects', method: 'POST', body: { name: name.trim() } }, { onSuccess: () => setName('') });
        }}
      >
        <label>
          Name
          <input required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <button type="submit" disabled={add.isPending}>
          Make
        </button>
      </form>
      {add.error && <Failure error={add.error} />}
      {add.data && (
        <p className="note" role="status">
          {plain(add.data.name)} is there. <Link to={`/settings/members?project=${add.data.id}`}>Invite its members</Link>, or <Link to={`/settings/keys?project=${add.data.id}`}>make a key</Link> that sends its telemetry.
        </p>
      )}
    </details>
  );
}
