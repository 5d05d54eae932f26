package dev.whence.analysis.grouping;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What belongs together.
 *
 * @param members in time order, never empty
 * @param onset how it came apart from what was before it, null when nothing was
 */
public record Group(List<Member> members, @Nullable Reason onset) {

	/**
	 * Why a member is part of this group: the strongest of what it has in common with
	 * another member near it.
	 */
	public Reason why(Member member, CallGraph graph, GroupingParameters parameters) {
		if (member.pin() != null) {
			return new Reason("manual", Map.of(), "put here by a person");
		}
		if (member.equals(this.members.getFirst())) {
			return Objects.requireNonNullElseGet(this.onset,
					() -> new Reason("first", Map.of(), "opened the incident"));
		}
		List<Member> near = this.members.stream()
			.filter((other) -> !other.equals(member) && member.silence(other).compareTo(parameters.gap()) <= 0)
			.toList();
		for (Member other : near) {
			for (String problem : sorted(member.problems())) {
				if (other.problems().contains(problem)) {
					return reason("same-problem", "problem", problem, "same problem", member.silence(other));
				}
			}
		}
		for (Member other : near) {
			for (String service : sorted(member.services())) {
				if (other.services().contains(service)) {
					return reason("same-service", "service", service, "same service at the same time: " + service,
							member.silence(other));
				}
			}
		}
		return near.stream()
			.map((other) -> path(member, other, graph, parameters.reach()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> byTime(member, near));
	}

	private static @Nullable Reason path(Member member, Member other, CallGraph graph, int reach) {
		for (String one : sorted(member.services())) {
			for (String two : sorted(other.services())) {
				Reason reason = call(one, two, graph, reach);
				reason = (reason != null) ? reason : call(two, one, graph, reach);
				if (reason != null) {
					return reason;
				}
			}
		}
		return null;
	}

	private static @Nullable Reason call(String caller, String callee, CallGraph graph, int reach) {
		OptionalInt hops = graph.distance(caller, callee, reach);
		return hops.isEmpty() ? null
				: new Reason("call-path",
						new TreeMap<>(
								Map.of("caller", caller, "callee", callee, "hops", Integer.toString(hops.getAsInt()))),
						caller + " calls " + callee
								+ ((hops.getAsInt() > 1) ? " through " + (hops.getAsInt() - 1) + " other" : ""));
	}

	private Reason byTime(Member member, List<Member> near) {
		Duration silence = near.stream()
			.map(member::silence)
			.min(Duration::compareTo)
			.orElseGet(() -> member.silence(this.members.getFirst()));
		String seconds = text(silence);
		return new Reason("time", Map.of("seconds", seconds), "within " + seconds + " s of the rest");
	}

	private static Reason reason(String rule, String field, String value, String sentence, Duration silence) {
		return new Reason(rule, new TreeMap<>(Map.of(field, value, "seconds", text(silence))), sentence);
	}

	private static List<String> sorted(java.util.Set<String> texts) {
		return texts.stream().sorted().toList();
	}

	private static String text(Duration duration) {
		return String.format(Locale.ROOT, "%.0f", duration.toMillis() / 1000.0);
	}

}
