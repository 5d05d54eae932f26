package dev.whence.instrumenter.workflow;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.whence.instrumenter.workflow.WorkflowJson.Members;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the original GitHub Action. It writes the answer to the file through a
 * shell's double quotes, which eat every double quote in it; so its manifests, and only
 * its, are answered with single quotes.
 */
final class LegacyAction {

	private static final List<String> FIELDS = List.of("manifest_content", "deployment_name", "client_repo");

	private LegacyAction() {
	}

	/**
	 * Whether the request has the Action's three fields in its order and its way of
	 * laying them out.
	 */
	static boolean sent(byte[] body, Members members, @Nullable String userAgent) {
		if (!members.names().equals(FIELDS)) {
			return false;
		}
		String head = new String(body, 0, Math.min(body.length, 64), StandardCharsets.ISO_8859_1);
		// Laid out by hand, on one line or on several. No serialiser writes the first;
		// many write the second, so that one takes curl to be believed.
		boolean oneLine = head.startsWith("{  \"manifest_content\": ");
		boolean pretty = head.replace("\r", "").startsWith("{\n  \"manifest_content\": ");
		return oneLine || (pretty && userAgent != null && userAgent.startsWith("curl/"));
	}

	/**
	 * Whether the body has an escape that the Action never writes: it escapes line breaks
	 * and double quotes only, so any other was a backslash of the file, and JSON has
	 * taken it away.
	 */
	static boolean lostBackslashes(byte[] body) {
		for (int at = 0; at + 1 < body.length; at++) {
			if (body[at] == '\\') {
				at++;
				if ("\\/bftru".indexOf(body[at]) >= 0) {
					return true;
				}
			}
		}
		return false;
	}

}
