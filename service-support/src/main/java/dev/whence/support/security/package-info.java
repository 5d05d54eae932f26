/**
 * Who sends a request and what that credential may do: API keys and tokens, their
 * verification and the servlet filter that asks for them. Creating keys, signing tokens
 * and keeping accounts is the control service's.
 */
@NullMarked
package dev.whence.support.security;

import org.jspecify.annotations.NullMarked;
