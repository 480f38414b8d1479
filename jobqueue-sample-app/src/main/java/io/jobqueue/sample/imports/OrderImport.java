package io.jobqueue.sample.imports;

import io.jobqueue.Enqueued;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobRequest.IfFailed;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Queues one job a row while it reads, so that a file of any length needs the memory of one batch. */
@Component
class OrderImport {

    private static final int BATCH = 500;

    private final JobQueue jobQueue;
    private final ImportLines lines;

    OrderImport(JobQueue jobQueue, ImportLines lines) {
        this.jobQueue = jobQueue;
        this.lines = lines;
    }

    /**
     * What an import queued.
     *
     * @param importId the import
     * @param rows how many rows the file has
     * @param queued how many of them are new jobs
     * @param duplicates how many were there already, queued by an earlier call with the same import id
     */
    record Summary(String importId, int rows, int queued, int duplicates) {

        private Summary plus(List<Enqueued> batch) {
            int fresh = (int) batch.stream().filter(Enqueued::isNew).count();
            return new Summary(importId, rows + batch.size(), queued + fresh, duplicates + batch.size() - fresh);
        }
    }

    /**
     * Queues every row. Repeating it with the same id is safe: rows that are queued or booked stay as they
     * are, rows that failed are queued anew with what the file says now.
     *
     * @throws MalformedCsvException when the text is no CSV of orders; the batches before may be queued
     */
    Summary queue(ImportId id, Reader csv) throws IOException {
        CsvReader reader = new CsvReader(csv);
        requireHeader(reader.next());
        lines.begin(id);
        Summary summary = new Summary(id.value(), 0, 0, 0);
        List<CsvRecord> batch = batch(reader);
        while (!batch.isEmpty()) {
            lines.add(id, batch.stream().map(CsvRecord::line).toList());
            summary = summary.plus(jobQueue.enqueueAll(
                    batch.stream().map(row -> request(id, row)).toList()));
            batch = batch(reader);
        }
        return summary;
    }

    private static void requireHeader(Optional<CsvRecord> header) {
        if (!header.map(CsvRecord::cells).equals(Optional.of(Order.COLUMNS))) {
            throw new MalformedCsvException("the first line must be " + String.join(",", Order.COLUMNS));
        }
    }

    private static List<CsvRecord> batch(CsvReader reader) throws IOException {
        List<CsvRecord> batch = new ArrayList<>();
        Optional<CsvRecord> row = reader.next();
        while (row.isPresent()) {
            batch.add(row.get());
            row = batch.size() < BATCH ? reader.next() : Optional.empty();
        }
        return batch;
    }

    private static JobRequest request(ImportId id, CsvRecord row) {
        return JobRequest.of(OrderImportHandler.TYPE, new OrderRow(id.value(), row.line(), row.cells()))
                .queue(OrderImportHandler.QUEUE)
                .id(id.jobOfLine(row.line()))
                .ifFailed(IfFailed.REPLACE)
                .build();
    }
}
