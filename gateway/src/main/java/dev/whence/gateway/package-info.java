/** The entry point of the gateway; everything else lives in one package per feature. */
@NullMarked
package dev.whence.gateway;

import org.jspecify.annotations.NullMarked;
