/**
 * What people and tools can read about the API: one OpenAPI document made of those of the
 * services, and two viewers for it. What the services say about themselves is not edited
 * here.
 */
@NullMarked
package dev.whence.gateway.docs;

import org.jspecify.annotations.NullMarked;
