package dev.whence.instrumenter.language;

import org.jspecify.annotations.Nullable;

/**
 * What a person, or the source code beside the manifest, says about containers. The
 * patterns are globs ({@code *} and {@code ?}); a missing one matches everything.
 *
 * @param workload matches a workload's name
 * @param container matches a container's name
 * @param image matches an image reference with or without its tag
 */
public record LanguageHint(@Nullable String workload, @Nullable String container, @Nullable String image,
		Language language) {

	public boolean matches(@Nullable String workloadName, ContainerFacts facts) {
		return glob(this.workload, workloadName) && glob(this.container, facts.name()) && matchesImage(facts);
	}

	/**
	 * Whether the hint points at certain containers, so that it holds for infrastructure
	 * too.
	 */
	public boolean isSpecific() {
		return this.container != null || this.image != null;
	}

	private boolean matchesImage(ContainerFacts facts) {
		if (this.image == null) {
			return true;
		}
		if (facts.image() == null) {
			return false;
		}
		String reference = facts.image().value();
		int slash = reference.lastIndexOf('/');
		int tag = reference.indexOf(':', slash + 1);
		int digest = reference.indexOf('@');
		int end = (tag >= 0) ? tag : (digest >= 0) ? digest : reference.length();
		return glob(this.image, reference) || glob(this.image, reference.substring(0, end))
				|| glob(this.image, reference.substring(slash + 1, Math.max(end, slash + 1)));
	}

	private static boolean glob(@Nullable String pattern, @Nullable String text) {
		if (pattern == null) {
			return true;
		}
		if (text == null) {
			return false;
		}
		// By hand: a regular expression could be made to backtrack without end.
		int p = 0;
		int t = 0;
		int star = -1;
		int mark = 0;
		while (t < text.length()) {
			if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))
					&& pattern.charAt(p) != '*') {
				p++;
				t++;
			}
			else if (p < pattern.length() && pattern.charAt(p) == '*') {
				star = p++;
				mark = t;
			}
			else if (star >= 0) {
				p = star + 1;
				t = ++mark;
			}
			else {
				return false;
			}
		}
		while (p < pattern.length() && pattern.charAt(p) == '*') {
			p++;
		}
		return p == pattern.length();
	}

}
