package dev.whence.control.image.containerfile;

import java.util.List;

import dev.whence.control.image.folder.ImageFolder;
import dev.whence.control.image.vocabulary.ModuleKind;

/** One step of an image. */
sealed interface ImageModule permits FilesModule, ScriptModule, RpmOstreeModule, PackageLoaderModule, SystemdModule,
		SddmThemesModule, ImageModule.UnknownModule {

	/** The lines it renders to, below its header. */
	List<String> lines(BuildContext context);

	static ImageModule of(Field module, ImageFolder folder, boolean strict) {
		String type = type(module);
		return ModuleKind.named(type).<ImageModule>map((kind) -> switch (kind) {
			case FILES -> new FilesModule(module);
			case SCRIPT -> new ScriptModule(module, strict);
			case RPM_OSTREE -> new RpmOstreeModule(module, folder);
			case PACKAGE_LOADER -> new PackageLoaderModule(module, folder);
			case SYSTEMD -> new SystemdModule(module);
			case SDDM_THEMES -> new SddmThemesModule(module, folder);
		}).orElseGet(() -> new UnknownModule(type));
	}

	/** How the type of a module is written; a module without one has the type None. */
	static String type(Field module) {
		return module.get("type").map(Field::inline).orElse("None");
	}

	/** A type that nobody renders. */
	record UnknownModule(String type) implements ImageModule {

		@Override
		public List<String> lines(BuildContext context) {
			return List.of("# WARNING: Unknown module type: " + this.type);
		}

	}

}
