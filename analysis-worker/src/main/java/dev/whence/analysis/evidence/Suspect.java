package dev.whence.analysis.evidence;

/**
 * Who is under suspicion, as finely as the evidence tells; what is not known is empty.
 *
 * @param service the service, or the host or instance itself where nothing tells its
 * service
 * @param operation the span name
 * @param codeRegion between which two steps, or after which one, e.g. {@code A > B}
 * @param resource what runs short, e.g. {@code cpu}
 */
public record Suspect(String service, String operation, String codeRegion, String resource, String instance,
		String host) {

	/** The same, confined to that instance. */
	public Suspect on(String instance) {
		return new Suspect(this.service, this.operation, this.codeRegion, this.resource, instance, this.host);
	}

	public static Suspect service(String service) {
		return new Suspect(service, "", "", "", "", "");
	}

	public static Suspect operation(String service, String operation) {
		return new Suspect(service, operation, "", "", "", "");
	}

	public static Suspect codeRegion(String service, String operation, String codeRegion) {
		return new Suspect(service, operation, codeRegion, "", "", "");
	}

	public static Suspect resource(String service, String resource) {
		return new Suspect(service, "", "", resource, "", "");
	}

}
