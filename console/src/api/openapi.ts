// Made by build/api.mjs from openapi.json. Do not edit.

/** What the API sends and takes. The description does not say what may be missing or null; each property may. */
export interface Schemas {
  Acceptance: {
    invitation: string;
  };
  Accuracy: {
    by_rank?: Schemas['OfRank'][];
    by_verdict?: Schemas['OfVerdict'][];
    from?: string;
    judged?: number;
    right?: number;
    to?: string;
    wrong?: number;
  };
  ActionBody: {
    actor?: string;
    assignee?: string;
    comment?: string;
    expected_revision?: number;
    fingerprints?: string[];
    into?: string;
    rate_factor?: number;
    traces?: string[];
    until?: string;
    until_escalates?: boolean;
  };
  AlertView: {
    annotations?: Record<string, string>;
    endsAt?: string;
    fingerprint?: string;
    generatorURL?: string;
    incident_id?: string;
    labels?: Record<string, string>;
    receivers?: Schemas['Receiver'][];
    startsAt?: string;
    status?: Schemas['Status'];
    updatedAt?: string;
  };
  AnalysisSummary: {
    attempt?: number;
    confidence_score?: number;
    feedback?: Schemas['FeedbackView'][];
    generated_at?: string;
    id?: string;
    incident_version?: number;
    likely_cause?: string;
    method_version?: string;
    verdict?: string;
  };
  AnalysisView: {
    ai_explanation?: string;
    confidence_score?: number;
    evidence_signals?: string[];
    feedback?: Schemas['FeedbackView'][];
    generated_at?: string;
    id?: string;
    incident_id?: string;
    incident_version?: number;
    method_version?: string;
    root_cause?: string;
    verdict?: string;
  };
  Answer: {
    outcome?: string;
    status?: string;
  };
  ApiKeyView: {
    created_at?: string;
    expires_at?: string;
    id?: number;
    key?: string;
    last_used_at?: string;
    name?: string;
    prefix?: string;
    project_id?: number;
    requests_per_minute?: number;
    revoked_at?: string;
    scopes?: string[];
  };
  Ask: {
    actor?: string;
    comment?: string;
  };
  Attempt: {
    at?: string;
    detail?: string;
    outcome?: string;
    response?: string;
    status?: number;
    took_ms?: number;
  };
  AuditEntry: {
    action?: string;
    actor?: Schemas['WhoDidIt'];
    at?: string;
    details?: Schemas['JsonNode'];
    id?: number;
    object?: Schemas['What'];
    project_id?: number;
  };
  AuditPage: {
    entries?: Schemas['AuditEntry'][];
    next?: number;
  };
  Band: {
    high?: number;
    low?: number;
    median?: number;
    values?: number;
  };
  Bar: {
    count?: number;
    series?: Record<string, number>;
    start?: string;
  };
  BatchAnswer: {
    accepted?: number;
    conflicts?: number;
    duplicates?: number;
    items?: Schemas['Item'][];
    rejected?: number;
  };
  BatchError: {
    code?: string;
    column?: number;
    detail?: string;
    line?: number;
  };
  BatchFile: {
    changes_made?: boolean;
    diff?: string;
    error?: Schemas['BatchError'];
    findings?: Schemas['Finding'][];
    instrumentation_resource?: string;
    modified_manifest_content?: string;
    path?: string;
    summary?: Schemas['Summary'];
    workloads?: Schemas['WorkloadReport'][];
  };
  Bucket: {
    calls?: number;
    errors?: number;
    p50_ms?: number;
    p95_ms?: number;
    p99_ms?: number;
    start?: string;
  };
  BuildPage: {
    builds?: Schemas['BuildView'][];
    page?: number;
    page_size?: number;
    total?: number;
  };
  BuildView: {
    completed_at?: string;
    conclusion?: string;
    config_id?: number;
    created_at?: string;
    definition?: string;
    detail?: string;
    fedora_version?: string;
    id?: number;
    image_type?: string;
    ref?: string;
    requested_by?: string;
    started_at?: string;
    status?: 'pending' | 'queued' | 'in_progress' | 'success' | 'failure' | 'cancelled';
    workflow_run_id?: number;
    workflow_url?: string;
  };
  BulkAction: {
    action: string;
    actor?: string;
    assignee?: string;
    comment?: string;
    ids: string[];
    into?: string;
    rate_factor?: number;
    until?: string;
    until_escalates?: boolean;
  };
  BulkResult: {
    changed?: number;
    failed?: number;
    results?: Schemas['analysis.Item'][];
    unchanged?: number;
  };
  ChangeMark: {
    at?: string;
    kind?: string;
    title?: string;
  };
  ChangeView: {
    at?: string;
    id?: number;
    kind?: string;
    link?: string;
    service?: string;
    what?: string;
  };
  Changes: {
    items?: Schemas['ChangeView'][];
    limit?: number;
  };
  ChannelBody: {
    enabled?: boolean;
    kind: string;
    name: string;
    rate_limit?: Schemas['RateLimit'];
    recipients?: string[];
    routing_key?: string;
    secret?: string;
    url?: string;
  };
  ChannelView: {
    circuit?: string;
    created_at?: string;
    enabled?: boolean;
    failed?: number;
    held?: number;
    id?: string;
    kind?: string;
    last_error?: string;
    last_sent_at?: string;
    name?: string;
    pending?: number;
    rate_limit?: Schemas['RateLimit'];
    secret?: string;
    target?: string;
    updated_at?: string;
  };
  Comparison: {
    attributes?: Schemas['Difference'][];
    baseline?: number;
    complete?: boolean;
    hurt?: Schemas['HurtRange'][];
    searched_to?: string;
    selected?: number;
    watermark?: string;
  };
  ComparisonView: {
    after?: Schemas['RunView'];
    before?: Schemas['RunView'];
    steps?: Schemas['Pair'][];
  };
  ConfigBody: {
    artifact_kinds?: string[];
    description?: string;
    enable_plymouth?: boolean;
    fedora_version?: string;
    image_type?: 'fedora-bootc' | 'fedora-kinoite' | 'fedora-sway-atomic' | 'fedora-lxqt' | 'fedora-onyx' | 'fedora-budgie' | 'fedora-cinnamon' | 'fedora-cosmic' | 'fedora-deepin' | 'fedora-mate' | 'fedora-xfce';
    name: string;
    version?: number;
    yaml_content: string;
  };
  ConfigPage: {
    configs?: Schemas['ConfigView'][];
    page?: number;
    page_size?: number;
    total?: number;
  };
  ConfigView: {
    artifact_kinds?: string[];
    created_at?: string;
    description?: string;
    enable_plymouth?: boolean;
    fedora_version?: string;
    id?: number;
    image_type?: string;
    name?: string;
    updated_at?: string;
    version?: number;
    yaml_content?: string;
  };
  ContentView: {
    content?: string;
    filename?: string;
  };
  Count: {
    count?: number;
    value?: string;
  };
  Counts: {
    analysed?: number;
    incidents?: number;
    members?: number;
    messages?: number;
  };
  Day: {
    changed?: number;
    day?: string;
    repositories?: number;
    requests?: number;
  };
  Decided: {
    changed?: boolean;
    changed_at?: string;
    changed_by?: string;
    fingerprint?: string;
    first_seen?: string;
    last_seen?: string;
    note?: string;
    service?: string;
    severity?: string;
    state?: string;
    title?: string;
  };
  DeliveryView: {
    attempts?: number;
    channel_id?: string;
    channel_name?: string;
    created_at?: string;
    due_at?: string;
    held_by?: string;
    id?: string;
    incident_id?: string;
    incident_title?: string;
    kind?: string;
    last_detail?: string;
    last_status?: number;
    log?: Schemas['Attempt'][];
    message?: Schemas['JsonNode'];
    sent_at?: string;
    state?: string;
    summary_id?: string;
    type?: 'incident.opened' | 'incident.acknowledged' | 'incident.escalated' | 'incident.cause_found' | 'incident.resolved' | 'incident.regressed' | 'incident.merged' | 'incident.summary' | 'incident.test';
  };
  DiffView: {
    diff?: string;
    from?: number;
    to?: number;
  };
  Difference: {
    baseline_share?: number;
    field?: string;
    score?: number;
    search?: string;
    selected_share?: number;
    value?: string;
  };
  DryRunAnswer: {
    changed?: Schemas['SideWould'];
    from?: string;
    held?: string[];
    merges?: Schemas['Merge'][];
    opens?: number[];
    route?: Schemas['Routed'];
    splits?: Schemas['Split'][];
    to?: string;
    today?: Schemas['SidePresent'];
    truncated?: boolean;
    vanishes?: string[];
  };
  DryRunBody: {
    analyses_from?: string;
    from?: string;
    gap?: string;
    opens_from?: string;
    reach?: number;
    route?: Schemas['RouteBody'];
    to?: string;
  };
  Durations: {
    count?: number;
    mean_seconds?: number;
    median_seconds?: number;
  };
  EdgeView: {
    callee?: string;
    caller?: string;
    calls?: number;
    error_rate?: number;
    errors?: number;
    gap_p95_ms?: number;
    p50_ms?: number;
    p95_ms?: number;
  };
  ErrorSeries: {
    bucket_seconds?: number;
    from?: string;
    services?: Schemas['Errors'][];
    to?: string;
    truncated?: boolean;
    watermark?: string;
  };
  Errors: {
    series?: Schemas['Point'][];
    service?: string;
  };
  Event: {
    actor?: string;
    at?: string;
    change?: string;
    comment?: string;
    credential?: string;
    detail?: string;
    id?: string;
    version?: number;
  };
  Evidence: {
    field?: string;
    language?: 'JAVA' | 'NODEJS' | 'PYTHON' | 'DOTNET' | 'GO';
    line?: number;
    rule?: string;
  };
  Facet: {
    field?: string;
    others?: number;
    values?: Schemas['Value'][];
  };
  Facets: {
    complete?: boolean;
    examined?: number;
    facets?: Schemas['Facet'][];
    hurt?: Schemas['HurtRange'][];
    more?: boolean;
    searched_to?: string;
    watermark?: string;
  };
  Feedback: {
    actor?: string;
    at?: string;
    id?: string;
    incident_version?: number;
    note?: string;
    right?: boolean;
    service?: string;
  };
  FeedbackView: {
    actor?: string;
    at?: string;
    id?: string;
    incident_version?: number;
    note?: string;
    right?: boolean;
    service?: string;
  };
  FieldError: {
    message?: string;
    pointer?: string;
  };
  FileView: {
    description?: string;
    filename?: string;
    image_type?: string;
    name?: string;
    path?: string;
  };
  FilesView: {
    definitions?: Schemas['FileView'][];
    total?: number;
  };
  Finding: {
    code?: string;
    container?: string;
    document?: number;
    field?: string;
    line?: number;
    message?: string;
    remedy?: string;
    severity?: string;
    workload?: string;
  };
  Forecast: {
    bytes?: number;
    days?: number;
  };
  FoundSignals: {
    complete?: boolean;
    from?: string;
    hurt?: Schemas['HurtRange'][];
    items?: Schemas['SignalView'][];
    next_cursor?: string;
    searched_to?: string;
    to?: string;
    watermark?: string;
  };
  FoundStepView: {
    completed_at?: string;
    cost?: number;
    drop_rate?: number;
    failed?: boolean;
    input_count?: number;
    output_count?: number;
    run_id?: string;
    run_name?: string;
    started_at?: string;
    step_id?: string;
    step_name?: string;
    step_type?: string;
  };
  FunnelView: {
    final_output?: unknown;
    funnel?: Schemas['Stage'][];
    run_id?: string;
    run_name?: string;
    status?: 'RUNNING' | 'COMPLETED' | 'FAILED';
    total_cost?: number;
  };
  Health: {
    database?: string;
    github?: string;
    status?: string;
    timestamp?: string;
    version?: string;
  };
  Histogram: {
    bucket_seconds?: number;
    buckets?: Schemas['Bar'][];
    complete?: boolean;
    from?: string;
    hurt?: Schemas['HurtRange'][];
    searched_to?: string;
    to?: string;
    watermark?: string;
  };
  History: {
    items?: Schemas['AnalysisSummary'][];
  };
  HurtRange: {
    from?: string;
    to?: string;
  };
  ImportView: {
    name?: string;
    not_carried_over?: Schemas['Loss'][];
    yaml_content?: string;
  };
  IncidentDetail: {
    acknowledged_at?: string;
    affected_services?: string[];
    analyzed_version?: number;
    assignee?: string;
    detected_at?: string;
    error_count?: number;
    events?: Schemas['Event'][];
    first_seen?: string;
    id?: string;
    last_seen?: string;
    members?: Schemas['Member'][];
    merged_from?: Schemas['Merged'][];
    merged_into?: string;
    problems?: Schemas['ProblemKind'][];
    resolved_at?: string;
    revision?: number;
    seen_before?: Schemas['SeenBefore'][];
    severity?: string;
    snooze?: Schemas['Snooze'];
    state?: string;
    status?: string;
    timeline?: Schemas['TimelineEntry'][];
    title?: string;
    trace_id?: string;
    traces?: Schemas['TraceShare'][];
    version?: number;
  };
  IncidentFacets: {
    assignee?: Schemas['Count'][];
    service?: Schemas['Count'][];
    severity?: Schemas['Count'][];
    state?: Schemas['Count'][];
    status?: Schemas['Count'][];
    total?: number;
  };
  IncidentPage: {
    items?: Schemas['IncidentView'][];
    limit?: number;
    next_cursor?: string;
    offset?: number;
    total?: number;
    total_capped?: boolean;
  };
  IncidentPatch: {
    actor?: string;
    assignee?: string;
    comment?: string;
    expected_revision?: number;
    status?: string;
  };
  IncidentState: {
    acknowledged_at?: string;
    assignee?: string;
    id?: string;
    merged_into?: string;
    resolved_at?: string;
    revision?: number;
    severity?: string;
    snooze?: Schemas['Rest'];
    state?: string;
    status?: string;
    version?: number;
  };
  IncidentStats: {
    acknowledged?: number;
    auto_resolved?: number;
    from?: string;
    incidents?: number;
    mtta?: Schemas['Durations'];
    mttr?: Schemas['Durations'];
    reopened?: number;
    resolved?: number;
    service?: string;
    to?: string;
  };
  IncidentView: {
    acknowledged_at?: string;
    affected_services?: string[];
    analyzed_version?: number;
    assignee?: string;
    detected_at?: string;
    error_count?: number;
    first_seen?: string;
    id?: string;
    last_seen?: string;
    merged_into?: string;
    resolved_at?: string;
    revision?: number;
    severity?: string;
    snooze?: Schemas['Snooze'];
    state?: string;
    status?: string;
    title?: string;
    trace_id?: string;
    version?: number;
  };
  IngestHealth: {
    accepted?: number;
    from?: string;
    lag_seconds?: number;
    logs?: number;
    points?: number;
    rejected?: Schemas['Rejected'][];
    spans?: number;
    to?: string;
    watermark?: string;
  };
  Invitation: {
    accepted_at?: string;
    created_at?: string;
    email?: string;
    expires_at?: string;
    id?: number;
    invited_by?: string;
    project_id?: number;
    revoked_at?: string;
    role?: string;
    token?: string;
  };
  Item: {
    errors?: Schemas['FieldError'][];
    index?: number;
    status?: string;
  };
  ItemsChannelView: {
    items?: Schemas['ChannelView'][];
  };
  ItemsRouteView: {
    items?: Schemas['RouteView'][];
  };
  ItemsWindowView: {
    items?: Schemas['WindowView'][];
  };
  JourneyView: {
    candidate?: string;
    outcome?: string;
    run_id?: string;
    sampled?: boolean;
    stops?: Schemas['Stop'][];
  };
  JsonNode: {
    array?: boolean;
    bigDecimal?: boolean;
    bigInteger?: boolean;
    binary?: boolean;
    boolean?: boolean;
    container?: boolean;
    double?: boolean;
    embeddedValue?: boolean;
    empty?: boolean;
    float?: boolean;
    floatingPointNumber?: boolean;
    int?: boolean;
    integralNumber?: boolean;
    long?: boolean;
    missingNode?: boolean;
    nodeType?: 'ARRAY' | 'BINARY' | 'BOOLEAN' | 'MISSING' | 'NULL' | 'NUMBER' | 'OBJECT' | 'POJO' | 'STRING';
    null?: boolean;
    number?: boolean;
    object?: boolean;
    pojo?: boolean;
    short?: boolean;
    string?: boolean;
    textual?: boolean;
    valueNode?: boolean;
  };
  Judgement: {
    actor?: string;
    incident_version?: number;
    note?: string;
    right: boolean;
    service?: string;
  };
  Kind: {
    bytes?: number;
    bytes_per_signal?: number;
    kind?: string;
    signals?: number;
  };
  Lines: {
    lines: string[];
    service?: string;
  };
  LintAnswer: {
    findings?: Schemas['Finding'][];
    summary?: Schemas['Summary'];
    workloads?: Schemas['WorkloadReport'][];
  };
  Listing: {
    items?: Schemas['ProblemView'][];
    limit?: number;
    next_cursor?: string;
  };
  LogBucket: {
    counts?: Record<string, number>;
    start?: string;
  };
  LogPage: {
    items?: Schemas['DeliveryView'][];
    limit?: number;
    next_cursor?: string;
  };
  LogPatterns: {
    complete?: boolean;
    examined?: number;
    hurt?: Schemas['HurtRange'][];
    more?: boolean;
    patterns?: Schemas['Statement'][];
    searched_to?: string;
    watermark?: string;
  };
  Login: {
    password?: string;
    username?: string;
  };
  Loss: {
    column?: number;
    line?: number;
    path?: string;
    reason?: string;
  };
  Match: {
    id?: string;
    known?: boolean;
    template?: string;
  };
  Matches: {
    matches?: Schemas['Match'][];
    service?: string;
    version?: number;
  };
  MeasuredMetric: {
    kind?: string;
    last_seen?: string;
    name?: string;
    series?: number;
    service?: string;
    unit?: string;
  };
  MeasuredPoint: {
    max?: number;
    min?: number;
    start?: string;
    value?: number;
  };
  MeasuredSeries: {
    attributes?: Record<string, unknown>;
    last?: number;
    last_at?: string;
    points?: Schemas['MeasuredPoint'][];
    resource?: Record<string, unknown>;
  };
  Member: {
    fingerprint?: string;
    first_seen?: string;
    last_seen?: string;
    matched?: string;
    origin?: boolean;
    pinned?: boolean;
    reason?: string;
    rule?: string;
    service?: string;
    severity?: string;
    signals?: number;
    subject?: string;
    subject_kind?: string;
    title?: string;
  };
  Membership: {
    id?: number;
    name?: string;
    role?: string;
  };
  Merge: {
    number?: number;
    was?: string[];
  };
  Merged: {
    id?: string;
    merged_at?: string;
    title?: string;
  };
  MetricNames: {
    metrics?: Schemas['MeasuredMetric'][];
    services?: Schemas['MetricService'][];
    truncated?: boolean;
  };
  MetricSeries: {
    attributes?: Schemas['SeriesAttribute'][];
    bucket_seconds?: number;
    from?: string;
    kind?: string;
    name?: string;
    rate?: boolean;
    series?: Schemas['MeasuredSeries'][];
    service?: string;
    to?: string;
    truncated?: boolean;
    unit?: string;
    watermark?: string;
  };
  MetricService: {
    metrics?: number;
    service?: string;
  };
  NamedProject: {
    name: string;
  };
  Neighbours: {
    index?: number;
    items?: Schemas['SignalView'][];
  };
  NewAccount: {
    email: string;
    invitation?: string;
    password: string;
  };
  NewKey: {
    kid?: string;
  };
  Node: {
    calls?: number;
    error_rate?: number;
    errors?: number;
    open_incidents?: number;
    p95_ms?: number;
    service?: string;
  };
  OfRank: {
    count?: number;
    rank?: number;
  };
  OfVerdict: {
    right?: number;
    verdict?: string;
    wrong?: number;
  };
  OpenIncident: {
    id?: string;
    severity?: string;
    title?: string;
  };
  OperationView: {
    calls?: number;
    error_rate?: number;
    errors?: number;
    kind?: string;
    operation?: string;
    p50_ms?: number;
    p95_ms?: number;
    p99_ms?: number;
  };
  PageRejectedView: {
    items?: Schemas['RejectedView'][];
    limit?: number;
    offset?: number;
    total?: number;
    total_capped?: boolean;
  };
  PageSignalView: {
    items?: Schemas['SignalView'][];
    limit?: number;
    offset?: number;
    total?: number;
    total_capped?: boolean;
  };
  Pair: {
    after?: Schemas['Side'];
    before?: Schemas['Side'];
    name?: string;
    type?: string;
  };
  PatternView: {
    count?: number;
    examples?: string[];
    first_seen?: string;
    id?: string;
    last_seen?: string;
    levels?: Record<string, number>;
    service?: string;
    template?: string;
    trend?: number[];
  };
  Patterns: {
    exact?: boolean;
    from?: string;
    items?: Schemas['PatternView'][];
    read?: number;
    slice_seconds?: number;
    to?: string;
    total?: number;
  };
  PercentileView: {
    count?: number;
    duration_ms?: number;
    from?: string;
    kind?: string;
    operation?: string;
    p50_ms?: number;
    p95_ms?: number;
    p99_ms?: number;
    percentile?: number;
    service?: string;
    to?: string;
  };
  Point: {
    calls?: number;
    errors?: number;
    start?: string;
  };
  Pong: {
    ping?: string;
    timestamp?: string;
  };
  PostedAlert: {
    annotations?: Record<string, string>;
    endsAt?: string;
    generatorURL?: string;
    labels: Record<string, string>;
    startsAt?: string;
  };
  PostedRunEvents: {
    events: Schemas['RunEvent'][];
  };
  Present: {
    first_seen?: string;
    id?: string;
    last_seen?: string;
    members?: number;
    services?: string[];
    severity?: string;
    title?: string;
  };
  Problem: {
    code?: string;
    detail?: string;
    errors?: Schemas['FieldError'][];
    instance?: string;
    status?: number;
    title?: string;
    traceId?: string;
    type?: string;
  };
  ProblemKind: {
    fingerprint?: string;
    first_seen?: string;
    last_seen?: string;
    reason?: string;
    service?: string;
    severity?: string;
    signals?: number;
    state?: string;
    title?: string;
  };
  ProblemView: {
    changed_at?: string;
    changed_by?: string;
    fingerprint?: string;
    first_seen?: string;
    incidents?: number;
    last_seen?: string;
    latest_incident?: string;
    note?: string;
    service?: string;
    severity?: string;
    signals?: number;
    state?: string;
    title?: string;
  };
  ProjectView: {
    created_at?: string;
    id?: number;
    name?: string;
  };
  Queued: {
    message?: string;
    status?: string;
    task_id?: string;
    trace_id?: string;
  };
  Quota: {
    requests_per_minute?: number;
  };
  RateLimit: {
    messages?: number;
    period_seconds?: number;
  };
  Receiver: {
    name?: string;
  };
  Recipe: {
    yaml_content: string;
  };
  Refusal: {
    code?: string;
    detail?: string | {
      loc?: (string | number)[];
      msg?: string;
      type?: string;
    }[];
    error?: string;
    errors?: {
      message?: string;
      pointer?: string;
    }[];
    instance?: string;
    status?: number;
    title?: string;
    traceId?: string;
    type?: string;
  };
  Rejected: {
    count?: number;
    reason?: string;
  };
  RejectedView: {
    excerpt?: string;
    message?: string;
    reason?: string;
    received_at?: string;
    service_name?: string;
    signal_id?: string;
    signal_type?: string;
    transport?: string;
  };
  Remark: {
    actor?: string;
    note?: string;
  };
  Renewal: {
    project?: number;
    refresh_token: string;
  };
  Rerun: {
    analysis?: string;
    incident_id?: string;
    incident_version?: number;
    status?: string;
  };
  Rest: {
    rate_factor?: number;
    since?: string;
    until?: string;
    until_escalates?: boolean;
  };
  Result: {
    errors?: Schemas['FieldError'][];
    index?: number;
    status?: string;
  };
  RetentionDays: {
    logs?: number;
    metrics?: number;
    traces?: number;
  };
  RouteBody: {
    channel_id: string;
    enabled?: boolean;
    min_severity?: string;
    services?: string[];
    strategy?: string;
  };
  RouteView: {
    channel_id?: string;
    channel_name?: string;
    created_at?: string;
    enabled?: boolean;
    id?: string;
    min_severity?: string;
    services?: string[];
    strategy?: string;
  };
  Routed: {
    messages?: number;
    today?: number;
  };
  RuleView: {
    code?: string;
    remedy?: string;
    severity?: string;
    title?: string;
  };
  Rules: {
    analyses_from?: string;
    gap?: string;
    opens_from?: string;
    reach?: number;
  };
  RunAnswer: {
    duplicates?: number;
    processed?: number;
    rejected?: number;
    results?: Schemas['Result'][];
    status?: string;
  };
  RunEvent: {
    data: Schemas['RunEventData'];
    type: string;
  };
  RunEventData: {
    completed_at?: string;
    error?: string;
    id: string;
    inputs?: Record<string, unknown>;
    metadata?: Record<string, unknown>;
    name?: string;
    outputs?: Record<string, unknown>;
    reasoning?: string;
    run_id?: string;
    started_at?: string;
    tags?: Record<string, unknown>;
    total_cost?: number;
    type?: string;
  };
  RunView: {
    completed_at?: string;
    error?: string;
    failed_steps?: number;
    id?: string;
    name?: string;
    started_at?: string;
    status?: 'RUNNING' | 'COMPLETED' | 'FAILED';
    step_count?: number;
    tags?: Record<string, unknown>;
    total_cost?: number;
    trace_id?: string;
  };
  SeenBefore: {
    detected_at?: string;
    id?: string;
    note?: string;
    resolved_at?: string;
    resolved_by?: string;
    shared_problems?: number;
    state?: string;
    title?: string;
  };
  Segments: {
    bytes?: number;
    count?: number;
    signals?: number;
  };
  SeriesAttribute: {
    name?: string;
    others?: number;
    values?: Schemas['SeriesValue'][];
  };
  SeriesValue: {
    series?: number;
    value?: string;
  };
  Service: {
    bytes_per_day?: number;
    forecast_bytes?: number;
    service?: string;
    signals_per_day?: number;
  };
  ServiceDetail: {
    bucket_seconds?: number;
    callees?: Schemas['EdgeView'][];
    callers?: Schemas['EdgeView'][];
    calls?: number;
    changes?: Schemas['ChangeMark'][];
    error_logs?: number;
    error_rate?: number;
    errors?: number;
    from?: string;
    last_seen?: string;
    log_count?: number;
    logs?: Schemas['LogBucket'][];
    open_incidents?: Schemas['OpenIncident'][];
    operations?: Schemas['OperationView'][];
    p50_ms?: number;
    p95_ms?: number;
    p99_ms?: number;
    rate_per_second?: number;
    series?: Schemas['Bucket'][];
    service?: string;
    to?: string;
    truncated?: boolean;
    watermark?: string;
  };
  ServiceMap: {
    edges?: Schemas['EdgeView'][];
    from?: string;
    nodes?: Schemas['Node'][];
    to?: string;
    truncated?: boolean;
    watermark?: string;
  };
  ServiceView: {
    calls?: number;
    error_logs?: number;
    error_rate?: number;
    errors?: number;
    last_seen?: string;
    logs?: number;
    p50_ms?: number;
    p95_ms?: number;
    p99_ms?: number;
    rate_per_second?: number;
    service?: string;
  };
  Services: {
    from?: string;
    services?: Schemas['ServiceView'][];
    to?: string;
    truncated?: boolean;
    watermark?: string;
  };
  Share: {
    bytes?: number;
    bytes_per_row?: number;
    kind?: string;
    rows?: number;
    rows_estimated?: boolean;
    table?: string;
  };
  Side: {
    cost?: number;
    drop_rate?: number;
    input_count?: number;
    output_count?: number;
    rejections?: Record<string, number>;
    seconds?: number;
  };
  SidePresent: {
    counts?: Schemas['Counts'];
    incidents?: Schemas['Present'][];
    rules?: Schemas['Rules'];
  };
  SideWould: {
    counts?: Schemas['Counts'];
    incidents?: Schemas['Would'][];
    rules?: Schemas['Rules'];
  };
  SignalView: {
    id?: string;
    payload?: Record<string, unknown>;
    service_name?: string;
    signal_type?: string;
    span_id_reused?: boolean;
    timestamp?: string;
    trace_id?: string;
  };
  Snooze: {
    rate_factor?: number;
    since?: string;
    until?: string;
    until_escalates?: boolean;
  };
  Split: {
    id?: string;
    numbers?: number[];
  };
  SseEmitter: {
    timeout?: number;
  };
  Stage: {
    cost?: Schemas['Band'];
    drifts?: string[];
    drop_rate?: Schemas['Band'];
    drop_rates?: number[];
    input?: Schemas['Band'];
    latest?: Schemas['Side'];
    name?: string;
    output?: Schemas['Band'];
    rejections?: Record<string, number>;
    runs?: number;
    seconds?: Schemas['Band'];
    type?: string;
  };
  Statement: {
    count?: number;
    example?: string;
    first_seen?: string;
    last_seen?: string;
    query?: string;
    services?: string[];
    severity?: string;
    share?: number;
    template?: string;
  };
  Status: {
    inhibitedBy?: string[];
    silencedBy?: string[];
    state?: string;
  };
  StatusView: {
    build?: Schemas['BuildView'];
    conclusion?: string;
    logs_url?: string;
    workflow_status?: string;
    workflow_url?: string;
  };
  StepView: {
    completed_at?: string;
    cost?: number;
    error?: string;
    id?: string;
    inputs?: unknown;
    metadata?: unknown;
    name?: string;
    outputs?: unknown;
    reasoning?: string;
    run_id?: string;
    sampled?: Record<string, unknown>;
    started_at?: string;
    status?: 'RUNNING' | 'COMPLETED' | 'FAILED';
    type?: string;
  };
  Stop: {
    rank?: number;
    reason?: string;
    score?: number;
    selected?: boolean;
    step_id?: string;
    step_name?: string;
    step_type?: string;
  };
  StorageView: {
    as_of?: string;
    forecast?: Schemas['Forecast'];
    kinds?: Schemas['Kind'][];
    segments?: Schemas['Segments'];
    services?: Schemas['Service'][];
    tables?: Schemas['Share'][];
    total_bytes?: number;
    truncated?: boolean;
  };
  Summary: {
    actions?: Record<string, number>;
    containers?: number;
    documents?: number;
    findings?: Record<string, number>;
    languages?: Record<string, number>;
  };
  Telling: {
    at?: string;
    kind?: string;
    link?: string;
    service: string;
    what: string;
  };
  Tested: {
    delivery_id?: string;
    detail?: string;
    outcome?: string;
    response?: string;
    status?: number;
    took_ms?: number;
  };
  TimelineEntry: {
    actor?: string;
    at?: string;
    kind?: string;
    link?: string;
    note?: string;
    service?: string;
    version?: number;
    what?: string;
  };
  TokenAnswer: {
    access_token?: string;
    expires_in?: number;
    project?: number;
    refresh_expires_in?: number;
    refresh_token?: string;
    token_type?: string;
  };
  Told: {
    at?: string;
    created?: boolean;
    id?: number;
    kind?: string;
    link?: string;
    service?: string;
    what?: string;
  };
  TraceShare: {
    signal_count?: number;
    trace_id?: string;
  };
  TranspiledView: {
    containerfile?: string;
    enable_plymouth?: boolean;
    fedora_version?: string;
    image_type?: string;
  };
  TrendView: {
    name?: string;
    runs?: Schemas['RunView'][];
    stages?: Schemas['Stage'][];
  };
  TriggerBody: {
    config_id?: number;
    definition_filename?: string;
    desktop_environment?: string;
    enable_plymouth?: boolean;
    fedora_version?: string;
    image_type?: 'fedora-bootc' | 'fedora-kinoite' | 'fedora-sway-atomic' | 'fedora-lxqt' | 'fedora-onyx' | 'fedora-budgie' | 'fedora-cinnamon' | 'fedora-cosmic' | 'fedora-deepin' | 'fedora-mate' | 'fedora-xfce';
    os?: string;
    ref?: string;
    window_manager?: string;
    yaml_content?: string;
  };
  UsageReport: {
    days?: Schemas['Day'][];
    findings?: Schemas['instrumenter.Count'][];
    languages?: Schemas['instrumenter.Count'][];
    repositories?: Schemas['instrumenter.Count'][];
    since?: string;
  };
  UserChange: {
    current_password?: string;
    email?: string;
    is_active?: boolean;
    is_superuser?: boolean;
    is_verified?: boolean;
    password?: string;
  };
  UserPage: {
    page?: number;
    page_size?: number;
    total?: number;
    users?: Schemas['UserView'][];
  };
  UserView: {
    created_at?: string;
    email?: string;
    id?: string;
    is_active?: boolean;
    is_superuser?: boolean;
    is_verified?: boolean;
    last_login_at?: string;
  };
  Value: {
    count?: number;
    search?: string;
    value?: string;
  };
  VerdictView: {
    errors?: string[];
    id?: string;
    problems?: Schemas['Problem'][];
    valid?: boolean;
    warnings?: string[];
  };
  VerdictsView: {
    invalid?: number;
    results?: Schemas['VerdictView'][];
    valid?: number;
  };
  Version: {
    runs?: number;
    tag?: string;
  };
  VersionPage: {
    page?: number;
    page_size?: number;
    total?: number;
    versions?: Schemas['VersionView'][];
  };
  VersionView: {
    artifact_kinds?: string[];
    description?: string;
    enable_plymouth?: boolean;
    fedora_version?: string;
    image_type?: string;
    name?: string;
    restores?: number;
    version?: number;
    written_at?: string;
    written_by?: string;
    yaml_content?: string;
  };
  VersionsView: {
    after?: Schemas['Version'];
    before?: Schemas['Version'];
    name?: string;
    steps?: Schemas['Pair'][];
  };
  WantedContainerfile: {
    enable_plymouth?: boolean;
    fedora_version?: string;
    image_type?: string;
    reproducible?: boolean;
    source_date_epoch?: number;
    strict?: boolean;
    yaml_content: string;
  };
  WantedInvitation: {
    email?: string;
    expires_in?: number;
    role: string;
  };
  WantedKey: {
    expires_at?: string;
    name: string;
    requests_per_minute?: number;
    scopes: string[];
  };
  WantedRole: {
    role: string;
  };
  WantedVerdict: {
    id?: string;
    warnings?: boolean;
    yaml_content: string;
  };
  WantedVerdicts: {
    items: Schemas['WantedVerdict'][];
  };
  WantedVersion: {
    version: number;
  };
  WebhookBody: {
    name?: string;
    secret?: string;
    url: string;
  };
  What: {
    id?: string;
    kind?: string;
  };
  WhoDidIt: {
    id?: string;
    kind?: string;
    name?: string;
  };
  WindowBody: {
    actor?: string;
    from?: string;
    reason: string;
    services?: string[];
    to: string;
  };
  WindowView: {
    created_at?: string;
    created_by?: string;
    from?: string;
    held?: number;
    id?: string;
    reason?: string;
    services?: string[];
    state?: string;
    to?: string;
  };
  WorkloadReport: {
    action?: string;
    confidence?: string;
    container?: string;
    doc?: number;
    evidence?: Schemas['Evidence'][];
    keys?: string[];
    kind?: string;
    language?: string;
    line?: number;
    name?: string;
    namespace?: string;
  };
  Would: {
    continues?: string;
    first_seen?: string;
    last_seen?: string;
    members?: number;
    number?: number;
    services?: string[];
    severity?: string;
    title?: string;
    was?: string[];
  };
  'analysis.Item': {
    changed?: boolean;
    code?: string;
    detail?: string;
    id?: string;
    incident?: Schemas['IncidentState'];
    ok?: boolean;
  };
  'control.Answer': {
    status?: string;
  };
  'control.Member': {
    email?: string;
    id?: string;
    is_active?: boolean;
    last_login_at?: string;
    role?: string;
    since?: string;
  };
  'instrumenter.BatchAnswer': {
    changed?: number;
    changes_made?: boolean;
    failed?: number;
    files?: Schemas['BatchFile'][];
  };
  'instrumenter.Count': {
    count?: number;
    name?: string;
  };
}

/** What a GET answers, by path. */
export interface Answers {
  '/.well-known/jwks.json': Record<string, unknown>;
  '/analyze/{id}': Schemas['FunnelView'];
  '/api/audit': Schemas['AuditPage'];
  '/api/auth/jwks': Record<string, unknown>;
  '/api/build': Schemas['BuildPage'];
  '/api/build/': Schemas['BuildPage'];
  '/api/build/{id}': Schemas['BuildView'];
  '/api/build/{id}/status': Schemas['StatusView'];
  '/api/config': Schemas['ConfigPage'];
  '/api/config/': Schemas['ConfigPage'];
  '/api/config/definitions/list': Schemas['FilesView'];
  '/api/config/definitions/list/': Schemas['FilesView'];
  '/api/config/definitions/{filename}': Schemas['ContentView'];
  '/api/config/schema': Record<string, unknown>;
  '/api/config/{id}': Schemas['ConfigView'];
  '/api/config/{id}/diff': Schemas['DiffView'];
  '/api/config/{id}/versions': Schemas['VersionPage'];
  '/api/config/{id}/versions/{version}': Schemas['VersionView'];
  '/api/health': Schemas['Health'];
  '/api/notifications/channels': Schemas['ItemsChannelView'];
  '/api/notifications/channels/{id}': Schemas['ChannelView'];
  '/api/notifications/deliveries': Schemas['LogPage'];
  '/api/notifications/deliveries/{id}': Schemas['DeliveryView'];
  '/api/notifications/maintenance': Schemas['ItemsWindowView'];
  '/api/notifications/routes': Schemas['ItemsRouteView'];
  '/api/ping': Schemas['Pong'];
  '/api/projects': Schemas['ProjectView'][];
  '/api/projects/{id}': Schemas['ProjectView'];
  '/api/projects/{project}/invitations': Schemas['Invitation'][];
  '/api/projects/{project}/keys': Schemas['ApiKeyView'][];
  '/api/projects/{project}/members': Schemas['control.Member'][];
  '/api/users': Schemas['UserPage'];
  '/api/users/': Schemas['UserPage'];
  '/api/users/me': Schemas['UserView'];
  '/api/users/me/projects': Schemas['Membership'][];
  '/api/users/{id}': Schemas['UserView'];
  '/api/v2/alerts': Schemas['AlertView'][];
  '/ingest/health': Record<string, string>;
  '/ingest/retention': Schemas['RetentionDays'];
  '/query/analysis/accuracy': Schemas['Accuracy'];
  '/query/analysis/backlog': Record<string, number>;
  '/query/changes': Schemas['Changes'];
  '/query/errors': Schemas['ErrorSeries'];
  '/query/incidents': Schemas['IncidentPage'];
  '/query/incidents/facets': Schemas['IncidentFacets'];
  '/query/incidents/stats': Schemas['IncidentStats'];
  '/query/incidents/{id}': Schemas['IncidentDetail'];
  '/query/incidents/{id}/analyses': Schemas['History'];
  '/query/incidents/{id}/analysis': Schemas['AnalysisView'];
  '/query/incidents/{id}/evidence': Schemas['SignalView'][];
  '/query/ingest-health': Schemas['IngestHealth'];
  '/query/metrics/names': Schemas['MetricNames'];
  '/query/metrics/series': Schemas['MetricSeries'];
  '/query/patterns': Schemas['Patterns'];
  '/query/problems': Schemas['Listing'];
  '/query/problems/{fingerprint}': Schemas['ProblemView'];
  '/query/rejected': Schemas['PageRejectedView'];
  '/query/search': Schemas['FoundSignals'];
  '/query/search/around': Schemas['Neighbours'];
  '/query/search/comparison': Schemas['Comparison'];
  '/query/search/facets': Schemas['Facets'];
  '/query/search/histogram': Schemas['Histogram'];
  '/query/search/patterns': Schemas['LogPatterns'];
  '/query/service': Schemas['ServiceDetail'];
  '/query/service-map': Schemas['ServiceMap'];
  '/query/services': Schemas['Services'];
  '/query/services/{name}': Schemas['ServiceDetail'];
  '/query/signals': Schemas['PageSignalView'];
  '/query/spans/percentile': Schemas['PercentileView'];
  '/query/spans/{trace}/{span}/percentile': Schemas['PercentileView'];
  '/query/storage': Schemas['StorageView'];
  '/query/traces/{trace}': Schemas['SignalView'][];
  '/runs': Schemas['RunView'][];
  '/runs/compare': Schemas['ComparisonView'];
  '/runs/compare/versions': Schemas['VersionsView'];
  '/runs/trend': Schemas['TrendView'];
  '/runs/{id}': Schemas['RunView'];
  '/runs/{id}/journey': Schemas['JourneyView'];
  '/runs/{id}/steps': Schemas['StepView'][];
  '/steps': Schemas['FoundStepView'][];
  '/workflow/rules': Record<string, Schemas['RuleView'][]>;
  '/workflow/usage': Schemas['UsageReport'];
}
