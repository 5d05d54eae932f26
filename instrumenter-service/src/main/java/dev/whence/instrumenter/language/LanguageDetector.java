package dev.whence.instrumenter.language;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Judges containers. The order is fixed: hints that match, then the container's own
 * words, then names people chose, then the request's language for whatever is left. Where
 * two voices of one rank disagree there is no answer.
 *
 * @param hints the first that matches holds
 * @param fallback for every container that nothing else decides; never for infrastructure
 * @param skipInfrastructure whether known infrastructure is left alone unless a hint
 * names it; sidecars always are
 */
public record LanguageDetector(List<LanguageHint> hints, @Nullable Language fallback, boolean skipInfrastructure) {

	public LanguageDetector(List<LanguageHint> hints, @Nullable Language fallback) {
		this(hints, fallback, true);
	}

	public ContainerRole role(@Nullable String workload, ContainerFacts facts) {
		ContainerRole role = KnownImages.role(facts);
		boolean asked = role == ContainerRole.INFRASTRUCTURE && (!this.skipInfrastructure
				|| this.hints.stream().anyMatch((hint) -> hint.isSpecific() && hint.matches(workload, facts)));
		return asked ? ContainerRole.APPLICATION : role;
	}

	public Detection detect(@Nullable String workload, ContainerFacts facts) {
		for (LanguageHint hint : this.hints) {
			if (hint.matches(workload, facts)) {
				return Detection.of(hint.language(), Confidence.EXPLICIT,
						new Evidence("HINT", hint.language(), "hints", 0));
			}
		}
		List<Evidence> decisive = LanguageRules.decisive(facts);
		if (!decisive.isEmpty()) {
			Language agreed = agreed(decisive);
			return (agreed != null) ? new Detection(agreed, Confidence.HIGH, false, decisive)
					: Detection.conflict(decisive);
		}
		Language known = KnownImages.language(facts);
		if (known != null && facts.image() != null) {
			return Detection.of(known, Confidence.HIGH,
					new Evidence("K1", known, facts.image().field(), facts.image().line()));
		}
		if (KnownImages.role(facts) != ContainerRole.APPLICATION) {
			return Detection.NOTHING;
		}
		return names(LanguageRules.medium(facts));
	}

	private Detection names(List<Evidence> medium) {
		Language agreed = agreed(medium);
		if (this.fallback == null) {
			return medium.isEmpty() ? Detection.NOTHING : (agreed == null) ? Detection.conflict(medium)
					: new Detection(agreed, Confidence.MEDIUM, false, medium);
		}
		List<Evidence> all = new ArrayList<>(medium);
		all.add(new Evidence("HINT", this.fallback, "language", 0));
		return (medium.isEmpty() || agreed == this.fallback)
				? new Detection(this.fallback, Confidence.EXPLICIT, false, all) : Detection.conflict(all);
	}

	private static @Nullable Language agreed(List<Evidence> evidence) {
		Stream<@Nullable Language> languages = evidence.stream().<@Nullable Language>map(Evidence::language).distinct();
		List<@Nullable Language> distinct = languages.toList();
		return (distinct.size() == 1) ? distinct.getFirst() : null;
	}

}
