// The types that the console reads the API's answers with, held against those made of openapi.json: a field that the API
// does not send, or sends as something else, is an error of compilation here that names it. The description does not say
// what may be null or missing and calls most texts just that; in both the console's types say more.
import type { ApiKey, Account, AuditEntry, Invitation, Member } from './accounts';
import type { Build } from './builds';
import type { Definition, Version } from './images';
import type { MetricNames, MetricSeries } from './metrics';
import type { Channel, Delivery, MaintenanceWindow, Route, TestOutcome } from './notifications';
import type { Schemas } from './openapi';
import type { Comparison as RunComparison, FoundStep, Journey, Run, Step, Trend } from './runs';
import type { Comparison, Facets, Found, Histogram, Patterns, Percentile } from './search';
import type { IngestHealth, Rejected, ServiceDetail, ServiceList, ServiceMap, Storage } from './services';
import type { ActionOutcome, Analysis, BulkOutcome, Facets as IncidentFacets, Feedback, Incident, Page, Signal, Stats } from './types';

/** The fields of `Mine` that `Theirs` does not have, or has as something else; never where there are none. */
type Misfit<Mine, Theirs> = unknown extends Theirs
  ? never
  : NonNullable<Mine> extends readonly (infer One)[]
    ? NonNullable<Theirs> extends readonly (infer Other)[]
      ? Misfit<One, Other>
      : 'is no list'
    : NonNullable<Mine> extends string
      ? Expect<Theirs, string>
      : NonNullable<Mine> extends number
        ? Expect<Theirs, number>
        : NonNullable<Mine> extends boolean
          ? Expect<Theirs, boolean>
          : NonNullable<Mine> extends object
            ? Misfits<NonNullable<Mine>, NonNullable<Theirs>>
            : never;

type Expect<Theirs, Wanted> = NonNullable<Theirs> extends Wanted ? never : 'has another type';

type Misfits<Mine, Theirs> = string extends keyof Mine
  ? never
  : {
      [Key in keyof Mine & string]: Key extends keyof Theirs ? (Misfit<Mine[Key], Theirs[Key]> extends infer Why extends string ? (Why extends never ? never : `${Key} ${Why}`) : never) : Key;
    }[keyof Mine & string];

type Agreed<None extends never> = None;

/** Nothing uses it; that it compiles is what counts. */
export type Agreement = [
  Agreed<Misfit<Signal, Schemas['SignalView']>>,
  Agreed<Misfit<Page<Signal>, Schemas['PageSignalView']>>,
  Agreed<Misfit<Page<Rejected>, Schemas['PageRejectedView']>>,
  Agreed<Misfit<Found, Schemas['FoundSignals']>>,
  Agreed<Misfit<Histogram, Schemas['Histogram']>>,
  Agreed<Misfit<Facets, Schemas['Facets']>>,
  Agreed<Misfit<Patterns, Schemas['LogPatterns']>>,
  Agreed<Misfit<Comparison, Schemas['Comparison']>>,
  Agreed<Misfit<{ items: Signal[]; index: number }, Schemas['Neighbours']>>,
  Agreed<Misfit<Percentile, Schemas['PercentileView']>>,
  Agreed<Misfit<ServiceList, Schemas['Services']>>,
  Agreed<Misfit<ServiceDetail, Schemas['ServiceDetail']>>,
  Agreed<Misfit<ServiceMap, Schemas['ServiceMap']>>,
  Agreed<Misfit<MetricNames, Schemas['MetricNames']>>,
  Agreed<Misfit<MetricSeries, Schemas['MetricSeries']>>,
  Agreed<Misfit<Storage, Schemas['StorageView']>>,
  Agreed<Misfit<IngestHealth, Schemas['IngestHealth']>>,
  Agreed<Misfit<Incident, Schemas['IncidentView'] & Schemas['IncidentDetail']>>,
  // The description calls the explanation a text, because it is passed on as it was kept.
  Agreed<Misfit<Omit<Analysis, 'ai_explanation'>, Schemas['AnalysisView']>>,
  Agreed<Misfit<Feedback, Schemas['FeedbackView']>>,
  Agreed<Misfit<IncidentFacets, Schemas['IncidentFacets']>>,
  Agreed<Misfit<Stats, Schemas['IncidentStats']>>,
  // It comes with whether anything changed, of which the description knows nothing.
  Agreed<Misfit<Omit<ActionOutcome, 'changed'>, Schemas['IncidentState']>>,
  Agreed<Misfit<BulkOutcome, Schemas['BulkResult']>>,
  Agreed<Misfit<Run, Schemas['RunView']>>,
  Agreed<Misfit<Step, Schemas['StepView']>>,
  Agreed<Misfit<FoundStep, Schemas['FoundStepView']>>,
  Agreed<Misfit<Journey, Schemas['JourneyView']>>,
  Agreed<Misfit<Trend, Schemas['TrendView']>>,
  Agreed<Misfit<RunComparison, Schemas['ComparisonView']>>,
  Agreed<Misfit<Account, Schemas['UserView']>>,
  Agreed<Misfit<Member, Schemas['control.Member']>>,
  Agreed<Misfit<Invitation, Schemas['Invitation']>>,
  Agreed<Misfit<ApiKey, Schemas['ApiKeyView']>>,
  Agreed<Misfit<AuditEntry, Schemas['AuditEntry']>>,
  Agreed<Misfit<Build, Schemas['BuildView']>>,
  Agreed<Misfit<Definition, Schemas['ConfigView']>>,
  Agreed<Misfit<Version, Schemas['VersionView']>>,
  Agreed<Misfit<Channel, Schemas['ChannelView']>>,
  Agreed<Misfit<Route, Schemas['RouteView']>>,
  Agreed<Misfit<MaintenanceWindow, Schemas['WindowView']>>,
  Agreed<Misfit<Delivery, Schemas['DeliveryView']>>,
  Agreed<Misfit<TestOutcome, Schemas['Tested']>>,
];
