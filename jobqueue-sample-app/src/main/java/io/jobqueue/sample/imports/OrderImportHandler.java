package io.jobqueue.sample.imports;

import io.jobqueue.JobContext;
import io.jobqueue.spring.JobHandler;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import org.springframework.stereotype.Component;

/** Checks and books one row. A row that cannot be booked throws, is retried and ends as a dead letter. */
@Component
class OrderImportHandler {

    static final String TYPE = "order-import";
    static final String QUEUE = "imports";

    private final OrderLedger ledger;

    OrderImportHandler(OrderLedger ledger) {
        this.ledger = ledger;
    }

    /** The result of a booked row. */
    record Booked(String orderId, BigDecimal total, Currency currency) {}

    @JobHandler(value = TYPE, queue = QUEUE)
    Booked book(OrderRow row, JobContext job) throws IOException {
        Order order = Order.of(row.cells());
        ledger.book(job.id().value(), job.fence(), order);
        return new Booked(order.id(), order.total(), order.currency());
    }
}
