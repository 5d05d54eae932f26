/**
 * Steps of the intake by themselves, without a server. Those of package-private classes
 * lie in the packages of these classes, in this module.
 */
@NullMarked
package dev.whence.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
