/**
 * Tells Whence why a pipeline chose what it chose: runs, their steps, and what became of
 * the candidates in each step. <pre class="code">
 * try (Run run = Run.start("search")) {
 *     List&lt;Product&gt; left;
 *     try (Step step = run.step("price filter", StepType.FILTER)) {
 *         Candidates candidates = step.candidates(found, Product::id);
 *         found.stream()
 *             .filter((product) -&gt; product.price() &gt; limit)
 *             .forEach((product) -&gt; candidates.drop(product.id(), "price_too_high"));
 *         ...
 *     }
 * }
 * </pre>
 * <p>
 * {@link dev.whence.xray.Run#call(String, dev.whence.xray.Work) Run.call} and
 * {@link dev.whence.xray.Run#call(String, dev.whence.xray.StepType, dev.whence.xray.Work)
 * run.call} do the same around a lambda and notice when it throws.
 * <p>
 * The environment says where to: {@code WHENCE_ENDPOINT} (by default
 * {@code http://localhost:8080}), {@code WHENCE_API_KEY} where Whence asks for one, and
 * {@code WHENCE_XRAY_ENABLED=false} where nothing shall be recorded.
 * {@link dev.whence.xray.XrayClient#builder()} has all settings.
 * <p>
 * What an application can rely on: nothing here throws into it but the builder; recording
 * does no I/O and waits for nothing; memory is bounded; what is lost is counted. Needs
 * the JDK alone, 17 or later. How events are delivered is nobody else's business.
 */
@NullMarked
package dev.whence.xray;

import org.jspecify.annotations.NullMarked;
