package io.jobqueue.store.redis;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What stores say of their servers when they reach them, until it is closed. */
final class ToldByTheGate implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ServerJudge.class);
    private final Level usual = logger.getLevel();
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    private ToldByTheGate() {
        told.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(told);
    }

    static ToldByTheGate listen() {
        return new ToldByTheGate();
    }

    List<String> warnings() {
        return told(Level.WARN);
    }

    List<String> errors() {
        return told(Level.ERROR);
    }

    private List<String> told(Level level) {
        return List.copyOf(told.list).stream()
                .filter(line -> line.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(told);
        logger.setLevel(usual);
    }
}
