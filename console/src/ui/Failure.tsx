import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem, rememberApiKey } from '../api/client';
import { plain } from './text';

/** A failure with the next step. */
export function Failure({ error }: { error: Error }) {
  const problem = error instanceof Problem ? error : new Problem(0, 'unexpected', error.message);
  if (problem.status === 401 || problem.status === 403) return <Credential problem={problem} />;
  return (
    <div className="failure" role="alert">
      <strong>{plain(problem.message)}</strong>
      <p>{advice(problem)}</p>
      {problem.traceId && (
        <p className="faint">
          Search the logs for correlation id <code>{plain(problem.traceId)}</code>.
        </p>
      )}
    </div>
  );
}

/** What a person can do about it. */
export function advice(problem: Problem): string {
  if (problem.status === 0) return 'Is it running? Try ./whence status. This page asks again by itself.';
  if (problem.status === 404) return 'It may have been removed by retention, or the link may be incomplete.';
  if (problem.status === 429) return 'This client asks too often. This page slows down and asks again by itself.';
  if (problem.passing) return 'The service behind the gateway is down or busy. This page asks again by itself; ./whence logs shows why.';
  return 'This is not something the console can mend. The code is ' + problem.code + '.';
}

function Credential({ problem }: { problem: Problem }) {
  const client = useQueryClient();
  const [key, setKey] = useState('');
  return (
    <form
      className="failure"
      onSubmit={(event) => {
        event.preventDefault();
        rememberApiKey(key.trim());
        void client.invalidateQueries();
      }}
    >
      <strong>{problem.status === 401 ? 'This server asks who you are.' : 'This key may not read here.'}</strong>
      <p>Enter a project API key with the scope “read”. It is kept for this tab only.</p>
      <div className="row">
        <input
          type="password"
          autoComplete="off"
          aria-label="API key"
          placeholder="API key"
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <button type="submit" disabled={!key.trim()}>
          Use this key
        </button>
      </div>
    </form>
  );
}
