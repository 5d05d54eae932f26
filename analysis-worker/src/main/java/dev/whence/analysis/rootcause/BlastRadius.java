package dev.whence.analysis.rootcause;

import java.util.List;

/**
 * Who shows the trouble.
 *
 * @param traces failing traces among those that were looked at
 */
public record BlastRadius(List<String> services, List<String> operations, int traces) {
}
