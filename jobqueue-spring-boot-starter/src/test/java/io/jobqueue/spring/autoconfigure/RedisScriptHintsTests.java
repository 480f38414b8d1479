package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.redis.RedisStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class RedisScriptHintsTests {

    @Test
    void everyScriptIsTakenIntoANativeImage() throws IOException {
        RuntimeHints hints = new RuntimeHints();
        new RedisScriptHints().registerHints(hints, null);

        String folder = RedisStore.class.getPackageName().replace('.', '/');
        Resource[] scripts =
                new PathMatchingResourcePatternResolver().getResources("classpath*:" + folder + "/**/*.lua");
        assertThat(scripts).isNotEmpty();
        for (Resource script : scripts) {
            String url = script.getURL().toString();
            assertThat(RuntimeHintsPredicates.resource().forResource(url.substring(url.lastIndexOf(folder))))
                    .accepts(hints);
        }
    }
}
