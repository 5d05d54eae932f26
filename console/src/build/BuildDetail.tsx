import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Build, BuildState } from '../api/builds';
import { isOver, useBuild, useCancel } from '../api/builds';
import { Failure } from '../ui/Failure';
import { Ago, Loading, Panel } from '../ui/parts';
import { Sure } from '../ui/Sure';
import { plain } from '../ui/text';
import { duration } from '../ui/time';
import { webLink } from '../ui/webLink';
import { BuildBadge, titleOf, tookOf } from './BuildRow';

/** One build while it goes on and after. */
export function BuildDetail() {
  const { id = '' } = useParams();
  const state = useBuild(id);
  const cancel = useCancel();
  if (!state.data) return state.error ? <Failure error={state.error} /> : <Loading what="the build" />;
  const { build } = state.data;
  return (
    <>
      <header className="heading">
        <p className="crumbs">
          <Link to="/builds">Builds</Link> / #{build.id}
        </p>
        <div className="line">
          <h1>Build of {titleOf(build)}</h1>
          {!isOver(build.status) && (
            <Sure label="Cancel" question="Cancel this build and its run?" yes="Cancel it" disabled={cancel.isPending} onYes={() => cancel.mutate(build.id)} />
          )}
        </div>
        <p className="tags" aria-live="polite">
          <BuildBadge status={build.status} />
          <span>{sentenceOf(build)}</span>
          {!isOver(build.status) && <span className={state.live ? 'live on' : 'live'}>{state.live ? 'live' : 'asks every few seconds'}</span>}
        </p>
        {build.detail && <p className={build.status === 'failure' ? 'bad wrong' : 'wrong'}>{plain(build.detail)}</p>}
      </header>
      {cancel.error && <Failure error={cancel.error} />}
      {state.error && <Failure error={state.error} />}
      <BuildFacts state={state.data} />
    </>
  );
}

export function BuildFacts({ state }: { state: BuildState }) {
  const { build } = state;
  const took = tookOf(build);
  return (
    <Panel title="What is built">
      <dl className="facts">
        <Fact name="Definition">{build.config_id !== null ? <Link to={`/images/${build.config_id}`}>{titleOf(build)}</Link> : titleOf(build)}</Fact>
        <Fact name="Image">
          {plain(build.image_type)}, Fedora {plain(build.fedora_version)}
        </Fact>
        <Fact name="Branch or tag">
          <code>{plain(build.ref)}</code>
        </Fact>
        <Fact name="Requested">
          by {plain(build.requested_by)} <Ago at={build.created_at} />
        </Fact>
        {build.started_at && (
          <Fact name="Started">
            <Ago at={build.started_at} />
          </Fact>
        )}
        {build.completed_at && (
          <Fact name="Ended">
            <Ago at={build.completed_at} />
            {took !== null && ` after ${duration(took)}`}
          </Fact>
        )}
        <Fact name="Workflow">
          <Elsewhere url={state.workflow_url ?? build.workflow_url} text={build.workflow_run_id !== null ? `run ${build.workflow_run_id} at GitHub` : 'the run at GitHub'} none="no run is known yet" />
          {state.workflow_status && ` (${plain(state.workflow_status.replaceAll('_', ' '))}${state.conclusion ? `: ${plain(state.conclusion.replaceAll('_', ' '))}` : ''})`}
        </Fact>
        <Fact name="Logs">
          <Elsewhere url={state.logs_url} text="what the run says" none="none yet" />
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Elsewhere({ url, text, none }: { url: string | null; text: string; none: string }) {
  const link = webLink(url);
  if (!link) return <span className="faint">{none}</span>;
  return (
    <a href={link} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}

function sentenceOf(build: Build): string {
  switch (build.status) {
    case 'pending':
    case 'queued':
      return 'No run is known yet. It is started as soon as GitHub takes it.';
    case 'in_progress':
      return 'The run goes on.';
    case 'success':
      return 'The image was built.';
    case 'failure':
      return 'The image was not built.';
    case 'cancelled':
      return 'The build was cancelled.';
  }
}
