/**
 * Serves the console's files and answers at the root. The pages themselves are built in
 * the console module.
 */
@NullMarked
package dev.whence.gateway.console;

import org.jspecify.annotations.NullMarked;
