import { Link, useParams } from 'react-router';
import { useAsksWhoOneIs, useSession } from '../api/accounts';
import { Accounts } from './Accounts';
import { Audit } from './Audit';
import { Keys } from './Keys';
import { Members } from './Members';
import { OfProject } from './OfProject';
import { Projects } from './Projects';
import { You } from './You';

const TABS = [
  { path: 'members', name: 'Users and roles' },
  { path: 'projects', name: 'Projects' },
  { path: 'keys', name: 'API keys' },
  { path: 'audit', name: 'Audit' },
] as const;

/** Who may do what: for administrators, and for each account its own part. */
export function Settings() {
  const { tab = 'members' } = useParams();
  const { signedIn } = useSession();
  const asks = useAsksWhoOneIs();
  return (
    <>
      <h1>Settings</h1>
      <nav className="tabs" aria-label="What to set">
        {TABS.map(({ path, name }) => (
          <Link key={path} to={`/settings/${path}`} aria-current={tab === path ? 'page' : undefined}>
            {name}
          </Link>
        ))}
        {signedIn && (
          <Link to="/settings/you" aria-current={tab === 'you' ? 'page' : undefined}>
            You
          </Link>
        )}
      </nav>
      {asks.data === false && (
        <p className="note only">
          This server asks nobody who they are: whoever reaches it may do everything. Accounts and keys count once it is started with{' '}
          <code>WHENCE_SECURITY_MODE=required</code>.
        </p>
      )}
      <Tab name={tab} />
    </>
  );
}

function Tab({ name }: { name: string }) {
  switch (name) {
    case 'projects':
      return <Projects />;
    case 'keys':
      return <OfProject>{(project) => <Keys key={project.id} project={project} />}</OfProject>;
    case 'audit':
      return <Audit />;
    case 'you':
      return <You />;
    default:
      return (
        <OfProject>
          {(project) => (
            <>
              <Members key={project.id} project={project} />
              <Accounts />
            </>
          )}
        </OfProject>
      );
  }
}
