package dev.whence.control.image.folder;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ImagePropertiesTests {

	@TempDir
	private Path folder;

	@Test
	void withoutAFolderThereIsNothing() {
		assertThat(bind(Map.of()).folder()).isNull();
		assertThat(bind(Map.of()).definitionsFolder()).isNull();
	}

	@Test
	void everyKeyBinds() {
		String path = this.folder.toString();
		assertThat(bind(Map.of("whence.control.images.folder", path)).definitionsFolder())
			.isEqualTo(this.folder.resolve("definitions"));
		assertThat(bind(Map.of("whence.control.images.definitions", path)).definitionsFolder()).isEqualTo(this.folder);
	}

	@Test
	void folderThatIsNoneIsSaidAtStart() {
		Path nowhere = this.folder.resolve("nowhere");
		assertThatIllegalArgumentException().isThrownBy(() -> new ImageProperties(nowhere, null))
			.withMessageContaining("whence.control.images.folder is no folder: " + nowhere);
		assertThatIllegalArgumentException().isThrownBy(() -> new ImageProperties(null, nowhere))
			.withMessageContaining("whence.control.images.definitions");
	}

	private static ImageProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("whence.control.images",
				Bindable.of(ImageProperties.class));
	}

}
