import { Link } from 'react-router';
import { useAddress } from '../ui/address';
import { DroppingSteps } from './DroppingSteps';
import { RunList } from './RunList';

/** What pipelines decided: run by run, or the steps of all runs that dropped most. */
export function Decisions() {
  const [params] = useAddress();
  const steps = params.get('view') === 'steps';
  return (
    <>
      <h1>Decisions</h1>
      <nav className="tabs" aria-label="What to list">
        <Link to="/decisions" aria-current={steps ? undefined : 'page'}>
          Runs
        </Link>
        <Link to="/decisions?view=steps" aria-current={steps ? 'page' : undefined}>
          Steps that drop the most
        </Link>
      </nav>
      {steps ? <DroppingSteps /> : <RunList />}
    </>
  );
}
