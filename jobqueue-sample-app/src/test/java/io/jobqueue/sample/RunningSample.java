package io.jobqueue.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** Starts the sample on a free port, with jobs in memory and a working directory of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = SampleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "sample.directory=target/sample-tests/${random.uuid}",
            "management.health.redis.enabled=false" // that of Spring Data, which only the tests have, for a container
        })
public @interface RunningSample {}
