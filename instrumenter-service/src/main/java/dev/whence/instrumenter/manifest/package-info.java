/**
 * The splice engine: reads manifests as parser events with offsets, plans text edits,
 * proves them and applies them. Nothing here knows HTTP, files or the database, and
 * nothing here ever writes a document anew.
 */
@NullMarked
package dev.whence.instrumenter.manifest;

import org.jspecify.annotations.NullMarked;
