/**
 * A fresh standalone in a process of its own and how a client talks to it: telemetry and
 * alerts in, incidents and analyses out, all through the public API.
 */
@NullMarked
package dev.whence.standalone.evaluate.installation;

import org.jspecify.annotations.NullMarked;
