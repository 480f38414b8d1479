package io.jobqueue.spring.autoconfigure;

import io.jobqueue.spring.JobQueueRedis;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;

/** Warns of settings that somebody has made and nobody reads. Shows names, and no values. */
record IgnoredSettings(GivenProperties given) {

    private static final Logger log = LoggerFactory.getLogger(IgnoredSettings.class);

    /** What says how to talk to a server, and not where it is or what else to do with it. */
    private static final Pattern HOW =
            Pattern.compile("spring\\.data\\.redis\\.(username|password|timeout|connect-timeout|client-name|ssl\\..+)");

    /** To be called when no store is named, so that jobs are in memory: whoever says where Redis is expects them there. */
    void warnOfUnusedRedis(ListableBeanFactory beans) {
        List<String> unused = Stream.concat(given.below("jobqueue.store.redis").stream(), clients(beans))
                .toList();
        if (!unused.isEmpty()) {
            log.warn(
                    "Nothing is kept in Redis, although there is {}: jobqueue.store.type is not set. Set"
                            + " jobqueue.store.type=redis to use it, or jobqueue.store.type=memory if jobs shall stay in"
                            + " memory",
                    String.join(", ", unused));
        }
    }

    /** To be called when jobs are kept in Redis and Spring Boot does not tell where that of the application is. */
    void warnOfUnreadSpringData(String location, String source) {
        List<String> unread = given.below("spring.data.redis");
        if (!unread.isEmpty()) {
            log.warn(
                    "The job queue does not follow {}: the module of Spring Boot that reads spring.data.redis is not there or is"
                            + " switched off, so that jobs are kept in the Redis at {}, by {}. Add the dependency"
                            + " org.springframework.boot:spring-boot-starter-data-redis, or set jobqueue.store.redis.url",
                    String.join(", ", unread),
                    location,
                    source);
        }
    }

    /** To be called when jobs are where the platform says, because nothing of Spring Data Redis says where its server is. */
    void warnOfSpringDataWithoutAServer(String location) {
        List<String> unfollowed = given.below("spring.data.redis").stream()
                .filter(name -> HOW.matcher(name).matches())
                .toList();
        if (!unfollowed.isEmpty()) {
            log.warn(
                    "The job queue does not follow {}: nothing of spring.data.redis says where its server is, and"
                            + " REDIS_URL does, so that jobs are kept in the Redis at {}. Set spring.data.redis.url to keep"
                            + " them where the application has its data, or the same below jobqueue.store.redis",
                    String.join(", ", unfollowed),
                    location);
        }
    }

    /** A bean whose class cannot be told is not one of ours, and its failure is for whoever needs it. */
    private static boolean isMarked(String name, ListableBeanFactory beans) {
        try {
            return beans.findAnnotationOnBean(name, JobQueueRedis.class, false) != null;
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** Without making one, since nobody needs them. */
    private static Stream<String> clients(ListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanDefinitionNames())
                .filter(name -> isMarked(name, beans))
                .map(name -> "the bean '" + name + "' marked with @JobQueueRedis");
    }
}
