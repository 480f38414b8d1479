package io.jobqueue.spring.test.app;

import io.jobqueue.codec.DataLabel;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.PayloadValidator;
import io.jobqueue.spring.autoconfigure.JobEngineBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.module.SimpleModule;

/** Components that take part in every job without being called by one. */
final class Extensions {

    private Extensions() {}

    @Component
    static class Cipher implements PayloadCipher {

        @Override
        public byte[] encrypt(byte[] json, DataLabel label) {
            return PayloadCipher.NONE.encrypt(json, label);
        }

        @Override
        public byte[] decrypt(byte[] stored, DataLabel label) {
            return PayloadCipher.NONE.decrypt(stored, label);
        }
    }

    @Component
    static class Validation implements PayloadValidator {

        @Override
        public void validate(Object payload, Class<?>... groups) {}
    }

    @Component
    static class Listener implements EngineListener {}

    @Component
    static class Customizer implements JobEngineBuilderCustomizer {

        @Override
        public void customize(JobEngine.Builder builder) {}
    }

    @Component
    static class Module extends SimpleModule {}
}
