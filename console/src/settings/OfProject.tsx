import type { ReactNode } from 'react';
import type { Project } from '../api/accounts';
import { useProjects, useSession } from '../api/accounts';
import { useAddress } from '../ui/address';
import { Failure } from '../ui/Failure';
import { Empty, Loading } from '../ui/parts';
import { plain } from '../ui/text';

/** The project whose members or keys are shown: the one that the address names, or else one's own. */
export function OfProject({ children }: { children: (project: Project) => ReactNode }) {
  const [params, change] = useAddress();
  const { project: own } = useSession();
  const projects = useProjects();
  if (!projects.data) return projects.error ? <Failure error={projects.error} /> : <Loading what="projects" />;
  const wanted = Number(params.get('project') ?? own ?? Number.NaN);
  const project = projects.data.find(({ id }) => id === wanted) ?? projects.data[0];
  if (!project) return <Empty title="There is no project to administer." />;
  return (
    <div className="stack">
      {projects.data.length > 1 && (
        <label className="row chooser">
          Project
          <select value={project.id} onChange={(event) => change({ project: event.target.value })}>
            {projects.data.map(({ id, name }) => (
              <option key={id} value={id}>
                {plain(name)}
              </option>
            ))}
          </select>
        </label>
      )}
      {children(project)}
    </div>
  );
}
