package dev.whence.control.image.folder;

/** The folder does not hold what a module needs. */
public final class ImageFolderException extends RuntimeException {

	ImageFolderException(String message) {
		super(message);
	}

}
