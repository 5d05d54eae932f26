/**
 * What speaks for a cause: the window of an incident as the ranker sees it, and one
 * finder per class of evidence. Everything here is a pure function of what was loaded;
 * the package {@code rootcause} weighs what is found. The method and its constants are
 * described in {@code docs/adr/013-root-cause-ranking.md}.
 */
@NullMarked
package dev.whence.analysis.evidence;

import org.jspecify.annotations.NullMarked;
