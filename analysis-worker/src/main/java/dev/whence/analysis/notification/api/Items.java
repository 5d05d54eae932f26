package dev.whence.analysis.notification.api;

import java.util.List;

/** A list that has no pages. */
record Items<T>(List<T> items) {
}
