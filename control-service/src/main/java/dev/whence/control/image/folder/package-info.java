/**
 * The folder that an installation keeps beside its images: lists of packages, templates
 * of modules, definitions in files. Nothing of it is part of the program.
 */
@NullMarked
package dev.whence.control.image.folder;

import org.jspecify.annotations.NullMarked;
