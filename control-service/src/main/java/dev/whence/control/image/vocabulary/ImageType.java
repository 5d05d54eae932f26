package dev.whence.control.image.vocabulary;

import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** The images that a definition can be stored for; some of them can also be built. */
public enum ImageType {

	FEDORA_BOOTC("fedora-bootc", "quay.io/fedora/fedora-bootc"),
	FEDORA_KINOITE("fedora-kinoite", "quay.io/fedora-ostree-desktops/kinoite"),
	FEDORA_SWAY_ATOMIC("fedora-sway-atomic", "quay.io/fedora/fedora-sway-atomic"),
	FEDORA_LXQT("fedora-lxqt", "quay.io/fedora-ostree-desktops/lxqt"), FEDORA_ONYX("fedora-onyx", null),
	FEDORA_BUDGIE("fedora-budgie", null), FEDORA_CINNAMON("fedora-cinnamon", null),
	FEDORA_COSMIC("fedora-cosmic", null), FEDORA_DEEPIN("fedora-deepin", null), FEDORA_MATE("fedora-mate", null),
	FEDORA_XFCE("fedora-xfce", null);

	/** What is taken where nobody says anything. */
	public static final ImageType DEFAULT = FEDORA_SWAY_ATOMIC;

	private final String wireName;

	private final @Nullable String base;

	ImageType(String wireName, @Nullable String base) {
		this.wireName = wireName;
		this.base = base;
	}

	/** How definitions and the API spell it. */
	@JsonValue
	public String wireName() {
		return this.wireName;
	}

	/** Whether a Containerfile can be made for it. */
	public boolean isBuildable() {
		return this.base != null;
	}

	/** The repository of its base image; that of bootc for a type that has none. */
	public String base() {
		return (this.base != null) ? this.base : String.valueOf(FEDORA_BOOTC.base);
	}

	/** The type of this name. */
	public static Optional<ImageType> named(String name) {
		return Stream.of(values()).filter((type) -> type.wireName.equals(name)).findFirst();
	}

}
