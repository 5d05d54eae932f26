package dev.whence.analysis.rootcause;

import java.util.Locale;
import java.util.stream.Collectors;

import dev.whence.analysis.incident.IncidentSnapshot;

/**
 * The findings as text for a person, in the sections of the original reports, so that
 * what parsed those ("Severity", "Confidence Score") parses these.
 */
final class CauseReport {

	private CauseReport() {
	}

	static String markdown(IncidentSnapshot incident, Findings findings) {
		StringBuilder report = new StringBuilder();
		report.append("## Root Cause\n").append(headline(findings)).append("\n\n");
		report.append("## Affected Services\n")
			.append(String.join(", ", incident.affectedServices()))
			.append("\n\n## Severity\n")
			.append(capitalised(incident.severity().name()))
			.append("\n\n## Confidence Score\n")
			.append(Math.round(findings.confidence()))
			.append("\n\n## Timeline\n- ")
			.append(incident.firstSeen())
			.append(": first sign of trouble\n- ")
			.append(incident.lastSeen())
			.append(": latest sign of trouble\n\n## Detailed Conclusion\n");
		for (Hypothesis hypothesis : findings.hypotheses()) {
			report.append(hypothesis.rank())
				.append(". **")
				.append(hypothesis.service())
				.append("** (score ")
				.append(hypothesis.score())
				.append(")\n")
				.append(hypothesis.evidence()
					.stream()
					.map((evidence) -> "   - " + evidence.statement() + "\n")
					.collect(Collectors.joining()));
		}
		if (!findings.ruledOut().isEmpty()) {
			report.append("\nRuled out:\n");
			findings.ruledOut()
				.forEach((ruledOut) -> report.append("- ")
					.append(ruledOut.service())
					.append(": ")
					.append(ruledOut.reason())
					.append('\n'));
		}
		return report.toString();
	}

	private static String headline(Findings findings) {
		if (findings.hypotheses().isEmpty()) {
			return "Inconclusive: no failing signal was found.";
		}
		String best = findings.hypotheses().getFirst().statement();
		return switch (findings.verdict()) {
			case CONCLUSIVE, LIKELY -> best;
			case INCONCLUSIVE -> "Inconclusive. " + findings.hypotheses()
				.stream()
				.filter((hypothesis) -> hypothesis.rank() == 1)
				.map(Hypothesis::statement)
				.collect(Collectors.joining("; or "));
		};
	}

	private static String capitalised(String name) {
		return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
	}

}
