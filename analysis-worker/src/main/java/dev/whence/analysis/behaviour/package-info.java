/**
 * What services do, execution by execution: which steps an operation takes, where it
 * ends, how long it works itself and how long its calls take on the way. Counters of
 * normal minutes are kept and added up; executions are kept for the window of an incident
 * only.
 */
@NullMarked
package dev.whence.analysis.behaviour;

import org.jspecify.annotations.NullMarked;
