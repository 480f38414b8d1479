package io.jobqueue.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed of the job queue. */
public enum JobQueueObservationDocumentation implements ObservationDocumentation {
    /** A call of the application that stores one job or many. */
    ENQUEUE {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultJobEnqueueObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {
                LowCardinality.SYSTEM,
                LowCardinality.OPERATION_TYPE,
                LowCardinality.OPERATION_NAME,
                LowCardinality.DESTINATION,
                LowCardinality.TYPE
            };
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {HighCardinality.MESSAGE_ID, HighCardinality.BATCH_SIZE};
        }
    },
    /** One run of a job, from before its interceptors until what follows is decided. */
    PROCESS {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultJobProcessObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {HighCardinality.MESSAGE_ID, HighCardinality.ATTEMPT, HighCardinality.WORKER};
        }
    };

    /** Keys with few values: tags of meters and of spans. */
    public enum LowCardinality implements KeyName {
        /** {@code jobqueue}. */
        SYSTEM("messaging.system"),
        /** {@code send} or {@code process}. */
        OPERATION_TYPE("messaging.operation.type"),
        /** {@code enqueue} or {@code process}. */
        OPERATION_NAME("messaging.operation.name"),
        /** The queue; {@code several} for a call that stores jobs of several queues. */
        DESTINATION("messaging.destination.name"),
        /** The job type; {@code several} for a call with several, {@code unknown} for a run without a handler. */
        TYPE("jobqueue.type"),
        /** What follows a run: {@code completed}, {@code retried}, {@code failed}, {@code cancelled}, {@code released} or
         * {@code dropped}; {@code none} while it runs. */
        OUTCOME("jobqueue.outcome");

        private final String key;

        LowCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Keys with any number of values: tags of spans. */
    public enum HighCardinality implements KeyName {
        /** The id of the job; not for a call with several. */
        MESSAGE_ID("messaging.message.id"),
        /** How many jobs a call stores, when they are several. */
        BATCH_SIZE("messaging.batch.message_count"),
        /** The number of the attempt, from 1. */
        ATTEMPT("jobqueue.attempt"),
        /** The name of the worker. */
        WORKER("jobqueue.worker");

        private final String key;

        HighCardinality(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
