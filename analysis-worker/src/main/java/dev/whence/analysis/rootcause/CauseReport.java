package dev.whence.analysis.rootcause;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.analysis.evidence.EvidenceClass;
import dev.whence.analysis.incident.IncidentSnapshot;

/**
 * The findings as text for a person who was woken up, in the sections of the original
 * reports, so that what parsed those ("Severity", "Confidence Score") parses these.
 */
final class CauseReport {

	private static final int MAX_TIMELINE = 15;

	private static final int MAX_NAMES = 10;

	/** Parsers look for these headings; text of the telemetry must not pass for them. */
	private static final Pattern HEADINGS = Pattern.compile("(?i)(sever)(ity)|(confidence scor)(e)");

	private static final String INVISIBLE_HYPHEN = "\u00AD";

	private CauseReport() {
	}

	static String markdown(IncidentSnapshot incident, Findings findings) {
		StringBuilder report = new StringBuilder();
		report.append("## Root Cause\n").append(headline(findings)).append("\n\n");
		report.append("## Affected Services\n")
			.append(inert(String.join(", ", incident.affectedServices())))
			.append("\n\n## Severity\n")
			.append(capitalised(incident.severity().name()))
			.append("\n\n## Confidence Score\n")
			.append(Math.round(findings.confidence()))
			.append("\n\n## Timeline\n")
			.append(timeline(incident, findings.timeline()))
			.append("\n## Detailed Conclusion\n");
		conclusion(report, findings);
		return report.toString();
	}

	private static String headline(Findings findings) {
		if (findings.hypotheses().isEmpty()) {
			return "Inconclusive: nothing stands out from normal time, and no failing signal was found.";
		}
		String best = findings.hypotheses().getFirst().statement();
		return inert(switch (findings.verdict()) {
			case CONCLUSIVE, LIKELY -> best;
			case INCONCLUSIVE -> "Inconclusive. " + findings.hypotheses()
				.stream()
				.filter((hypothesis) -> hypothesis.rank() == 1)
				.map(Hypothesis::statement)
				.collect(Collectors.joining("; or "));
		});
	}

	private static String timeline(IncidentSnapshot incident, List<TimelineEntry> entries) {
		if (entries.isEmpty()) {
			return "- " + incident.firstSeen() + ": first sign of trouble\n- " + incident.lastSeen()
					+ ": latest sign of trouble\n";
		}
		return entries.stream()
			.limit(MAX_TIMELINE)
			.map((entry) -> "- " + entry.at() + ": "
					+ inert((entry.service().isEmpty() ? "" : entry.service() + ": ") + entry.what()) + "\n")
			.collect(Collectors.joining()) + "- " + incident.lastSeen() + ": latest sign of trouble\n";
	}

	private static void conclusion(StringBuilder report, Findings findings) {
		report.append(switch (findings.verdict()) {
			case CONCLUSIVE -> "The first of these is the cause: it stands out, and its trouble can be followed to "
					+ "where it was noticed.\n";
			case LIKELY -> "The first of these is the best explanation of what was seen.\n";
			case INCONCLUSIVE -> "What was seen does not single out a cause.\n";
		});
		for (Hypothesis hypothesis : findings.hypotheses()) {
			report.append(hypothesis.rank())
				.append(". **")
				.append(inert(hypothesis.service()))
				.append("** (score ")
				.append(hypothesis.score())
				.append(")\n")
				.append(hypothesis.evidence()
					.stream()
					.map((proof) -> "   - " + inert(proof.statement()) + "\n")
					.collect(Collectors.joining()));
		}
		firmness(report, findings);
		if (!findings.path().isEmpty()) {
			report.append("\nHow it spread:\n");
			findings.path().forEach((step) -> report.append("- ").append(inert(step.statement())).append('\n'));
		}
		if (!findings.ruledOut().isEmpty()) {
			report.append("\nRuled out:\n");
			findings.ruledOut()
				.forEach((ruledOut) -> report.append("- ")
					.append(inert(ruledOut.service()))
					.append(": ")
					.append(inert(ruledOut.reason()))
					.append('\n'));
		}
		if (!findings.blastRadius().services().isEmpty()) {
			report.append("\nShows trouble: ")
				.append(inert(names(findings.blastRadius().services())))
				.append(failingTraces(findings.blastRadius().traces()))
				.append(".\n");
		}
	}

	private static void firmness(StringBuilder report, Findings findings) {
		List<String> first = Ranked.first(findings.ranking());
		if (first.size() != 1 || findings.without().size() < 2) {
			return;
		}
		List<Without> changes = findings.without()
			.stream()
			.filter((without) -> !Ranked.first(without.ranking()).equals(first))
			.toList();
		if (changes.isEmpty()) {
			report.append("\nHow firm: whichever single kind of evidence is left out, ")
				.append(inert(first.getFirst()))
				.append(" stays first.\n");
			return;
		}
		report.append("\nHow firm:\n");
		for (Without without : changes) {
			report.append("- without ")
				.append(words(without.evidence()))
				.append(", ")
				.append(inert(instead(Ranked.first(without.ranking()))))
				.append('\n');
		}
	}

	private static String instead(List<String> first) {
		return switch (first.size()) {
			case 0 -> "nobody would be suspect";
			case 1 -> first.getFirst() + " would come first";
			default -> names(first) + " would share the first place";
		};
	}

	private static String words(EvidenceClass evidence) {
		return switch (evidence) {
			case PATH -> "lost, new and aborted steps";
			case GAP -> "time lost between caller and callee";
			case OWN -> "time of its own";
			case RESOURCE -> "resources";
			case SLI -> "service levels";
			case METRIC_ALERT -> "alerts on metrics";
			case LOG_ALERT -> "alerts on log statements";
			case CALL_ALERT -> "alerts on calls";
			case GROUP_ALERT -> "alerts of a group";
			case ERROR -> "failures";
			case CHANGE -> "recent changes";
		};
	}

	private static String failingTraces(int traces) {
		return switch (traces) {
			case 0 -> "";
			case 1 -> "; 1 failing trace was looked at";
			default -> "; " + traces + " failing traces were looked at";
		};
	}

	private static String names(List<String> names) {
		String some = String.join(", ", names.stream().limit(MAX_NAMES).toList());
		return (names.size() > MAX_NAMES) ? some + " and " + (names.size() - MAX_NAMES) + " more" : some;
	}

	// One line, and no heading that a parser could take for ours.
	private static String inert(String text) {
		return HEADINGS.matcher(text.replaceAll("\\s+", " "))
			.replaceAll((match) -> (match.group(1) != null) ? match.group(1) + INVISIBLE_HYPHEN + match.group(2)
					: match.group(3) + INVISIBLE_HYPHEN + match.group(4));
	}

	private static String capitalised(String name) {
		return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
	}

}
