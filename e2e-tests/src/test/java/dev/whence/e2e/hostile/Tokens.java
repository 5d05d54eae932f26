package dev.whence.e2e.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens that no server may believe. */
final class Tokens {

	private static final String CLAIMS = "{\"sub\":\"1\",\"aud\":\"whence\",\"iat\":1767225600,\"exp\":4102444800}";

	private Tokens() {
	}

	/** A request with the token as its credential. */
	static Request credential(Request request, String variant) {
		return variant.equals("none") ? request : request.with("Authorization", "Bearer " + token(variant));
	}

	private static String token(String variant) {
		return switch (variant) {
			case "alg_none_mixed" -> token("{\"alg\":\"nOnE\"}", CLAIMS, "");
			case "hs_empty" -> token("{\"alg\":\"HS256\"}", CLAIMS, "0");
			case "kid_traversal" -> token("{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}", CLAIMS, "0");
			case "jku" -> token("{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:9/keys\"}", CLAIMS, "0");
			case "jwk_embedded" ->
				token("{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}", CLAIMS, "0");
			case "expired" -> token("{\"alg\":\"RS256\"}", CLAIMS.replace("4102444800", "1767225600"), "0");
			case "iat_future" -> token("{\"alg\":\"RS256\"}", CLAIMS.replace("1767225600", "4102358400"), "0");
			case "exp_string" -> token("{\"alg\":\"RS256\"}", CLAIMS.replace("4102444800", "\"4102444800\""), "0");
			case "aud_wrong" -> token("{\"alg\":\"RS256\"}", CLAIMS.replace("whence", "other"), "0");
			case "aud_missing" -> token("{\"alg\":\"RS256\"}", CLAIMS.replace("\"aud\":\"whence\",", ""), "0");
			case "jwe" -> "e30.e30.e30.e30.e30";
			case "huge" -> "x".repeat(1024 * 1024);
			case "padding" -> token("{\"alg\":\"RS256\"}", CLAIMS, "0") + "==";
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
