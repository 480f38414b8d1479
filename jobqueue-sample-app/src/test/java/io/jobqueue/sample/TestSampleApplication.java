package io.jobqueue.sample;

import org.springframework.boot.SpringApplication;

/** The sample on a Redis in a container, to be started while developing. */
public final class TestSampleApplication {

    private TestSampleApplication() {}

    /** Starts the container, then the sample. */
    public static void main(String[] arguments) {
        SpringApplication.from(SampleApplication::main)
                .with(RedisInContainer.class)
                .run(withRedis(arguments));
    }

    private static String[] withRedis(String[] arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--jobqueue.store.type=redis";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }
}
