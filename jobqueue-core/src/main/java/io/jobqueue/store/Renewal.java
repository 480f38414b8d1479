package io.jobqueue.store;

import java.util.List;

/**
 * The answer to a renewal.
 *
 * @param alive whether the session still held its lease; when not, nothing was renewed and all its claims
 *     are lost
 * @param cancelRequested claims of the session whose job somebody asked to cancel
 */
public record Renewal(boolean alive, List<ClaimToken> cancelRequested) {}
