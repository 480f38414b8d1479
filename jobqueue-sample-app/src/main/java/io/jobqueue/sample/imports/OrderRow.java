package io.jobqueue.sample.imports;

import java.util.List;

/**
 * The payload of an import job: one row as it stands in the file, not yet checked.
 *
 * @param importId the import it belongs to
 * @param line the line it begins on, from 1
 * @param cells its values
 */
public record OrderRow(String importId, int line, List<String> cells) {}
