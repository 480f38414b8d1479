package io.jobqueue.sample.thumbnails;

import io.jobqueue.JobContext;
import io.jobqueue.JobId;
import io.jobqueue.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run that remembers its progress and is cancelled when that reaches a percentage. */
final class RecordedRun implements JobContext {

    private final List<Progress> reports = new ArrayList<>();
    private final int cancelledAt;

    private RecordedRun(int cancelledAt) {
        this.cancelledAt = cancelledAt;
    }

    static RecordedRun undisturbed() {
        return new RecordedRun(Integer.MAX_VALUE);
    }

    static RecordedRun cancelledAt(int percent) {
        return new RecordedRun(percent);
    }

    List<Progress> reports() {
        return reports;
    }

    @Override
    public JobId id() {
        return JobId.of(ThumbnailHandler.QUEUE, "1");
    }

    @Override
    public void keepFor(Duration retention) {
        // a thumbnail is kept as long as the settings say
    }

    @Override
    public String type() {
        return ThumbnailHandler.TYPE;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long fence() {
        return 1;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public void progress(int percent, String note) {
        reports.add(new Progress(percent, note));
    }

    @Override
    public void attributes(Map<String, ? extends @Nullable Object> changes) {
        throw new AssertionError("the handler leaves no attributes");
    }

    @Override
    public void log(String text) {
        throw new AssertionError("the handler logs nothing");
    }

    @Override
    public boolean isCancelled() {
        return reports.stream().anyMatch(report -> report.percent() >= cancelledAt);
    }
}
