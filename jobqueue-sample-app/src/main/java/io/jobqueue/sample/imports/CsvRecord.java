package io.jobqueue.sample.imports;

import java.util.List;

/**
 * One record of a CSV text.
 *
 * @param line the line it begins on, from 1
 * @param cells its values, unquoted
 */
record CsvRecord(int line, List<String> cells) {}
