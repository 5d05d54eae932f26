package dev.whence.control.image.containerfile;

import java.util.List;

import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.folder.ImageFolderException;

/**
 * Sets up themes of the login screen by a template of the folder, in which
 * {@code @source@}, {@code @destination@} and {@code @config@} stand for the module's
 * keys.
 */
record SddmThemesModule(Field module, ImageFolder folder) implements ImageModule {

	@Override
	public List<String> lines(BuildContext context) {
		try {
			return List.of(this.folder.template("sddm-themes")
				.stripTrailing()
				.replace("@source@", value("source", "/tmp/sddm-themes-source"))
				.replace("@destination@", value("destination", "/usr/share/sddm/themes"))
				.replace("@config@", value("config", "/etc/sddm.conf.d/99-theme.conf")));
		}
		catch (ImageFolderException ex) {
			return List.of("# ERROR loading sddm-themes: " + ex.getMessage());
		}
	}

	private String value(String key, String otherwise) {
		return this.module.get(key).map(Field::inline).orElse(otherwise);
	}

}
