/**
 * Who sends a request and what that credential may do: API keys, their verification and
 * the servlet filter that asks for them. Creating and revoking keys is the control
 * service's.
 */
@NullMarked
package dev.whence.support.security;

import org.jspecify.annotations.NullMarked;
