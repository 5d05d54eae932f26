/**
 * The HTTP face of the instrumenter: bodies within limits, options, answers. What happens
 * to a manifest is decided in the engine, and nothing of a manifest is ever logged here.
 */
@NullMarked
package dev.whence.instrumenter.workflow;

import org.jspecify.annotations.NullMarked;
