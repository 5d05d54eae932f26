/**
 * What the controllers of a service say of themselves, as an OpenAPI document, and
 * whether the one that the service ships says the same. Only tests use it: a running
 * service reads its description from a file.
 */
@NullMarked
package dev.whence.openapi;

import org.jspecify.annotations.NullMarked;
