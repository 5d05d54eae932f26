/**
 * Decision runs out of spans, for applications that know nothing of Whence: the dialects
 * of OpenTelemetry's GenAI conventions, of OpenInference, and of rerankers become steps,
 * and their traces runs.
 */
@NullMarked
package dev.whence.ingest.genai;

import org.jspecify.annotations.NullMarked;
