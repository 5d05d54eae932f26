/**
 * The instrumenter as a program: the same engine on files, without a server. Nothing here
 * decides anything about manifests.
 */
@NullMarked
package dev.whence.instrumenter.command;

import org.jspecify.annotations.NullMarked;
