package dev.whence.analysis.evidence;

/**
 * Kinds of evidence. Inside a class the strongest item counts, over the classes the
 * strengths add up: items of one class mostly show one fault several times. PATH and
 * ERROR count as one class, because an error is a step of its execution.
 */
public enum EvidenceClass {

	/** Lost, new or aborted steps per execution of an operation. */
	PATH,

	/** Time of calls that the callee did not spend: the network. */
	GAP,

	/** Time that an operation spent itself. */
	OWN,

	/** Processor, memory and the like. */
	RESOURCE,

	/** Service level metrics along the call graph, where there are no spans. */
	SLI,

	/** More of its metrics alert than usual. */
	METRIC_ALERT,

	/** An error statement is alerted on more than usual. */
	LOG_ALERT,

	/** Calls to it are alerted on as failing, and soon. */
	CALL_ALERT,

	/** What runs on it, or all of its instances, alert together. */
	GROUP_ALERT,

	/** Failed spans and error logs, by depth and onset. */
	ERROR,

	/** A new version, a deployment, a changed configuration shortly before. */
	CHANGE;

	/** Whether executions are compared with those of normal time. */
	public boolean comparesExecutions() {
		return this == PATH || this == GAP || this == OWN;
	}

}
