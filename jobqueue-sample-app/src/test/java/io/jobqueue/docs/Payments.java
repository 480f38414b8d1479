package io.jobqueue.docs;

import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Payments {

    private final JdbcClient database;
    private final ApplicationEventPublisher events;

    Payments(JdbcClient database, ApplicationEventPublisher events) {
        this.database = database;
        this.events = events;
    }

    @Transactional
    public void pay(String number) {
        database.sql("insert into payment values (?)").param(number).update();
        events.publishEvent(new InvoicePaid(UUID.randomUUID(), number));
    }
}
