package dev.whence.gateway.lane;

import java.util.Iterator;
import java.util.Map;

import dev.whence.gateway.route.GatewayOwnedHeaders;
import dev.whence.gateway.shield.ClaimedHeaders;
import dev.whence.gateway.shield.Correlation;
import dev.whence.gateway.shield.SecurityHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/** Which headers pass, in one walk each way. */
final class LaneHeaders {

	/** About one connection, not about what is sent on it: RFC 9110, section 7.6.1. */
	private static final AsciiString[] OF_A_CONNECTION = { HttpHeaderNames.CONNECTION, AsciiString.of("keep-alive"),
			HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderNames.TE, HttpHeaderNames.TRAILER, HttpHeaderNames.UPGRADE,
			HttpHeaderNames.PROXY_AUTHENTICATE, HttpHeaderNames.PROXY_AUTHORIZATION, AsciiString.of("proxy-connection"),
			HttpHeaderNames.CONTENT_LENGTH, HttpHeaderNames.HOST };

	private static final CharSequence CORRELATION = AsciiString.cached(Correlation.HEADER);

	private static final CharSequence CONTENT_SECURITY_POLICY = AsciiString.cached("Content-Security-Policy");

	private LaneHeaders() {
	}

	/** What the service reads of what the client said. */
	static void copyRequest(HttpHeaders said, String correlation, HttpHeaders to) {
		for (Iterator<Map.Entry<CharSequence, CharSequence>> each = said.iteratorCharSequence(); each.hasNext();) {
			Map.Entry<CharSequence, CharSequence> header = each.next();
			CharSequence name = header.getKey();
			if (!isOfConnection(name) && !ClaimedHeaders.isForbidden(name, false)) {
				if (isDefaulted(name)) {
					to.set(name, header.getValue());
				}
				else {
					to.add(name, header.getValue());
				}
			}
		}
		to.set(CORRELATION, correlation);
	}

	/** What the client reads of what the service said. */
	static void copyAnswer(HttpHeaders said, HttpHeaders to) {
		for (Iterator<Map.Entry<CharSequence, CharSequence>> each = said.iteratorCharSequence(); each.hasNext();) {
			Map.Entry<CharSequence, CharSequence> header = each.next();
			CharSequence name = header.getKey();
			if (!isOfConnection(name) && !GatewayOwnedHeaders.isOwned(name.toString())) {
				to.add(name, header.getValue());
			}
		}
	}

	/** What every answer says. */
	static void addOwn(HttpHeaders to, Correlation correlation) {
		to.set(CORRELATION, correlation.id());
		SecurityHeaders.OF_ALL.forEach(to::set);
		to.set(CONTENT_SECURITY_POLICY, SecurityHeaders.NOTHING);
	}

	private static boolean isOfConnection(CharSequence name) {
		for (AsciiString one : OF_A_CONNECTION) {
			if (one.length() == name.length() && one.contentEqualsIgnoreCase(name)) {
				return true;
			}
		}
		return false;
	}

	/** Whether the HTTP client says it unless told otherwise. */
	private static boolean isDefaulted(CharSequence name) {
		return HttpHeaderNames.USER_AGENT.contentEqualsIgnoreCase(name)
				|| HttpHeaderNames.ACCEPT.contentEqualsIgnoreCase(name);
	}

}
