/** That nobody sees or touches what belongs to another project, on every path. */
@NullMarked
package dev.whence.e2e.isolation;

import org.jspecify.annotations.NullMarked;
