package dev.whence.analysis.evidence;

/**
 * Kinds of evidence. Inside a class the strongest item counts, over the classes the
 * strengths add up: items of one class mostly show one fault several times.
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

	/** Alerts that came in. */
	ALERT,

	/** Failed spans and error logs, by depth and onset. */
	ERROR,

	/** A new version, a deployment, a changed configuration shortly before. */
	CHANGE

}
