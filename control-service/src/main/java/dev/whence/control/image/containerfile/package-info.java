/**
 * Makes a Containerfile of a definition, byte for byte as the generator that it replaces,
 * but for repairs that are named where they are made. Pure: what it needs from the folder
 * is handed in.
 */
@NullMarked
package dev.whence.control.image.containerfile;

import org.jspecify.annotations.NullMarked;
