package dev.whence.instrumenter.manifest;

import java.util.List;

import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Mapping;
import dev.whence.instrumenter.manifest.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as it was read.
 *
 * @param source the text, without a byte order mark
 * @param helm empty unless the text only parses with its expressions masked
 * @param parsed false for a template that does not even parse masked; then it has no
 * documents
 */
record Manifest(SourceText source, HelmTemplate helm, List<YamlDocument> documents, boolean parsed) {

	static Manifest read(String text, ManifestLimits limits, long deadline) {
		SourceText source = SourceText.of(text);
		boolean braces = text.contains("{{");
		ManifestRefusedException syntax = null;
		try {
			List<YamlDocument> documents = YamlReader.read(text, limits, deadline);
			if (!braces || documents.stream().noneMatch((document) -> hasTemplateMapping(text, document.root()))) {
				return new Manifest(source, HelmTemplate.NONE, documents, true);
			}
		}
		catch (ManifestRefusedException ex) {
			if (!braces || ex.reason() != ManifestRefusedException.Reason.SYNTAX) {
				throw ex;
			}
			syntax = ex;
		}
		HelmTemplate helm = HelmTemplate.of(text);
		if (helm.isEmpty()) {
			throw (syntax != null) ? syntax : new ManifestRefusedException(ManifestRefusedException.Reason.SYNTAX,
					"the manifest is not valid YAML", 0, 0);
		}
		try {
			return new Manifest(source, helm, YamlReader.read(helm.mask(text), limits, deadline), true);
		}
		catch (ManifestRefusedException ex) {
			if (ex.reason() != ManifestRefusedException.Reason.SYNTAX) {
				throw ex;
			}
			return new Manifest(source, helm, List.of(), false);
		}
	}

	/**
	 * Whether some flow mapping is an expression that happens to be YAML: {{ .Values.x
	 * }}.
	 */
	private static boolean hasTemplateMapping(String text, @Nullable YamlNode node) {
		return switch (node) {
			case Mapping mapping -> (mapping.flow() && text.startsWith("{{", mapping.at().start()))
					|| mapping.entries().stream().anyMatch((entry) -> hasTemplateMapping(text, entry));
			case Sequence sequence -> sequence.items().stream().anyMatch((item) -> hasTemplateMapping(text, item));
			case null, default -> false;
		};
	}

	private static boolean hasTemplateMapping(String text, Entry entry) {
		return hasTemplateMapping(text, entry.key()) || hasTemplateMapping(text, entry.value());
	}

}
