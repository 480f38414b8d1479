package io.jobqueue.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/** Begins a trace of its own for every run and links it to the one that enqueued the job. Thread-safe. */
public final class LinkedTraceHandler extends PropagatingReceiverTracingObservationHandler<JobReceiverContext> {

    private final Tracer tracer;

    /** Begins spans by {@code tracer}; {@code propagator} reads the headers of jobs. */
    public LinkedTraceHandler(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
        this.tracer = tracer;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof JobReceiverContext;
    }

    @Override
    public Span.Builder customizeExtractedSpan(JobReceiverContext context, Span.Builder extracted) {
        Span.Builder root = tracer.spanBuilder()
                .setNoParent()
                .kind(Span.Kind.CONSUMER)
                .remoteServiceName(String.valueOf(context.getRemoteServiceName()));
        Span child = extracted.start(); // only as its child can be told what the propagator has read
        TraceContext read = child.context();
        child.abandon();
        String parent = read.parentId();
        if (parent == null || parent.isBlank()) {
            return root;
        }
        return root.addLink(new Link(tracer.traceContextBuilder()
                .traceId(read.traceId())
                .spanId(parent)
                .sampled(read.sampled())
                .build()));
    }
}
