package dev.whence.control.image.containerfile;

import java.util.List;
import java.util.Optional;

/** Copies files into the image. */
record FilesModule(Field module) implements ImageModule {

	private static final String DEFAULT_MODE = "0644";

	@Override
	public List<String> lines(BuildContext context) {
		return this.module.present("files")
			.map(Field::list)
			.orElse(List.of())
			.stream()
			.flatMap((file) -> copy(file).stream())
			.toList();
	}

	/** What has no source or no destination is left out. */
	private static Optional<String> copy(Field file) {
		return file.truthy("src")
			.flatMap((source) -> file.truthy("dst")
				.map((destination) -> "COPY --chmod=%s %s %s".formatted(
						file.get("mode").map(Field::inline).orElse(DEFAULT_MODE), source.inline(),
						destination.last())));
	}

}
