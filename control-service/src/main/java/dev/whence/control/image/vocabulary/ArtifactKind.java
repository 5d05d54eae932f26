package dev.whence.control.image.vocabulary;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What osbuild's image-builder makes of a bootable container. The names are those of its
 * bootc image types; the two that it keeps for older callers are marked.
 */
public enum ArtifactKind {

	AMI("ami", false), ANACONDA_ISO("anaconda-iso", true), BOOTC_GENERIC_ISO("bootc-generic-iso", false),
	BOOTC_INSTALLER("bootc-installer", false), GCE("gce", false), ISO("iso", true), OVA("ova", false),
	PXE_TAR_XZ("pxe-tar-xz", false), QCOW2("qcow2", false), RAW("raw", false), VHD("vhd", false), VMDK("vmdk", false);

	private final String wireName;

	private final boolean forOlderCallers;

	ArtifactKind(String wireName, boolean forOlderCallers) {
		this.wireName = wireName;
		this.forOlderCallers = forOlderCallers;
	}

	/** How image-builder spells it. */
	public String wireName() {
		return this.wireName;
	}

	/** Whether image-builder advises to take another one. */
	public boolean isForOlderCallers() {
		return this.forOlderCallers;
	}

	/** The kind of this name. */
	public static Optional<ArtifactKind> named(String name) {
		return Stream.of(values()).filter((kind) -> kind.wireName.equals(name)).findFirst();
	}

}
