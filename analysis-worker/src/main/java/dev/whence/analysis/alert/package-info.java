/**
 * Takes alerts in, as Prometheus and Alertmanager send them. What becomes of an alert is
 * decided where incidents are formed.
 */
@NullMarked
package dev.whence.analysis.alert;

import org.jspecify.annotations.NullMarked;
