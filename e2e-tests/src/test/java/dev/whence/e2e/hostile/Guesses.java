package dev.whence.e2e.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/** Guesses passwords, from addresses that nobody has signed in from. */
final class Guesses {

	/** Fewer than make the site slow them down. */
	private static final int PAIRS = 8;

	private Guesses() {
	}

	/** Of an account that exists and one that does not, in turns. */
	static List<Answer> pairs(Wire wire, HostileCase hostile, Site site) throws IOException {
		List<Answer> answers = new ArrayList<>();
		for (int n = 0; n < PAIRS; n++) {
			answers.add(wire.exchange(guess(hostile, site, People.TAKEN, n).bytes()));
			answers.add(wire.exchange(guess(hostile, site, "nobody@example.com", n).bytes()));
		}
		return answers;
	}

	/** Claims another address each time, as if a proxy had said so. */
	static List<Answer> manyAddresses(Wire wire, HostileCase hostile, Site site, int tries) throws IOException {
		List<Answer> answers = new ArrayList<>();
		for (int n = 0; n < tries; n++) {
			answers.add(wire.exchange(
					guess(hostile, site, People.VICTIM, n).with("X-Forwarded-For", "203.0.113." + n % 100).bytes()));
		}
		return answers;
	}

	private static Request guess(HostileCase hostile, Site site, String account, int number) {
		return Request.of(hostile, site,
				JsonMapper.shared().writeValueAsBytes(Map.of("username", account, "password", "guess " + number)));
	}

}
