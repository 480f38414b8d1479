package io.jobqueue.sample.imports;

import io.jobqueue.sample.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Books orders: one line an order, appended to a file of this process. The files of all processes together
 * show which process booked what, and that nothing was booked twice.
 */
@Component
class OrderLedger {

    private final WorkingDirectory directory;

    OrderLedger(WorkingDirectory directory) {
        this.directory = directory;
    }

    /**
     * Books an order.
     *
     * @param jobId the job that does it
     * @param fence grows with every claim of that job
     */
    void book(String jobId, long fence, Order order) throws IOException {
        String line = Stream.of(
                        jobId,
                        fence,
                        order.id(),
                        order.customer(),
                        order.product(),
                        order.quantity(),
                        order.total().toPlainString(),
                        order.currency())
                .map(value -> quoted(value.toString()))
                .collect(Collectors.joining(",", "", "\n"));
        append(line);
    }

    private synchronized void append(String line) throws IOException {
        Path file = directory
                .directory("")
                .resolve("orders-" + ProcessHandle.current().pid() + ".csv");
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String quoted(String value) {
        return value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
