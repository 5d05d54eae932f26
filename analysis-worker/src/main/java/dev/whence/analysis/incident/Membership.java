package dev.whence.analysis.incident;

import java.util.UUID;

/**
 * Where problems belong, and why.
 *
 * @param reason for a person, e.g. {@code same trace}
 */
record Membership(UUID incidentId, String reason) {
}
