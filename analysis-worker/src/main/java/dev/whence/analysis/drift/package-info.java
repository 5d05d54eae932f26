/**
 * Decision runs that are not what they were: a stage that drops more than it ever did, or
 * costs more, opens an incident like any other trouble that nothing reports.
 */
@NullMarked
package dev.whence.analysis.drift;

import org.jspecify.annotations.NullMarked;
