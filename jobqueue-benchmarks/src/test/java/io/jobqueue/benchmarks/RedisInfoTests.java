package io.jobqueue.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisInfoTests {

    private static final String ANSWER = String.join(
            "\r\n",
            "# Clients",
            "connected_clients:7",
            "# Memory",
            "used_memory:1000",
            "lazyfree_pending_objects:0",
            "# Stats",
            "total_net_input_bytes:300",
            "total_net_output_bytes:200",
            "# CPU",
            "used_cpu_sys:1.5",
            "used_cpu_user:2.5",
            "used_cpu_sys_main_thread:0.5",
            "used_cpu_user_main_thread:2.0",
            "# Commandstats",
            "cmdstat_evalsha:calls=10,usec=1,usec_per_call=0.1,rejected_calls=0,failed_calls=0",
            "cmdstat_waitaof:calls=3,usec=1,usec_per_call=0.1,rejected_calls=0,failed_calls=0",
            "cmdstat_hset:calls=500,usec=1,usec_per_call=0.1,rejected_calls=0,failed_calls=0",
            "");

    @Test
    void readsWhatAServerHasSpent() {
        ServerReading.One reading = RedisInfo.parse(ANSWER).reading();

        assertThat(reading).isEqualTo(new ServerReading.One(4e6, 2.5e6, 13, 1000, 300, 200, 7));
    }

    @Test
    void doesNotKnowTheMainThreadOfAServerThatDoesNotTell() {
        assertThat(RedisInfo.parse("used_cpu_sys:1.0\r\n").reading().mainCpuMicros())
                .isNaN();
    }

    @Test
    void worksInTheBackgroundWhileObjectsAreToBeFreed() {
        assertThat(RedisInfo.parse(ANSWER).worksInBackground()).isFalse();
        assertThat(RedisInfo.parse(ANSWER.replace("pending_objects:0", "pending_objects:3"))
                        .worksInBackground())
                .isTrue();
    }
}
