package dev.whence.e2e.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens that no server may believe. */
final class Tokens {

	private static final String CLAIMS = "{\"iss\":\"urn:whence\",\"sub\":\"0b6f2a1e-5c1d-4a52-9a39-7d1f5f3a0380\","
			+ "\"sid\":\"0b6f2a1e-5c1d-4a52-9a39-7d1f5f3a0381\",\"aud\":\"urn:whence:api\",\"project\":1,\"epoch\":1,"
			+ "\"iat\":1767225600,\"nbf\":1767225600,\"exp\":4102444800}";

	private Tokens() {
	}

	/** A request with the token as its credential. */
	static Request credential(Request request, String variant, Site site) {
		return switch (variant) {
			case "none" -> request;
			case "stale_epoch" -> request.with("Authorization", "Bearer " + site.staleToken());
			default -> request.with("Authorization", "Bearer " + token(variant, site.keyId()));
		};
	}

	// They carry the id of the key that signs, so that they are looked at to the end.
	private static String token(String variant, String keyId) {
		String ours = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + keyId + "\"}";
		return switch (variant) {
			case "alg_none_mixed" -> token("{\"alg\":\"nOnE\"}", CLAIMS, "");
			case "hs_empty" -> token("{\"alg\":\"HS256\"}", CLAIMS, "0");
			case "kid_traversal" -> token("{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}", CLAIMS, "0");
			case "jku" -> token("{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:9/keys\"}", CLAIMS, "0");
			case "jwk_embedded" ->
				token("{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}", CLAIMS, "0");
			case "expired" -> token(ours, CLAIMS.replace("4102444800", "1767225600"), "0");
			case "iat_future" -> token(ours, CLAIMS.replace("1767225600", "4102358400"), "0");
			case "exp_string" -> token(ours, CLAIMS.replace("4102444800", "\"4102444800\""), "0");
			case "aud_wrong" -> token(ours, CLAIMS.replace("urn:whence:api", "other"), "0");
			case "aud_missing" -> token(ours, CLAIMS.replace("\"aud\":\"urn:whence:api\",", ""), "0");
			case "jwe" -> "e30.e30.e30.e30.e30";
			case "huge" -> "x".repeat(1024 * 1024);
			case "padding" -> token(ours, CLAIMS, "0") + "==";
			case "crit" -> token("{\"alg\":\"RS256\",\"crit\":[\"unknown\"]}", CLAIMS, "0");
			default -> token("{\"alg\":\"RS256\",\"kid\":\"" + variant + "\"}", CLAIMS, "0");
		};
	}

	private static String token(String header, String claims, String signature) {
		return encode(header) + "." + encode(claims) + "." + encode(signature);
	}

	private static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
