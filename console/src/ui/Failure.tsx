import { useSession } from '../api/accounts';
import { Problem } from '../api/client';
import { KeyForm } from './KeyForm';
import { plain } from './text';

/** A failure with the next step. */
export function Failure({ error }: { error: Error }) {
  const problem = error instanceof Problem ? error : new Problem(0, 'unexpected', error.message);
  if (problem.status === 403) return <Forbidden problem={problem} />;
  return (
    <div className="failure" role="alert">
      <strong>{plain(problem.message)}</strong>
      {problem.fields.map(({ pointer, message }) => (
        <p key={pointer + message}>
          <b>{plain(nameOf(pointer))}</b> {plain(message)}
        </p>
      ))}
      <p>{advice(problem)}</p>
      {problem.traceId && (
        <p className="faint">
          Search the logs for correlation id <code>{plain(problem.traceId)}</code>.
        </p>
      )}
    </div>
  );
}

/** The field that a JSON pointer leads to, as a person reads it. */
function nameOf(pointer: string): string {
  return pointer.replace(/^\//, '').replaceAll('/', ' ').replaceAll('_', ' ');
}

/** What a person can do about it. */
export function advice(problem: Problem): string {
  if (problem.status === 401) return 'Sign in to go on.';
  if (problem.status === 0) return 'Is it running? Try ./whence status. This page asks again by itself.';
  if (problem.status === 404) return 'It may have been removed by retention, or the link may be incomplete.';
  if (problem.status === 429) return 'This client asks too often. This page slows down and asks again by itself.';
  if (problem.status === 409 || problem.status === 412) return 'Somebody else was faster, or the name is taken. Look at what is there now, then try again.';
  if (problem.status === 400 || problem.status === 422) return 'Change what was entered and try again.';
  if (problem.passing) return 'The service behind the gateway is down or busy. This page asks again by itself; ./whence logs shows why.';
  return 'This is not something the console can mend. The code is ' + problem.code + '.';
}

function Forbidden({ problem }: { problem: Problem }) {
  const { signedIn } = useSession();
  return (
    <div className="failure" role="alert">
      <strong>{plain(problem.message)}</strong>
      {signedIn ? (
        <p>What you are in this project does not allow it. An administrator of the project can change that in the settings.</p>
      ) : (
        <>
          <p>This API key does not allow it. Enter another one; it is kept for this tab only.</p>
          <KeyForm />
        </>
      )}
    </div>
  );
}
